"""The manual: its Python runs and prints what the text says, its tables are complete, and its links lead somewhere."""

import importlib
import inspect
import io
import re
import sys
import tomllib
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dnn import (
    ACTIVATIONS,
    DATASETS,
    EXPORTS,
    INITIALIZERS,
    LESSONS,
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
from dnn.analysis.health import RULES
from dnn.initializers import BIAS_INITIALIZERS
from dnn.sweeps import Sweep, run_sweep
from tests.export.scripts import costs, costs_of, execute

ROOT = Path(__file__).parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]
}
README = PAGES["README.md"]
CODE = {name: re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE) for name, text in PAGES.items()}
BLOCKS = [(name, number) for name, blocks in CODE.items() for number in range(len(blocks))]


@cache
def ran(name: str, number: int = 0) -> tuple[dict[str, Any], str]:
    """The names that a page's block of Python leaves behind, and what it printed."""
    names: dict[str, Any] = {"__name__": "example"}
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(CODE[name][number], name, "exec"), names)
    return names, out.getvalue()


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(("name", "number"), BLOCKS)
def test_the_python_of_every_page_runs(name: str, number: int) -> None:
    ran(name, number)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    prose = re.sub(r"^```.*?^```", "", PAGES[name], flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), target


def test_the_readme_leads_to_every_page_of_the_manual() -> None:
    assert {f"]({name})" for name in PAGES if name.startswith("docs/")} <= {*re.findall(r"\]\(docs/[^)]+\)", README)}


def test_the_map_has_every_folder() -> None:
    (block,) = re.findall(r"^```\n(app\.py.*?)^```", README, re.DOTALL | re.MULTILINE)
    named = {word for line in block.splitlines() for word in re.findall(r"^ {4}((?:[\w.]+/? )+)", line + " ")}
    words = {word for line in named for word in line.split()}
    assert all((ROOT / "dnn" / word).exists() for word in words)
    folders = {f"{path.name}/" for path in (ROOT / "dnn").iterdir() if (path / "__init__.py").exists()}
    assert folders <= words


def test_the_layers_are_those_of_the_contract() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contract = next(one for one in tools["importlinter"]["contracts"] if one.get("containers") == ["dnn"])
    layers = [[name for name in re.split(r"[ |:]+", layer) if "(" not in name] for layer in contract["layers"]]
    (block,) = re.findall(r"^```\n(__main__.*?)^```", PAGES["docs/architecture.md"], re.DOTALL | re.MULTILINE)
    assert [re.split(", ", line.partition("   ")[0].strip()) for line in block.splitlines()] == layers


def test_the_first_example_learns() -> None:
    cost, accuracy = map(float, ran("README.md")[1].split())
    assert cost < 0.2
    assert accuracy > 0.9


def test_a_run_in_two_parts_is_the_run_in_one() -> None:
    assert ran("docs/library.md")[1] == "20 50 True\n"


def test_the_run_with_a_validation_set_stops_early() -> None:
    counts, stopped = ran("docs/library.md", 1)[1].splitlines()
    assert counts == "262 88 150"
    assert re.match(r"Stopped early: for 20 epochs the validation cost was not better than [\d.]+, that of", stopped)


def test_the_walk_and_the_planted_mistake_run() -> None:
    *steps, comparison = ran("docs/library.md", 2)[1].splitlines()
    assert steps[0].startswith("The inputs")
    assert steps[-1].startswith("Layer 3: new biases")
    caught, right, flawed = comparison.split()
    assert caught == "True"
    assert float(right) < float(flawed)


def test_the_shape_clinic_prints_a_stretched_update() -> None:
    *lines, end = ran("docs/library.md", 3)[1].splitlines()
    assert "dW2 = A2.T @ dZ2 (1, 1) (4, 1) shape" in lines
    assert "W2 = W2 - rate * dW2 (4, 1) (4, 1) stretched" in lines
    assert end.startswith("['star_for_dot'")


def test_the_landscape_is_as_the_page_says() -> None:
    names, printed = ran("docs/landscape.md")
    first, note = printed.splitlines()
    assert first == f"(51, 51) {names['found'].share:.0%} of the variance"
    assert names["found"].share > 0.8
    assert note.startswith("A random walk looks smooth, too")
    assert [figure.data[0].type for figure in (names["contours"], names["surface"])] == ["contour", "surface"]


def test_the_epoch_had_back_is_that_of_the_run_stopped_there() -> None:
    names, printed = ran("docs/time-travel.md")
    expected = advance(start(Experiment()), 37)
    np.testing.assert_array_equal(names["past"].params.vector, expected.params.vector)
    assert printed.startswith("37 ")
    assert names["other"].newest.epoch == 40


def test_the_diagnosis_is_as_the_page_says() -> None:
    title, evidence, advice, cured = ran("docs/health.md")[1].splitlines()
    assert title == "Vanishing gradient 1"
    assert evidence.startswith("Layer 1 learns ")
    assert advice == "Use ReLU with He's starting weights."
    assert cured == "True []"
    assert re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", PAGES["docs/health.md"], re.MULTILINE)[: len(RULES)] == [*RULES]


def test_the_lessons_are_counted() -> None:
    printed = ran("docs/lessons.md")[1].splitlines()
    assert printed == [f"{name} {len(lesson.steps)}" for name, lesson in LESSONS.items()]
    assert len(LESSONS) == 12  # as the page says


def test_the_sweep_has_a_best_run() -> None:
    names, printed = ran("docs/sweeps.md")
    assert printed == f"12 {names['best'].settings}\n"
    assert names["best"].settings["training.learning_rate"] > 0.01  # too small to learn in so few epochs


def test_the_words_about_a_sweep_name_the_best_cell_and_what_matters_less() -> None:
    best, *_, last = ran("docs/sweeps.md", 1)[1].splitlines()
    assert best.startswith("Best: 0.1, ")
    assert last.startswith("*L2* matters less than *Learning rate*")


def test_the_sweep_of_the_shell_is_one() -> None:
    (text,) = re.findall(r"^```json\n(.*?)^```", PAGES["docs/sweeps.md"], re.DOTALL | re.MULTILINE)
    assert Sweep.model_validate_json(text).runs == 9


def test_the_fields_of_a_sweep_and_the_arguments_of_run_sweep_are_named() -> None:
    named = set(re.findall(r"^\| `(\w+)", PAGES["docs/sweeps.md"], re.MULTILINE))
    arguments = set(inspect.signature(run_sweep).parameters) - {"sweep"}
    assert named == {*Sweep.model_fields} | arguments


def test_the_example_table_is_learnt() -> None:
    assert ran("docs/data.md")[1] == "[1 0]\n"


def test_the_figures_of_the_notebook_are_those_that_it_names() -> None:
    assert ran("docs/notebooks.md")[1] == "Figure x₁ x₂\n"
    printed = ran("docs/notebooks.md", 1)[1]
    assert printed == "Test accuracy ('Tanh', 'ReLU') ('0.01', '0.1', '1')\n"
    assert re.findall(r"^\| `(\w+)\(", PAGES["docs/notebooks.md"], re.MULTILINE) == [
        "boundary", "cost", "network", "landscape", "sweep"
    ]  # fmt: skip


def test_the_estimator_learns() -> None:
    assert float(ran("docs/estimators.md")[1]) > 0.95


def test_an_exported_run_comes_back() -> None:
    lines, same = ran("docs/export.md")[1].split()
    assert int(lines) > 100
    assert same == "True"


def test_every_data_set_is_named() -> None:
    rows = re.findall(r"^\|[^|\n]+\|([^|\n]+)\|$", PAGES["docs/data.md"], re.MULTILINE)
    assert {*DATASETS} <= {name.strip() for row in rows for name in row.split(", ")}


def test_every_format_is_explained() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", PAGES["docs/export.md"], re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(EXPORTS)


def test_every_choice_is_named() -> None:
    for table in (ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, BIAS_INITIALIZERS):
        assert f"| {', '.join(table)} |" in PAGES["docs/library.md"]


def test_the_activation_of_the_example_has_the_right_slope() -> None:
    network = Network(ran("docs/adding-a-component.md")[0]["Bell"]())
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((12, 2)), rng.integers(0, 2, (12, 1)).astype(float)
    assert gradient_check(init_params((2, 5, 3, 1), rng=1), X, y, network).difference < 1e-7


def test_the_activation_of_the_example_is_written_out_in_the_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bell.py").write_text(CODE["docs/adding-a-component.md"][0], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(ACTIVATIONS, "bell", importlib.import_module("bell").Bell)
    run = advance(start(Experiment.of(network={"activation": "bell"}, data={"samples": 50})), 5)
    printed, _ = execute(EXPORTS["script"](run).decode())
    assert costs(printed) == costs_of(run)
    monkeypatch.delitem(sys.modules, "bell")
