"""What README.md shows as Python must run."""

import importlib
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from dnn import (
    ACTIVATIONS,
    DATASETS,
    EXPORTS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Experiment,
    Network,
    advance,
    gradient_check,
    init_params,
    start,
)
from dnn.activations import classic
from dnn.initializers import BIAS_INITIALIZERS
from tests.export.scripts import costs, costs_of, execute

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
WALK, RECIPE, DATA, ESTIMATOR, TAKEN, ACTIVATION = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_recipe_trains(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(RECIPE, "README.md", "exec"), {})
    cost, accuracy = map(float, capsys.readouterr().out.split())
    assert cost < 0.2
    assert accuracy > 0.9


def test_the_table_of_the_recipe_is_learnt(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(DATA, "README.md", "exec"), {})
    assert capsys.readouterr().out == "[1 0]\n"


def test_every_data_set_is_named() -> None:
    named = {name for row in re.findall(r"\n\|[^|\n]+\|([^|\n]+)\|", README) for name in row.split(", ")}
    assert {*DATASETS} <= {name.strip() for name in named}


def test_the_walk_and_the_planted_mistake_run(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(WALK, "README.md", "exec"), {})
    *stops, comparison = capsys.readouterr().out.splitlines()
    assert stops[0].startswith("The inputs")
    assert stops[-1].startswith("Layer 3: new biases")
    caught, right, flawed = comparison.split()
    assert caught == "True"
    assert float(right) < float(flawed)


def test_the_estimator_of_the_recipe_learns(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(ESTIMATOR, "README.md", "exec"), {})
    assert float(capsys.readouterr().out) > 0.95


def test_what_is_taken_along_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(TAKEN, "README.md", "exec"), {})
    lines, same = capsys.readouterr().out.split()
    assert int(lines) > 100
    assert same == "True"


def test_every_format_is_explained() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", README.partition("### Take it with you")[2], re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(EXPORTS)


def test_every_choice_is_named() -> None:
    for table in (ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, BIAS_INITIALIZERS):
        assert f"| {', '.join(table)} |" in README


def test_the_activation_added_by_the_recipe_has_the_right_slope() -> None:
    namespace = {**vars(classic)}
    exec(compile(ACTIVATION, "README.md", "exec"), namespace)
    network = Network(namespace["Bell"]())
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((12, 2)), rng.integers(0, 2, (12, 1)).astype(float)
    assert gradient_check(init_params((2, 5, 3, 1), rng=1), X, y, network).difference < 1e-7


def test_the_activation_added_by_the_recipe_is_written_out_in_the_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = "from typing import ClassVar, Literal\nimport numpy as np\nfrom dnn.activations import Activation\n"
    (tmp_path / "bell.py").write_text(imports + ACTIVATION, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(ACTIVATIONS, "bell", importlib.import_module("bell").Bell)
    run = advance(start(Experiment.of(network={"activation": "bell"}, data={"samples": 50})), 5)
    printed, _ = execute(EXPORTS["script"](run).decode())
    assert costs(printed) == costs_of(run)
    monkeypatch.delitem(sys.modules, "bell")
