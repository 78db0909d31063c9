"""The row of buttons on the page, its keys and its speeds."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dnn import ui
from dnn.ui.controls.speeds import SPEEDS
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.toolbar.transport import KEYS
from tests.ui.live.players import header_of, play_until_paused

STATIC = Path(ui.__file__).parent / "live" / "static"


@pytest.fixture
def page() -> AppTest:
    page = AppTest.from_file(Path(ui.__file__).parent / "main.py", default_timeout=60).run()
    assert not page.exception
    return page


def player_of(page: AppTest) -> Player:
    player = Player.of(page.session_state["token"])
    assert player is not None
    return player


def test_every_button_has_its_key_and_its_name(page: AppTest) -> None:
    names = {"play": "Pause", "step": "Step", "batch": "Batch", "reset": "Reset", "new_weights": "New weights"}
    for key, name in (names | {"undo": "Undo", "redo": "Redo"}).items():
        assert page.button(key).label == name
        assert page.button(key).help


def test_batch_on_the_page_pauses_and_makes_one_update(page: AppTest) -> None:
    page.button("batch").click().run()
    assert player_of(page).state == "paused"
    assert header_of(player_of(page))["batch"]["done"] == 1


def test_undo_is_there_once_something_was_done_and_redo_once_it_was_undone(page: AppTest) -> None:
    page.button("new_weights").click().run()
    page.button("undo").click().run()
    assert page.session_state["experiment"].draw == 0
    page.button("redo").click().run()
    assert page.session_state["experiment"].draw == 1


def test_stop_at_reaches_the_player_and_can_be_taken_back(page: AppTest) -> None:
    page.number_input("stop_epoch").set_value(7).run()
    assert player_of(page).goals.epoch == 7
    page.number_input("stop_cost").set_value(0.25).run()
    page.number_input("stop_accuracy").set_value(95.0).run()
    goals = player_of(page).goals
    assert (goals.epoch, goals.cost, goals.accuracy) == (7, 0.25, 0.95)
    page.number_input("stop_epoch").set_value(None).run()
    assert player_of(page).goals.epoch is None


def test_after_pausing_by_itself_the_page_offers_play(page: AppTest) -> None:
    page.number_input("stop_epoch").set_value(3).run()
    play_until_paused(player_of(page))
    page.run()
    assert page.button("play").label == "Play"


def test_speeds_rise_to_as_fast_as_it_can() -> None:
    assert list(SPEEDS) == sorted(SPEEDS)
    assert SPEEDS[-1] == UNLIMITED


def test_the_sheet_lists_every_key_that_the_page_knows() -> None:
    listed = {part.lower() for key, _ in KEYS for part in key.replace(" Ctrl ", " Ctrl+").split(" or ")}
    source = (STATIC / "keyboard.js").read_text(encoding="utf-8")
    table = source[source.index("const KEYS = {") : source.index("};", source.index("const KEYS = {"))]
    for key in listed - {"space", "←", "→"}:
        assert f"{key}:" in table or f"'{key}':" in table, key
    assert "' ': 'play'" in table
    assert "ARROWS = { ArrowLeft: -1, ArrowRight: 1 }" in source
