"""The widget of a notebook by its messages: what a browser may ask, and what the kernel answers."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from dnn import advance, start
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.notebook import LiveWidget
from tests.ui.notebook.browser import EXPERIMENT, Browser, scene_of


def settled(browser: Browser) -> int:
    """Ask for the first frame; returns the number of its scene."""
    browser.ask()
    _, parts = browser.frame()
    number: int = scene_of(parts)["id"]
    return number


def test_the_first_frame_brings_the_scene_and_the_run_as_it_begins(widget: LiveWidget, browser: Browser) -> None:
    browser.ask()
    header, parts = browser.frame()
    assert (header["epoch"], header["state"]) == (0, "paused")
    assert scene_of(parts)["sizes"] == [2, 3, 1]
    weights = start(EXPERIMENT).params.vector
    np.testing.assert_array_equal(parts["weights"], weights[parts["edges"]].astype(np.float32))


def test_while_nothing_changes_a_request_waits_for_a_step(widget: LiveWidget, browser: Browser) -> None:
    scene = settled(browser)
    browser.ask(scene)
    assert browser.answers == []
    browser.do("step")
    header, parts = browser.frame()
    assert "scene" not in parts
    assert header["epoch"] == 1
    expected = advance(start(EXPERIMENT), 1).params.vector
    np.testing.assert_array_equal(parts["weights"], expected[parts["edges"]].astype(np.float32))


def test_it_plays_from_frame_to_frame_and_the_run_is_the_one_that_advance_returns(
    widget: LiveWidget, browser: Browser
) -> None:
    scene = settled(browser)
    browser.do("play")
    for _ in range(3):
        browser.ask(scene)
        assert browser.frame()[0]["state"] == "playing"
    browser.do("pause")
    browser.ask(scene)
    header, _ = browser.frame()
    assert header["state"] == "paused"
    run = widget.run
    assert run.epoch == header["epoch"] > 0
    np.testing.assert_array_equal(run.params.vector, advance(start(EXPERIMENT), run.epoch).params.vector)
    browser.do("reset")
    browser.ask(scene)
    assert browser.frame()[0]["epoch"] == 0


def test_at_a_slow_speed_the_browser_is_told_when_to_ask_again(widget: LiveWidget, browser: Browser) -> None:
    scene = settled(browser)
    browser.do("speed", speed=0.01)
    browser.do("play")
    browser.ask(scene)
    browser.frame()
    browser.ask(scene)
    ((answer, buffers),) = browser.answers
    assert (answer["kind"], answer["view"], buffers) == ("wait", "a", [])
    assert 50.0 < answer["seconds"] <= 100.0
    browser.do("speed", speed=None)
    assert widget.player.speed == np.inf


def test_the_buttons_are_told_the_speed(widget: LiveWidget, browser: Browser) -> None:
    browser.ask()
    assert browser.answers.pop()[0]["speed"] is None
    browser.do("speed", speed=7.5)
    browser.ask()
    assert browser.answers.pop()[0]["speed"] == 7.5


def test_each_view_is_answered_by_its_name(widget: LiveWidget, browser: Browser) -> None:
    scene = settled(browser)
    browser.ask(view="b")
    assert [content["view"] for content, _ in browser.answers] == ["b"]
    browser.answers.clear()
    browser.ask(scene, "a")
    browser.ask(scene, "b")
    widget.player.step()  # in another cell
    widget.player.step()
    assert [content["view"] for content, _ in browser.answers] == ["a", "b"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        "play",
        {},
        {"do": "play!"},
        {"do": ["play"]},
        {"do": "speed"},
        {"do": "speed", "speed": -1},
        {"do": "speed", "speed": float("nan")},
        {"do": "speed", "speed": "5"},
        {"do": "look", "theme": "blue", "locale": "zh"},
        {"do": "look", "theme": "dark"},
        {"do": "frame", "view": 1, "scene": 2},
        {"do": "frame", "view": "a", "scene": "2"},
    ],
    ids=str,
)
def test_what_a_browser_may_not_ask_is_passed_over(widget: LiveWidget, browser: Browser, content: object) -> None:
    browser.send_custom(content)
    assert browser.answers == []
    assert widget.player.state == "paused"
    assert widget.player.speed == np.inf


def test_requests_do_not_pile_up(widget: LiveWidget, browser: Browser) -> None:
    scene = settled(browser)
    for _ in range(100):
        browser.ask(scene)
    for _ in range(100):
        browser.do("step")
    assert len(browser.answers) == 16


def test_messages_may_come_on_other_threads_while_a_cell_changes_the_run(widget: LiveWidget, browser: Browser) -> None:
    scene = settled(browser)

    def ask() -> None:
        for _ in range(20):
            browser.ask(scene)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        widget.player.step()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    browser.answers.clear()
    for _ in range(20):  # nothing that was asked is left without an answer
        widget.player.step()
    browser.answers.clear()
    browser.ask(scene)
    widget.player.step()
    assert browser.frame()[0]["epoch"] == widget.run.epoch


def test_a_widget_that_is_closed_stops_and_no_socket_ever_found_it(widget: LiveWidget, browser: Browser) -> None:
    assert BasePlayer.of(widget.player.token) is None
    scene = settled(browser)
    browser.do("play")
    browser.ask(scene)
    browser.frame()
    widget.close()
    assert widget.player.state == "paused"
    widget.player.step()
    assert browser.answers == []


def test_its_script_is_one_module_and_loads_nothing(widget: LiveWidget) -> None:
    assert widget._esm.rstrip().endswith("export default { render: $notebook.render };")
    assert "import " not in [line[:7] for line in widget._esm.splitlines()]
    assert "://" not in widget._esm + widget._css


def test_without_anywidget_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['anywidget'] = None\n"
        "import dnn\n"
        "try: dnn.live\n"
        "except ImportError as error: print(error)\n"
        "print({'streamlit'} & {*sys.modules})"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    needed = "dnn.live needs the package anywidget: pip install 'dnn-playground[notebook]'"
    assert done.stdout == f"{needed}\nset()\n"
