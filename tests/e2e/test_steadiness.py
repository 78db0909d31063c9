"""Fast fingers and a server that goes away: afterwards the page, its address and what plays still agree."""

import random
import re
import time
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import free_port, start_server
from tests.e2e.playground import PANEL, open_page, visit, wait_for, wait_for_charts
from tests.e2e.test_diagram import shape
from tests.e2e.test_drawing import drawn, tool, wait_for_examples

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
NOTICE = ".dnn-notice:not(.dnn-waited)"
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
            const running = document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'notRunning';
            const network = document.querySelector('.dnn-network').ariaLabel?.split(' at ')[0];
            const boxes = [...document.querySelectorAll('[data-testid=stSidebar] input')].map(box => box.value);
            const now = JSON.stringify([location.search, network, boxes]);
            const state = (window.__settled ??= { now: '', since: 0 });
            if (running || now !== state.now) Object.assign(state, { now, since: performance.now() });
            return performance.now() - state.since > 2000;
        }""",
        polling=100,
        timeout=60_000,
    )


def test_fifty_quick_changes_leave_everything_in_agreement_twice(
    page: Page, server: str, console_errors: list[str]
) -> None:
    """And all of it is so again from the address alone, in this session and after a reload."""
    open_page(page, server, "?samples=60")
    fifty_quick_changes(page, random.Random(1))
    said, link = everything_agrees(page)
    visit(page, f"?{urlsplit(page.url).query}")
    the_same_plays(page, said, link)
    fifty_quick_changes(page, random.Random(2))
    said, link = everything_agrees(page)
    page.reload()
    the_same_plays(page, said, link)
    assert console_errors == []
    assert page.get_by_test_id("stException").count() == 0


def fifty_quick_changes(page: Page, chance: random.Random) -> None:
    """Every kind of change comes, at least once; the others are drawn by lot."""
    moves = list(product(SLIDERS, ("ArrowLeft", "ArrowRight")))
    kinds = [*moves, *BUTTONS]
    more = [chance.choice(moves if chance.random() < 0.3 else BUTTONS) for _ in range(50 - len(kinds))]
    changes = chance.sample(kinds + more, 50)
    begun = time.monotonic()
    for tick, change in enumerate(changes, start=1):
        if isinstance(change, tuple):
            slider, key = change
            page.get_by_role("slider", name=slider).press(key)
        else:
            page.evaluate("selector => document.querySelector(selector)?.click()", change)
        page.wait_for_timeout(max(0.0, 100 * tick - 1000 * (time.monotonic() - begun)))


def everything_agrees(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """The widgets, the address, the run and its diagram. Return what the first two say."""
    settle(page)
    said, link = widgets(page), address(page)
    assert float(said["Learning rate"]) == float(link.get("learning_rate", 0.03))
    assert float(said["Noise"]) == float(link.get("data.noise", 0.15))
    assert said["Batch size"] == link.get("batch_size", "10")
    assert said["layers"] == link.get("layers", "4-2").replace("none", "")
    wait_for(page, f"+d.learningRate === {said['Learning rate']}")
    sizes = ", ".join(["2", *said["layers"].split("-"), "1"] if said["layers"] else ["2", "1"])
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile(f"layers of {sizes} units"))
    return said, link


def the_same_plays(page: Page, said: dict[str, str], link: dict[str, str]) -> None:
    expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=30_000)
    assert widgets(page) == said
    assert address(page) == link


def test_charts_that_did_not_come_are_asked_for_again_and_what_is_undone_stays_undone(page: Page, server: str) -> None:
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/plotly.min.js", refuse_once)
    open_page(page, server, "?samples=60&layers=4")
    wait_for_charts(page)
    assert len(refused) == 1
    what_is_undone_stays_undone_whatever_is_clicked_right_after_it(page)


def what_is_undone_stays_undone_whatever_is_clicked_right_after_it(page: Page) -> None:
    """The browser then says once more what its widgets said before: it has not heard yet of the undoing."""
    width = page.get_by_role("spinbutton", name="Units in hidden layer 1")
    for pause in (10, 20, 40, 80):
        width.fill("6")
        width.press("Enter")
        expect(page).to_have_url(re.compile("layers=6$"))
        shape(page, "2, 6, 1")
        expect(page.locator(".st-key-undo button").first).to_be_enabled()  # once the page is drawn to its end
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


# a server that goes away


def test_after_a_restart_of_the_server_runs_drawn_points_and_lessons_are_back_and_what_is_lost_is_said(
    page: Page, tmp_path: Path
) -> None:
    """Points that are too many for the address, and what is done of the lessons, are kept by the browser."""
    port = free_port()
    server = f"http://127.0.0.1:{port}"
    servers = [start_server(port, tmp_path / "first")]
    drawing, lessons = page.context.new_page(), page.context.new_page()
    try:
        open_lessons_in_progress(lessons, server)
        open_page(page, server, "?data=circles&layers=3-3&learning_rate=0.1")
        wait_for_charts(page)
        wait_for(page, "+d.epoch > 20")
        page.locator("body").press("Space")
        link, examples = draw_more_points_than_fit_a_link(drawing, server)
        page.locator("body").press("Space")
        wait_for(page, "d.state === 'playing'")
        servers[0].kill()
        servers[0].wait()
        drawing.evaluate("() => sessionStorage.removeItem('dnn.run')")  # as if its tab had kept nothing of the run
        for tab in (page, drawing):
            expect(tab.locator(NOTICE).first).to_contain_text("connection to the server is lost", timeout=30_000)
        servers.append(start_server(port, tmp_path / "second"))
        the_same_experiment_plays(page)
        the_drawn_points_are_back_and_what_is_lost_is_said(drawing, link, examples)
        expect(lessons.get_by_text("2 of 7 steps")).to_be_visible(timeout=60_000)
    finally:
        for process in servers:
            process.kill()
            process.wait()


def open_lessons_in_progress(lessons: Page, server: str) -> None:
    lessons.goto(f"{server}/_stcore/health")
    lessons.evaluate("localStorage.setItem('dnn.lessons.done', '[\"one-neuron.1\", \"one-neuron.2\"]')")
    lessons.goto(f"{server}/lessons")
    expect(lessons.get_by_text("2 of 7 steps")).to_be_visible(timeout=60_000)


def draw_more_points_than_fit_a_link(page: Page, server: str) -> tuple[dict[str, str], int]:
    """Return the words of the address and the number of examples."""
    open_page(page, server, "?samples=300&test_share=0.0&layers=5&learning_rate=0.1")
    wait_for_charts(page)
    tool(page, "class 1").click()
    box = page.locator(".dnn-sheet").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 30, box["y"] + 30)
    wait_for_examples(page, "n > 300")
    expect(page).to_have_url(re.compile("data=file"), timeout=30_000)
    page.wait_for_function("() => sessionStorage.getItem('dnn.own-data')")
    return address(page), drawn(page)


def the_same_experiment_plays(page: Page) -> None:
    panel = page.locator(PANEL)
    expect(panel).to_have_attribute("data-state", "playing", timeout=60_000)
    expect(panel.locator(NOTICE).first).to_be_hidden(timeout=60_000)
    at = int(panel.get_attribute("data-epoch") or 0)
    page.wait_for_function(f"at => +document.querySelector('{PANEL}')?.dataset.epoch !== at", arg=at, timeout=60_000)
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 3, 3, 1 units"))
    assert address(page) == {"data": "circles", "layers": "3-3", "learning_rate": "0.1"}
    assert widgets(page)["Learning rate"] == "0.1"


def the_drawn_points_are_back_and_what_is_lost_is_said(page: Page, link: dict[str, str], examples: int) -> None:
    lost = page.locator(".dnn-notice span", has_text="its weights, the steps to undo, the speed")
    expect(lost).to_be_visible(timeout=90_000)
    expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=60_000)
    wait_for_charts(page)
    wait_for_examples(page, f"n === {examples}")
    assert address(page) == link
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.1")
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 5, 1 units"))
    expect(page.locator(".st-key-link-problems")).to_have_count(0)
