"""What the browser is given of a step inside: plain values, whose cell each is, and large matrices cut."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from dnn.analysis.walkthrough import Matrix, walkthrough
from dnn.plots.theme import LIGHT
from dnn.ui.inside import matrices
from dnn.ui.visitor.language import tr, translate_latex
from tests.analysis.walked import run_of
from tests.declarations import Declarations

pytestmark = pytest.mark.slow


def test_a_stop_is_described_in_plain_values() -> None:
    run = run_of("softmax_cross_entropy")
    declared = Declarations(Path(matrices.__file__).with_suffix(".d.ts"))
    for stop in walkthrough(run, [0, 1]).steps:
        for columns in (False, True):
            shown = matrices.component_data(stop, run.params.sizes, LIGHT, columns=columns)
            assert json.loads(json.dumps(shown, allow_nan=False)) == shown
            assert declared.problems(shown, "Step") == []
            assert len(shown["signs"]) == max(0, len(shown["operands"]) - 1)


@pytest.mark.parametrize(
    ("stop", "rows", "columns"),
    [
        ("z1", {"unit": "column", "from": ""}, {"unit": "row", "from": ""}),
        ("dw2", {"unit": "column", "from": "row"}, {"unit": "row", "from": "column"}),
        ("new_w1", {"unit": "column", "from": "row"}, {"unit": "row", "from": "column"}),
        ("new_b1", {"unit": "column", "from": ""}, {"unit": "row", "from": ""}),
        ("da1", {"unit": "", "from": "column"}, {"unit": "", "from": "row"}),
        ("cost", {"unit": "", "from": ""}, {"unit": "", "from": ""}),
    ],
)
def test_the_map_knows_whose_cell_it_is(stop: str, rows: dict[str, str], columns: dict[str, str]) -> None:
    run = run_of("binary_cross_entropy")
    (found,) = [each for each in walkthrough(run, [0]).steps if each.id == stop]
    for turned, axes in ((False, rows), (True, columns)):
        assert matrices.component_data(found, run.params.sizes, LIGHT, columns=turned)["map"]["axes"] == axes


def test_a_large_matrix_is_cut_and_says_its_shape_and_no_number_breaks_json() -> None:
    values = np.zeros((100, 3))
    values[0] = [np.nan, np.inf, -np.inf]
    shown = matrices._matrix(Matrix("W", "W", values, tuple(map(str, range(100))), ("1", "2", "3")))
    assert len(shown["values"]) == len(shown["rows"]) == matrices.MOST
    assert shown["shape"] == [100, 3]
    assert shown["values"][0] == ["nan", "∞", "-∞"]


def test_every_stop_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dnn.ui.visitor.language.current", lambda: "zh")
    run = run_of("softmax_cross_entropy", activation="relu", weights=[1.0, 2.0, 1.0, 0.5, 3.0], l2=0.3, clip_norm=0.01)
    for stop in walkthrough(run, [0, 1]).steps:
        shown = matrices.component_data(stop, run.params.sizes, LIGHT, columns=False)
        texts = [tr(stop.title), tr(stop.text), shown["hint"], shown["map"]["label"], translate_latex(stop.formula)]
        texts += [name for each in (*shown["operands"], shown["result"]) for name in (*each["rows"], *each["columns"])]
        bare = re.sub(r"\\[a-zA-Z]+|Tab|ReLU|Softmax", "", "\n".join(texts))
        assert re.findall(r"[A-Za-z]{4,}", bare) == [], stop.id
