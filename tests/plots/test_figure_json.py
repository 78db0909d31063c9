"""Parts of figures for the browser: what Plotly itself would write, made without its classes."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from dnn import Experiment
from dnn.data.plane import Plane, View
from dnn.plots.cost_chart import cost_figure, cost_parts
from dnn.plots.figure_json import json_values
from dnn.plots.plane_figure import boundary_figure, boundary_parts
from dnn.plots.theme import DARK, LIGHT, Theme

CASES: dict[str, dict[str, Any]] = {
    "two classes": {"dataset": "moons"},
    "without test examples": {"dataset": "moons", "test_share": 0.0},
    "with a validation set": {"dataset": "circles", "validation_share": 0.2},
    "five classes": {"dataset": {"kind": "blobs", "classes": 5}},
    "numbers": {"dataset": "saddle"},
    "a single input": {"dataset": "sine"},
    "no examples": {"dataset": "own"},
}


def as_plotly_writes(figure: go.Figure) -> Any:
    """``figure`` as the values of its JSON; Plotly fills the empty template with a trace that sets nothing."""
    written = json.loads(figure.to_json())
    assert written["layout"]["template"] == {"data": {"scatter": [{"type": "scatter"}]}}
    written["layout"]["template"] = {}
    return written


def as_sent(parts: dict[str, Any]) -> Any:
    return json.loads(json.dumps(json_values(parts), allow_nan=False))


@pytest.mark.parametrize("theme", [LIGHT, DARK.projected()], ids=["light", "dark, projected"])
@pytest.mark.parametrize("settings", CASES.values(), ids=CASES)
def test_the_plane_is_what_plotly_writes(settings: dict[str, Any], theme: Theme) -> None:
    data = Experiment.of(data={"samples": 40} | settings).make_data()
    assert as_sent(boundary_parts(data, theme)) == as_plotly_writes(boundary_figure(data, theme))


def test_so_is_another_plane_in_other_words() -> None:
    data = Experiment.of(data={"dataset": "wine"}).make_data()
    given = (data, LIGHT, Plane.of(data, View(components=True)), str.upper)
    assert as_sent(boundary_parts(*given)) == as_plotly_writes(boundary_figure(*given))


@pytest.mark.parametrize("validation", [False, True])
def test_so_is_the_cost_chart(validation: bool) -> None:
    expected = as_plotly_writes(cost_figure(DARK, str.upper, validation=validation))
    assert as_sent(cost_parts(DARK, str.upper, validation=validation)) == expected
