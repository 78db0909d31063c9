"""Fast fingers and a server that goes away: afterwards the page, its address and what plays still agree."""

import random
import re
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import free_port, start_server
from tests.e2e.test_diagram import shape
from tests.e2e.test_drawing import drawn, tool, wait_for_examples
from tests.e2e.test_playground import PANEL, open_page, wait_for, wait_for_charts

BUTTONS = (
    ".st-key-add_layer button",
    ".st-key-remove_0 button",
    ".st-key-new_weights button",
    ".st-key-undo button",
    ".st-key-redo button",
    ".st-key-reset button",
    "[aria-label='Add a unit to hidden layer 1']",
    "[aria-label='Remove a unit from hidden layer 1']",
    "[aria-label='Add a hidden layer']",
    "[aria-label='Remove the last hidden layer']",
)
SLIDERS = ("Learning rate", "Noise", "Batch size")
WIDTHS = "() => [...document.querySelectorAll('[class*=st-key-width_] input')].map(box => box.value).join('-')"


def address(page: Page) -> dict[str, str]:
    return {word: values[0] for word, values in parse_qs(urlsplit(page.url).query).items()}


def widgets(page: Page) -> dict[str, str]:
    """What the widgets say, as far as the burst changes it."""
    found = {name: page.get_by_role("slider", name=name).get_attribute("aria-valuetext") or "" for name in SLIDERS}
    return found | {"layers": page.evaluate(WIDTHS)}


def settle(page: Page) -> None:
    """Wait until the page has done all that it was asked for and nothing changes any more."""
    page.wait_for_function(
        """() => {
            const running = document.querySelector('[data-testid=stStatusWidget]');
            const network = document.querySelector('.dnn-network').ariaLabel?.split(' at ')[0];
            const boxes = [...document.querySelectorAll('[data-testid=stSidebar] input')].map(box => box.value);
            const now = JSON.stringify([location.search, network, boxes]);
            const state = (window.__settled ??= { now: '', since: 0 });
            if (running || now !== state.now) Object.assign(state, { now, since: performance.now() });
            return performance.now() - state.since > 4000;
        }""",
        polling=100,
        timeout=60_000,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_quick_changes_leave_everything_in_agreement(
    page: Page, server: str, seed: int, console_errors: list[str]
) -> None:
    panel = open_page(page, server)
    chance = random.Random(seed)
    begun = time.monotonic()
    for tick in range(1, 101):
        if chance.random() < 0.3:
            page.get_by_role("slider", name=chance.choice(SLIDERS)).press(chance.choice(["ArrowLeft", "ArrowRight"]))
        else:
            page.evaluate("selector => document.querySelector(selector)?.click()", chance.choice(BUTTONS))
        page.wait_for_timeout(max(0.0, 100 * tick - 1000 * (time.monotonic() - begun)))
    settle(page)
    said, link = widgets(page), address(page)
    assert float(said["Learning rate"]) == float(link.get("learning_rate", 0.03))
    assert float(said["Noise"]) == float(link.get("data.noise", 0.15))
    assert said["Batch size"] == link.get("batch_size", "10")
    assert said["layers"] == link.get("layers", "4-2").replace("none", "")
    wait_for(page, f"+d.learningRate === {said['Learning rate']}")
    sizes = ", ".join(["2", *said["layers"].split("-"), "1"] if said["layers"] else ["2", "1"])
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile(f"layers of {sizes} units"))
    page.reload()
    expect(panel).to_have_attribute("data-state", "playing", timeout=30_000)
    assert widgets(page) == said
    assert address(page) == link
    assert console_errors == []
    assert page.get_by_test_id("stException").count() == 0


def test_what_is_undone_stays_undone_whatever_is_clicked_right_after_it(page: Page, server: str) -> None:
    """The browser then says once more what its widgets said before: it has not heard yet of the undoing."""
    open_page(page, server, "?layers=4")
    width = page.get_by_role("spinbutton", name="Units in hidden layer 1")
    for pause in (10, 20, 40, 80):
        width.fill("6")
        width.press("Enter")
        expect(page).to_have_url(re.compile("layers=6$"))
        shape(page, "2, 6, 1")
        page.evaluate(
            """pause => {
                const click = name => document.querySelector(`.st-key-${name} button`).click();
                click('undo');
                setTimeout(() => click('play'), pause);
            }""",
            pause,
        )
        expect(page).to_have_url(re.compile("layers=4$"))
        shape(page, "2, 4, 1")
        page.wait_for_timeout(500)  # for the late message, which would have taken it back
        expect(page).to_have_url(re.compile("layers=4$"))
        shape(page, "2, 4, 1")
        expect(width).to_have_value("4")


def test_charts_that_did_not_come_are_asked_for_again(page: Page, server: str) -> None:
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/plotly.min.js", refuse_once)
    open_page(page, server)
    wait_for_charts(page)
    assert len(refused) == 1


def test_after_a_restart_of_the_server_the_same_experiment_plays(page: Page, tmp_path: Path) -> None:
    port = free_port()
    first = start_server(port, tmp_path / "first")
    second: subprocess.Popen[bytes] | None = None
    try:
        panel = open_page(page, f"http://127.0.0.1:{port}", "?data=circles&layers=3-3&learning_rate=0.1")
        wait_for_charts(page)
        wait_for(page, "+d.epoch > 20")
        first.kill()
        first.wait()
        expect(panel.locator(".dnn-notice:not(.dnn-waited)").first).to_contain_text(
            "connection to the server is lost", timeout=30_000
        )
        second = start_server(port, tmp_path / "second")
        expect(panel).to_have_attribute("data-state", "playing", timeout=60_000)
        expect(panel.locator(".dnn-notice:not(.dnn-waited)").first).to_be_hidden(timeout=60_000)
        at = int(panel.get_attribute("data-epoch") or 0)
        page.wait_for_function(f"at => +document.querySelector('{PANEL}').dataset.epoch !== at", arg=at, timeout=60_000)
        expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 3, 3, 1 units"))
        assert address(page) == {"data": "circles", "layers": "3-3", "learning_rate": "0.1"}
        assert widgets(page)["Learning rate"] == "0.1"
    finally:
        for process in (first, second):
            if process:
                process.kill()
                process.wait()


def test_after_a_restart_drawn_points_and_lessons_are_back_and_what_is_lost_is_said(page: Page, tmp_path: Path) -> None:
    """Points that are too many for the address; they, and what is done of the lessons, are kept by the browser."""
    port = free_port()
    first = start_server(port, tmp_path / "first")
    second: subprocess.Popen[bytes] | None = None
    lessons = page.context.new_page()
    try:
        lessons.goto(f"http://127.0.0.1:{port}/lessons")
        lessons.evaluate("localStorage.setItem('dnn.lessons.done', '[\"one-neuron.1\", \"one-neuron.2\"]')")
        lessons.reload()
        expect(lessons.get_by_text("2 of 6 steps")).to_be_visible(timeout=60_000)
        open_page(page, f"http://127.0.0.1:{port}", "?samples=300&test_share=0.0&layers=5&learning_rate=0.1")
        wait_for_charts(page)
        tool(page, "class 1").click()
        box = page.locator(".dnn-sheet").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 30, box["y"] + 30)
        wait_for_examples(page, "n > 300")
        expect(page).to_have_url(re.compile("data=file"), timeout=30_000)
        link, examples = address(page), drawn(page)
        page.wait_for_function("() => sessionStorage.getItem('dnn.own-data')")
        first.kill()
        first.wait()
        expect(page.locator(".dnn-notice").first).to_contain_text("connection to the server is lost", timeout=30_000)
        second = start_server(port, tmp_path / "second")
        expect(page.locator(".dnn-notice span", has_text="its weights, the steps to undo, the speed")).to_be_visible(
            timeout=90_000
        )
        expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=60_000)
        wait_for_charts(page)
        wait_for_examples(page, f"n === {examples}")
        assert address(page) == link
        expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.1")
        expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 5, 1 units"))
        expect(page.locator(".st-key-link-problems")).to_have_count(0)
        expect(lessons.get_by_text("2 of 6 steps")).to_be_visible(timeout=60_000)
    finally:
        for process in (first, second):
            if process:
                process.kill()
                process.wait()
