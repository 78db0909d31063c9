"""The page *Sweep* without a browser: its axes, what does not fit, its cells, and the way to the playground."""

import json

import pytest

from dnn.ui.live.wire import unpack
from tests.ui.page import unescaped
from tests.ui.views.sweep_page import SMALL, TWO, SweepPage

pytestmark = pytest.mark.slow


def test_a_visitor_finds_learning_rates_and_activations_ready_to_be_played() -> None:
    page = SweepPage()
    assert [axis.name for axis in page.sweep.axes] == ["training.learning_rate", "network.activation"]
    assert page.settings["across"]["labels"][:3] == ["0.001", "0.003", "0.01"]
    assert "Tanh" in page.settings["up"]["labels"]
    assert len(page.player.runs) == page.sweep.runs == len(page.settings["names"])
    assert page.player.state == "paused"
    page.press("Play")
    assert page.player.state == "playing"
    assert page.player.until == 100


def test_more_epochs_go_on_and_other_values_begin_anew() -> None:
    page = SweepPage(**TWO)
    page.press("Step")
    page.player.frame()
    runs = page.player.runs
    page.set("Epochs", 500)
    assert page.player.runs is runs
    page.set("Seeds", 2)
    assert page.player.epoch == 0


def test_values_that_cannot_be_read_are_said_and_the_last_sweep_stays() -> None:
    page = SweepPage(**TWO)
    runs = page.player.runs
    page.set("Across: values", "0:1:x")
    assert "Across: Values: '0:1:x' is not allowed; a range is 0:1:5" in page.said
    assert page.player.runs is runs
    page.set("Across: values", "0.01, 0.1")
    assert page.said == ""
    assert page.player.runs is runs


def test_values_that_are_not_allowed_leave_their_cells_empty_and_the_others_run() -> None:
    page = SweepPage(**TWO)
    page.set("Across: values", "0.1, 1000")
    assert "Across: Learning rate: 1000 is not allowed" in page.said
    assert [run is None for run in page.player.runs] == [False, False, True, True]
    _, parts = unpack(page.player.frame())
    cells = json.loads(parts["scene"].tobytes())["cells"]
    assert [bool(cell["problem"]) for cell in cells] == [False, True, False, True]


def test_another_setting_brings_its_values_and_two_axes_change_places() -> None:
    page = SweepPage(**TWO)
    page.set("Up", "training.l2")
    assert page.widget("Up: values").value.startswith("0, 0.001")
    page.set("Up", "training.learning_rate")
    assert [axis.name for axis in page.sweep.axes] == ["training.l2", "training.learning_rate"]
    assert page.widget("Across: values").value.startswith("0, 0.001")
    page.set("Third", "seed")
    assert len(page.sweep.axes) == 3
    page.set("Up", "")
    assert [axis.name for axis in page.sweep.axes] == ["training.l2", "seed"]


def test_a_third_axis_and_seeds_are_layers_behind_sliders() -> None:
    page = SweepPage(**TWO, **{"axis.3": "training.l2:0,0.1,1", "sweep.seeds": "2"})
    assert len(page.player.layers) == 6
    page.set("L2", 2)
    page.set("Seed", 1)
    assert page.player.layer == 5
    shown = [page.settings["names"][place] for place in page.player.layers[5]]
    assert all("L2 1, Seed 1" in name for name in shown)


def test_too_many_runs_are_not_played() -> None:
    page = SweepPage(**TWO)
    page.set("Seeds", 64)
    assert page.said == ""
    page.set("Across: values", "0.001:1:9:log")
    assert "1152 runs are more than the 256" in page.said
    assert "Play" not in [button.label for button in page.at.button]


def test_runs_too_large_to_be_watched_are_not_played() -> None:
    page = SweepPage(**(TWO | {"samples": "20000", "layers": "64-64-64-64-64-64-64-64"}))
    assert "too large to be watched" in page.said
    assert "Play" not in [button.label for button in page.at.button]


def test_another_experiment_of_the_playground_is_the_base_and_its_settings_are_offered() -> None:
    page = SweepPage(**(SMALL | {"axis.1": "data.dataset.noise:0.1,0.2", "axis.2": "seed:1,2"}))
    page.press("Play")
    other = page.sweep.base.model_dump()
    other["data"]["dataset"] = {"kind": "iris"}
    page.at.session_state["experiment"] = type(page.sweep.base).of(**other)
    page.run()
    assert page.sweep.base.data.dataset.kind == "iris"
    assert [axis.name for axis in page.sweep.axes] == ["training.learning_rate", "seed"]
    assert page.player.epoch == 0


def test_a_cell_is_opened_in_the_playground() -> None:
    page = SweepPage(**TWO)
    page.send({"do": "open", "run": 3})
    assert page.at.session_state["page"] == "Playground"
    experiment = page.at.session_state["experiment"]
    assert experiment.training.learning_rate == 0.1
    assert experiment.network.activation.kind == "relu"
    assert page.at.query_params["learning_rate"] == "0.1"
    assert "axis.1" not in page.at.query_params


def test_a_cell_is_kept_on_the_shelf_unless_a_link_for_pupils_hides_it() -> None:
    page = SweepPage(**TWO)
    assert page.settings["keeps"]
    page.press("Step")
    page.player.frame()
    page.send({"do": "keep", "run": 2})
    (kept,) = page.at.session_state["shelf"].kept
    assert kept.experiment == page.player.runs[2].experiment  # type: ignore[union-attr]
    assert kept.epoch == 1
    assert [unescaped(toast.value) for toast in page.at.toast] == ["Kept: 1 of 24 on the shelf."]
    assert not SweepPage(**TWO, show="layers").settings["keeps"]


@pytest.mark.parametrize(
    "message",
    [None, "open", {}, {"do": "open"}, {"do": "open", "run": 99}, {"do": "open", "run": "1"}, {"do": "x", "run": 0}],
)
def test_what_means_nothing_does_nothing(message: object) -> None:
    page = SweepPage(**TWO)
    page.send(message)
    assert page.at.session_state["page"] == "Sweep"


def test_settings_that_change_places_take_their_values_along() -> None:
    page = SweepPage(**TWO)
    page.set("Up", "training.learning_rate")
    assert [axis.values for axis in page.sweep.axes] == [("tanh", "relu"), (0.01, 0.1)]


def test_it_speaks_the_visitors_language() -> None:
    page = SweepPage(**TWO, lang="zh")
    assert page.settings["across"]["title"] == "学习率"
    assert page.widget("种子数").value == 1
