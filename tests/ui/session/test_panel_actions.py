"""What is clicked in the diagram, and taking it back: the whole page without a browser, and the parts by themselves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dnn import Experiment, Run, advance
from dnn.experiment.links import from_query
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.session import panel_actions
from dnn.ui.session.changes import Change, Changes
from dnn.ui.session.history import MOST, Snapshot, UndoHistory
from tests.ui.page import Page

pytestmark = pytest.mark.slow

# the page, with a button for each thing that its browser does by other means
SCRIPT = """
import streamlit as st
from dnn.ui import session
from dnn.ui.views import playground
playground.show()
st.button("browser", on_click=lambda: session.run_actions(st.session_state["sent"]))
st.button("undone", on_click=session.undo)
st.button("redone", on_click=session.redo)
st.button("begun again", on_click=session.reset)
st.session_state["possible"] = session.can_undo(), session.can_redo()
"""


class DiagramPage(Page):
    """The playground, and what its diagram sends."""

    def __init__(self, **link: str) -> None:
        self.number = 0
        super().__init__(**link)
        self.player.play(False)

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    def send(self, *actions: Any) -> None:
        """What the panel sends for these actions."""
        self.at.session_state["sent"] = [{"number": (number := self.number + k), **a} for k, a in enumerate(actions, 1)]
        self.number = number
        self.press("browser")

    def send_raw(self, sent: object) -> None:
        self.at.session_state["sent"] = sent
        self.press("browser")

    def value(self, label: str) -> Any:
        return self.widget(label).value

    @property
    def experiment(self) -> Experiment:
        found = super().experiment
        assert self.player.run.experiment == found
        assert from_query(self.link) == (found, ())
        return found

    @property
    def widths(self) -> tuple[int, ...]:
        return self.experiment.network.hidden_layer_sizes

    @property
    def possible(self) -> tuple[bool, bool]:
        found: tuple[bool, bool] = self.at.session_state["possible"]
        return found


@pytest.fixture
def page() -> DiagramPage:
    return DiagramPage()


def number(place: int, value: float | None, frozen: bool = False, sizes: tuple[int, ...] = (2, 4, 2, 1)) -> Any:
    return {"do": "number", "sizes": list(sizes), "place": place, "value": value, "frozen": frozen}


LAYER = {"do": "layers", "by": 1}


def unit(layer: int, by: int = 1) -> Any:
    return {"do": "units", "layer": layer, "by": by}


def seeing(text: str, on: bool = True) -> Any:
    return {"do": "input", "text": text, "on": on}


# inputs


def test_inputs_are_switched_on_in_their_own_order_and_off(page: DiagramPage) -> None:
    page.send(seeing("sin(x1)"), seeing("x1^2"))
    assert page.experiment.data.features == ("x1", "x2", "x1^2", "sin(x1)")
    assert page.player.run.params.sizes[0] == 4
    page.send(seeing("x1", on=False), seeing("sin(x1)", on=False))
    assert page.experiment.data.features == ("x2", "x1^2")
    page.send(seeing("x1"), seeing("x1^2", on=False))
    assert page.experiment.data.features == ()  # as at the beginning
    page.press("undone")
    assert page.experiment.data.features == ("x1", "x2", "x1^2")


def test_a_formula_of_ones_own_follows_the_ready_made_ones(page: DiagramPage) -> None:
    page.send(seeing("x1 + 2*x2"), seeing("x1*x2"))
    assert page.experiment.data.features == ("x1", "x2", "x1*x2", "x1 + 2*x2")
    page.unfold("Inputs and weights")
    assert page.value("Your own formula") == "x1 + 2*x2"


IMPOSSIBLE_INPUTS = [
    [seeing("x1")],  # is on
    [seeing("x1^2", on=False)],  # is off
    [seeing("import os")],
    [seeing("x3")],  # no such input
    [seeing("1/(x1-x1)")],  # no finite value
    [{"do": "input", "text": "", "on": True}],
    [{"do": "input", "text": "x1^2", "on": 1}],
    [{"do": "input", "text": "x" * 100, "on": True}],
]


def test_an_input_that_cannot_be_changes_nothing(page: DiagramPage) -> None:
    before = page.experiment
    for sent in IMPOSSIBLE_INPUTS:
        page.send(*sent)
        assert page.experiment == before, sent
        assert page.possible == (False, False), sent
    page.send(seeing("x1^2"))
    assert page.possible == (True, False)


def test_the_last_input_stays(page: DiagramPage) -> None:
    page.send(seeing("x1", on=False), seeing("x2", on=False))
    assert page.experiment.data.features == ("x2",)


# layers and units


def test_units_and_layers_are_added_and_removed(page: DiagramPage) -> None:
    page.send(unit(0))
    assert page.widths == (5, 2)
    page.send(unit(1, -1))
    assert page.widths == (5, 1)
    page.send(LAYER)
    assert page.widths == (5, 1, 1)
    page.send({"do": "layers", "by": -1}, {"do": "layers", "by": -1})
    assert page.widths == (5,)
    assert page.player.run.epoch == 0


def test_the_widgets_follow_the_diagram(page: DiagramPage) -> None:
    page.send(unit(0), LAYER)
    assert page.value("Units in hidden layer 1") == 5
    assert page.value("Units in hidden layer 3") == 2
    page.set("Learning rate", 0.1)
    assert page.widths == (5, 2, 2)


def test_all_layers_can_go_and_come_back(page: DiagramPage) -> None:
    page.send(*[{"do": "layers", "by": -1}] * 3)
    assert page.widths == ()
    page.send(LAYER)
    assert page.widths == (panel_actions.FIRST_WIDTH,)


def test_there_are_no_more_layers_and_units_than_the_page_allows(page: DiagramPage) -> None:
    page.send(*[LAYER] * (MOST_LAYERS + 3))
    assert len(page.widths) == MOST_LAYERS
    page.send(*[unit(0)] * 50)
    page.send(*[unit(0)] * 50)
    assert page.widths[0] == WIDEST
    page.send(*[unit(1, -1)] * 5)
    assert page.widths[1] == 1


def test_an_action_that_is_sent_again_is_not_done_again(page: DiagramPage) -> None:
    sent = [{"number": 7, **unit(0)}, {"number": 8, **unit(0)}]
    page.send_raw(sent[:1])
    page.send_raw(sent)
    page.send_raw(sent)
    assert page.widths == (6, 2)


def test_a_change_that_was_broken_off_is_made_when_the_page_is_next_run(page: DiagramPage) -> None:
    """Streamlit stops a callback where it is when the browser sends something newer: here after the first stroke."""
    other = Experiment.of(network={"hidden_layer_sizes": [6, 2]})
    history = UndoHistory().push(Snapshot(page.experiment, page.player.run))
    page.at.session_state["changes"] = Changes(history, 5, Change(other, history))
    page.set("Learning rate", 0.1)  # the newer request, which brings the old units along
    assert page.widths == (6, 2)
    assert page.value("Units in hidden layer 1") == 6
    page.press("undone")
    assert page.widths == (4, 2)


NONSENSE: list[Any] = [
    None,
    "units",
    {},
    [{}],
    [[]],
    [{"number": 1, "do": "units", "layer": 5, "by": 1}],
    [{"number": 1, "do": "units", "layer": -1, "by": 1}],
    [{"number": 1, "do": "units", "layer": "0", "by": 1}],
    [{"number": 1, "do": "units", "layer": 0, "by": 40}],
    [{"number": 1, "do": "layers", "by": 1, "more": 1}],
    [{"number": "1", "do": "layers", "by": 1}],
    [{"number": 1, "do": "eval", "by": 1}],
    [{"number": k, "do": "layers", "by": 1} for k in range(51)],
    [{"number": 1, **number(0, float("nan"))}],
    [{"number": 1, **number(0, float("inf"))}],
    [{"number": 1, **number(0, 1e7)}],
    [{"number": 1, **number(0, "1")}],  # type: ignore[arg-type]
    [{"number": 1, **number(0, 1.0, "yes")}],  # type: ignore[arg-type]
    [{"number": 1, **number(-1, 1.0)}],
    [{"number": 1, **number(25, 1.0)}],
    [{"number": 1, **number(0, 1.0, sizes=(2, 4, 1))}],
]


def newer(sent: Any, by: int) -> Any:
    """What was sent, with higher numbers, so that it is not left out because something newer has been seen."""
    if not isinstance(sent, list):
        return sent
    return [
        action | {"number": action["number"] + by}
        if isinstance(action, dict) and isinstance(action.get("number"), int)
        else action
        for action in sent
    ]


def test_nonsense_changes_nothing(page: DiagramPage) -> None:
    before = page.player.run
    for place, sent in enumerate(NONSENSE):
        page.send_raw(newer(sent, 100 * place))
        assert page.experiment == Experiment(), sent
        assert page.player.run is before, sent
        assert page.possible == (False, False), sent
    page.send_raw([{"number": 100 * len(NONSENSE), **LAYER}])
    assert page.possible == (True, False)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["do", "units", "layers", "number"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["do", "number", "by", "layer", "place", "sizes", "value", "frozen"]), inner, max_size=6
        )
    ),
)


@given(json)
def test_reading_never_fails(sent: object) -> None:
    assert isinstance(panel_actions.read(sent), list)


def test_settings_of_each_layer_follow_their_layers() -> None:
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [3, 2], "activation": ["tanh", "relu"]}, training={"dropout": [0.1, 0.5]}
    )
    (more,) = panel_actions.read([{"number": 0, **LAYER}])
    (less,) = panel_actions.read([{"number": 0, "do": "layers", "by": -1}])
    assert isinstance(more, panel_actions.Layers)
    assert isinstance(less, panel_actions.Layers)
    wider = panel_actions.with_structure(experiment, more, 8, 64)
    assert [each.kind for each in wider.network.activation] == ["tanh", "relu", "relu"]  # type: ignore[union-attr]
    assert wider.training.dropout == (0.1, 0.5, 0.5)
    one = panel_actions.with_structure(experiment, less, 8, 64)
    assert (one.network.activation.kind, one.training.dropout) == ("tanh", 0.1)  # type: ignore[union-attr]
    none = panel_actions.with_structure(one, less, 8, 64)
    assert none.network.hidden_layer_sizes == ()
    assert panel_actions.with_structure(none, less, 8, 64) == none


# single numbers


def test_a_number_is_set_and_training_goes_on_from_there(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.send(number(3, 2.5))
    after = page.player.run
    expected = before.params.vector.copy()
    expected[3] = 2.5
    np.testing.assert_array_equal(after.params.vector, expected)
    assert after.epoch == before.epoch == 1
    assert after.frozen is None
    later = advance(after, 3).params.vector
    assert later[3] != 2.5
    assert page.player.state == "paused"


def test_a_frozen_number_stays_while_the_others_learn(page: DiagramPage) -> None:
    page.send(number(0, None, True), number(8, -1.5, True))
    before = page.player.run.params.vector
    for _ in range(3):
        page.player.step()
        page.player.frame()
    after = page.player.run.params.vector
    assert (after[0], after[8]) == (before[0], -1.5)
    assert (np.delete(after, [0, 8]) != np.delete(before, [0, 8])).all()
    page.set("Learning rate", 0.1)
    assert page.player.run.frozen is not None  # another learning rate lets nothing go
    page.send(number(0, None, False), number(8, None, False))
    assert page.player.run.frozen is None


# undo


def same(run: Run, other: Run) -> bool:
    alike = run.frozen is other.frozen is None or np.array_equal(run.frozen, other.frozen)  # type: ignore[arg-type]
    return bool(run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector) and alike)


def test_there_is_nothing_to_undo_at_first(page: DiagramPage) -> None:
    assert page.possible == (False, False)
    before = page.player.run
    page.press("undone")
    page.press("redone")
    assert page.player.run is before


def test_an_edit_is_undone_to_the_run_before_it_and_done_again(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.send(number(3, 2.5, True))
    page.player.step()
    page.player.frame()
    after = page.player.run
    page.press("undone")
    assert same(page.player.run, before)
    assert page.possible == (False, True)
    page.press("redone")
    assert same(page.player.run, after)
    assert page.possible == (True, False)


def test_another_network_is_undone_without_losing_what_was_learnt(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.send(unit(0))
    page.set("Seed", 4)
    assert page.player.run.epoch == 0
    page.press("undone")
    page.press("undone")
    assert same(page.player.run, before)
    assert page.experiment == Experiment()
    assert (page.value("Units in hidden layer 1"), page.value("Seed")) == (4, 0)
    page.press("redone")
    assert page.widths == (5, 2)


def test_a_setting_of_training_is_undone_in_place(page: DiagramPage) -> None:
    page.set("Learning rate", 0.3)
    page.player.step()
    page.player.frame()
    page.press("undone")
    assert page.experiment == Experiment()
    assert page.value("Learning rate") == Experiment().training.learning_rate
    assert page.player.run.epoch == 1
    page.press("redone")
    assert page.experiment.training.learning_rate == 0.3
    assert page.player.run.epoch == 1


def test_a_reset_and_new_weights_are_undone(page: DiagramPage) -> None:
    page.player.step()
    page.player.frame()
    before = page.player.run
    page.press("begun again")
    assert page.player.run.epoch == 0
    page.press("undone")
    assert same(page.player.run, before)
    page.press("New weights")
    assert page.experiment.draw == 1
    page.press("undone")
    assert same(page.player.run, before)


def test_something_new_gives_up_what_was_undone(page: DiagramPage) -> None:
    page.send(unit(0))
    page.press("undone")
    page.send(unit(1))
    assert page.possible == (True, False)
    page.press("undone")
    assert page.widths == (4, 2)


def test_edits_and_settings_are_undone_in_turn(page: DiagramPage) -> None:
    first = page.player.run
    page.send(number(0, 1.0))
    page.set("Learning rate", 0.1)
    page.send(number(1, 2.0))
    page.send(unit(0))
    for _ in range(4):
        page.press("undone")
    assert same(page.player.run, first)
    assert page.experiment == Experiment()
    for _ in range(4):
        page.press("redone")
    assert page.widths == (5, 2)
    assert page.experiment.training.learning_rate == 0.1


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=80))
def test_the_undo_history_equals_a_list_with_an_index(steps: list[str]) -> None:
    snapshots = [Snapshot(Experiment(seed=0))]
    index, history = 0, UndoHistory()
    for step in steps:
        current = snapshots[index]
        if step == "change":
            del snapshots[index + 1 :]
            snapshots.append(Snapshot(Experiment(seed=len(steps) + len(snapshots))))
            history, index = history.push(current), index + 1
        elif step == "undo" and history.past:
            assert history.past[-1] == snapshots[index - 1]
            history, index = history.undo(current), index - 1
        elif step == "redo" and history.future:
            assert history.future[-1] == snapshots[index + 1]
            history, index = history.redo(current), index + 1
        assert len(history.past) == min(index, MOST)
        assert len(history.future) == len(snapshots) - 1 - index


def test_the_undo_history_holds_so_many_steps() -> None:
    history = UndoHistory()
    for seed in range(MOST + 10):
        history = history.push(Snapshot(Experiment(seed=seed)))
    assert [snapshot.experiment.seed for snapshot in history.past] == list(range(10, MOST + 10))
