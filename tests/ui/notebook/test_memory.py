"""What a widget of a notebook keeps: little when no cell shows it, and nothing when it is closed."""

import gc
import weakref

import dnn
from dnn import advance, start
from dnn.ui.live.player import Player
from dnn.ui.notebook import LiveWidget
from tests.ui.notebook.browser import EXPERIMENT, Browser, scene_of


def test_without_a_view_its_pictures_are_let_go_and_the_run_stays(widget: LiveWidget, browser: Browser) -> None:
    browser.ask(view="a")
    browser.ask(view="b")
    del browser.answers[1:]
    shown = scene_of(browser.frame()[1])["id"]
    browser.do("step")
    scene = weakref.ref(widget.player.camera.scene)
    browser.ask(shown, "b")
    browser.do("gone", view="a")
    assert scene() is not None
    browser.do("gone", view="b")
    gc.collect()
    assert scene() is None
    browser.answers.clear()
    widget.player.step()
    assert browser.answers == []  # nobody waits for it

    browser.ask(view="c")  # the cell is run again
    header, parts = browser.frame()
    assert header["epoch"] == 2
    assert scene_of(parts)["id"] != shown
    assert (widget.run.params.vector == advance(start(EXPERIMENT), 2).params.vector).all()


def test_a_widget_that_is_closed_on_either_side_is_let_go_with_its_player() -> None:
    assert closed_in_the_notebook()() is None
    assert closed_by_the_browser()() is None


def closed_in_the_notebook() -> weakref.ref[Player]:
    widget = dnn.live(EXPERIMENT)
    player = weakref.ref(widget.player)
    widget.player.frame(-1)
    widget.close()
    del widget
    gc.collect()
    return player


def closed_by_the_browser() -> weakref.ref[Player]:
    widget = dnn.live(EXPERIMENT, playing=True)
    player = weakref.ref(widget.player)
    widget.player.frame(-1)
    widget.comm.handle_close({})
    assert widget.player.state == "paused"
    del widget
    gc.collect()
    return player
