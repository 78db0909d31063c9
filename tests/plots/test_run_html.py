"""A run in a notebook: pictures and a table that stand by themselves."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.plots import boundary_picture
from dnn.plots.run_html import LEFT, MOST_POINTS, SIDE, WIDTH, run_html
from dnn.plots.svg import polyline
from dnn.plots.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
MARKUP = "<img src=x onerror=alert(1)>&\"'"


class Shown(HTMLParser):
    """The HTML of a run: its tags in order, its pictures by their texts, and its table."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pictures: dict[str, ET.Element] = {}
        self.cells: list[str] = []
        self.text = run._repr_html_() or ""
        self.feed(self.text)
        self.table = dict(zip(self.cells[::2], self.cells[1::2], strict=True))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            given = dict(attrs)
            kind, _, content = str(given["src"]).partition(",")
            assert kind == "data:image/svg+xml;base64"
            self.pictures[str(given["alt"])] = ET.fromstring(b64decode(content))

    def handle_data(self, data: str) -> None:
        if self.tags[-1] in ("th", "td"):
            self.cells.append(data)

    @property
    def boundary(self) -> ET.Element:
        return self.pictures["Answers over the plane and training examples"]

    @property
    def costs(self) -> ET.Element:
        return self.pictures["Cost against epoch"]

    @property
    def lines(self) -> dict[str, list[tuple[float, float]]]:
        """Curves by their names, as points in pixels."""
        paths = [each.get("d", "") for each in self.costs.iter(f"{SVG}path")][1::2]
        names = [each.text for each in self.costs.iter(f"{SVG}text")][4:]
        numbers = [[tuple(map(float, pair)) for pair in re.findall(r"[ML](\S+) ([^ML]+)", path)] for path in paths]
        return dict(zip(map(str, names), numbers, strict=True))  # type: ignore[arg-type]


def trained(epochs: int = 5, **sections: Any) -> Run:
    return advance(start(Experiment.of(**sections)), epochs)


def test_the_table_has_the_numbers_of_the_epoch_and_the_settings() -> None:
    run = trained(data={"samples": 40}, training={"optimizer": {"kind": "adam", "beta1": 0.8}, "learning_rate": 0.02})
    table = Shown(run).table
    assert table["Train cost"] == f"{run.latest['train_cost']:.4g}"
    assert table["Test accuracy"] == f"{run.latest['test_accuracy']:.1%}"
    assert "Validation cost" not in table
    settings = {"Data set": "Moons", "Samples": "40", "Learning rate": "0.02", "Optimiser": "Adam", "Beta 1": "0.8"}
    assert settings.items() <= table.items()
    assert "<b>2 → " in Shown(run).text
    assert ", epoch 5</b>" in Shown(run).text


def test_the_costs_are_those_of_the_history_to_scale() -> None:
    run = trained(data={"samples": 60, "validation_share": 0.2})
    lines = Shown(run).lines
    assert {*lines} == {"train", "test", "validation"}
    costs = np.stack([run.history[f"{name}_cost"] for name in lines])
    heights = SIDE - np.array([[y for _, y in line] for line in lines.values()])
    scale = np.polyfit(costs.ravel(), heights.ravel(), 1)
    np.testing.assert_allclose(np.polyval(scale, costs), heights, atol=0.11)  # pixels, rounded to tenths
    assert scale[0] > 0.0
    x = [x for x, _ in lines["train"]]
    assert (x[0], x[-1]) == (LEFT, WIDTH - 12)
    np.testing.assert_allclose(np.diff(x), (WIDTH - 12 - LEFT) / 5, atol=0.11)


def test_the_picture_has_the_answers_of_the_run_and_its_training_examples() -> None:
    run = trained(data={"samples": 50, "test_share": 0.4})
    (image,) = Shown(run).boundary.iter(f"{SVG}image")
    theme_picture = image.get("href")
    levels = boundary_picture.levels_of(run)
    assert theme_picture == boundary_picture.picture(levels, "binary", 2, LIGHT)
    marks = [each.get("d", "").count("M") for each in Shown(run).boundary.iter(f"{SVG}path")]
    assert marks == [int((run.data.y_train == label).sum()) for label in (0, 1)]


@pytest.mark.parametrize(
    "data",
    [
        {"dataset": "bumps"},
        {"dataset": {"kind": "blobs", "classes": 6}},
        {"dataset": "iris"},
        {"dataset": "own"},
        {"test_share": 0.0},
    ],
    ids=str,
)
def test_every_kind_of_run_shows_itself(data: dict[str, Any]) -> None:
    run = start(Experiment.of(data=data))
    shown = Shown(run if data.get("dataset") == "own" else advance(run, 2))
    assert shown.tags.count("img") == 2
    assert shown.table["Examples"] == f"{len(run.data.X)}, {run.data.n_train} of them to train"


def test_a_run_that_diverged_says_so_and_its_curve_ends() -> None:
    run = trained(
        60,
        training={"learning_rate": 100.0, "loss": "mean_squared_error"},
        network={"activation": "linear"},
        data={"dataset": "plane"},
    )
    assert run.diverged
    shown = Shown(run)
    assert run.stopped in shown.text
    assert all(np.isfinite(line).all() for line in shown.lines.values())


def test_a_line_is_broken_where_it_has_no_number() -> None:
    places = np.array([[0, 1], [1, np.nan], [2, 3], [3, 4.25], [4, np.inf]])
    assert polyline(places) == "M0.0 1.0M2.0 3.0L3.0 4.2"


def test_it_stays_small_with_very_many_examples_and_settings() -> None:
    run = trained(
        300,
        data={"dataset": {"kind": "blobs", "classes": 6}, "samples": 2000, "validation_share": 0.2},
        network={"hidden_layer_sizes": [4] * 8, "activation": ["tanh"] * 8},
        training={"batch_size": 2000},
    )
    text = Shown(run).text
    assert len(text.encode()) < 100_000
    assert sum(each.get("d", "").count("M") for each in Shown(run).boundary.iter(f"{SVG}path")) == MOST_POINTS


def test_names_of_a_visitor_are_text() -> None:
    rows = np.column_stack([np.linspace(-1, 1, 20), np.tile([0, 1], 10)])
    own = {"kind": "own", "rows": rows, "classes": [MARKUP, "no"], "inputs": [MARKUP]}
    shown = Shown(trained(1, data={"dataset": own}))
    assert {*shown.tags} == {"div", "img", "b", "br", "table", "tr", "th", "td"}
    assert MARKUP not in shown.text
    assert MARKUP in " ".join(shown.table.values())


@pytest.mark.slow
def test_a_notebook_needs_no_plotly_to_show_a_run() -> None:
    code = (
        "import sys; sys.modules['plotly'] = sys.modules['streamlit'] = None\n"
        "import dnn; print(len(dnn.start(dnn.Experiment())._repr_html_()) > 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_where_nothing_draws_a_run_it_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(Experiment())
    assert run._repr_html_() == run_html(run)
    monkeypatch.setattr(Run, "as_html", None)
    assert run._repr_html_() is None
