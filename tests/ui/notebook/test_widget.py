"""The widget of a notebook by its messages: what a browser may ask, and what the kernel answers."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dnn
from dnn import Experiment, advance, start
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.wire import unpack

pytest.importorskip("anywidget", reason="dnn.live needs anywidget")

from comm.base_comm import BaseComm  # comes with anywidget

from dnn.ui.notebook import LiveWidget

EXPERIMENT = Experiment.of(data={"samples": 40}, network={"hidden_layer_sizes": [3]})


class Browser(BaseComm):
    """The other end of a widget's comm: what it was sent, and what it sends."""

    def __init__(self, widget: LiveWidget) -> None:
        self.answers: list[tuple[dict[str, Any], list[bytes]]] = []
        super().__init__(target_name="jupyter.widget")
        widget.comm = self

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **_: Any) -> None:
        if msg_type == "comm_msg" and data["method"] == "custom":
            self.answers.append((data["content"], buffers or []))

    def send_custom(self, content: object) -> None:
        data = {"method": "custom", "content": content}
        self.handle_msg({"content": {"comm_id": self.comm_id, "data": data}, "buffers": []})

    def do(self, action: str, **more: object) -> None:
        self.send_custom({"do": action, **more})

    def ask(self, scene: int = -1, view: str = "a") -> None:
        self.do("frame", view=view, scene=scene)

    def frame(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """Header and arrays of the only answer there is, a frame."""
        ((content, (frame,)),) = self.answers
        self.answers.clear()
        assert content["kind"] == "frame"
        return unpack(frame)


@pytest.fixture
def widget() -> Any:
    shown = dnn.live(EXPERIMENT)
    yield shown
    shown.close()


@pytest.fixture
def browser(widget: LiveWidget) -> Browser:
    return Browser(widget)


def settled(browser: Browser) -> int:
    """Ask for the first frame; returns the number of its scene."""
    browser.ask()
    _, parts = browser.frame()
    number: int = scene_of(parts)["id"]
    return number


def scene_of(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    scene: dict[str, Any] = json.loads(parts["scene"].tobytes())
    return scene


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


@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_it_has_the_colours_of_its_theme_and_plays_if_asked(name: Any, theme: Any) -> None:
    widget = dnn.live(EXPERIMENT, playing=True, speed=30, theme=name)
    browser = Browser(widget)
    browser.ask()
    header, parts = browser.frame()
    assert header["state"] == "playing"
    assert widget.player.speed == 30
    assert scene_of(parts)["colors"]["paper"] == theme.paper
    widget.close()


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
