"""What is clicked in the diagram: layers, units and single numbers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment, advance
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.session import panel_actions
from dnn.ui.session.changes import Change, Changes
from dnn.ui.session.history import Snapshot, UndoHistory
from tests.ui.session.diagram_page import LAYER, SettingsPage, number, unit

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> SettingsPage:
    return SettingsPage()


# layers and units


def test_units_and_layers_are_added_and_removed(page: SettingsPage) -> None:
    page.send(unit(0))
    assert page.widths == (5, 2)
    page.send(unit(1, -1))
    assert page.widths == (5, 1)
    page.send(LAYER)
    assert page.widths == (5, 1, 1)
    page.send({"do": "layers", "by": -1}, {"do": "layers", "by": -1})
    assert page.widths == (5,)
    assert page.player.run.epoch == 0


def test_the_widgets_follow_the_diagram(page: SettingsPage) -> None:
    page.send(unit(0), LAYER)
    assert page.value("Units in hidden layer 1") == 5
    assert page.value("Units in hidden layer 3") == 2
    page.set("Learning rate", 0.1)
    assert page.widths == (5, 2, 2)


def test_all_layers_can_go_and_come_back(page: SettingsPage) -> None:
    page.send(*[{"do": "layers", "by": -1}] * 3)
    assert page.widths == ()
    page.send(LAYER)
    assert page.widths == (panel_actions.FIRST_WIDTH,)


def test_there_are_no_more_layers_and_units_than_the_page_allows(page: SettingsPage) -> None:
    page.send(*[LAYER] * (MOST_LAYERS + 3))
    assert len(page.widths) == MOST_LAYERS
    page.send(*[unit(0)] * 50)
    page.send(*[unit(0)] * 50)
    assert page.widths[0] == WIDEST
    page.send(*[unit(1, -1)] * 5)
    assert page.widths[1] == 1


def test_an_action_that_is_sent_again_is_not_done_again(page: SettingsPage) -> None:
    sent = [{"number": 7, **unit(0)}, {"number": 8, **unit(0)}]
    page.send_raw(sent[:1])
    page.send_raw(sent)
    page.send_raw(sent)
    assert page.widths == (6, 2)


def test_a_change_that_was_broken_off_is_made_when_the_page_is_next_run(page: SettingsPage) -> None:
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


def test_nonsense_changes_nothing(page: SettingsPage) -> None:
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


def test_a_number_is_set_and_training_goes_on_from_there(page: SettingsPage) -> None:
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


def test_a_frozen_number_stays_while_the_others_learn(page: SettingsPage) -> None:
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
