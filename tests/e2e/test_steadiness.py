"""Fast fingers, and charts that did not come: afterwards the page, its address and what plays still agree."""

import random
import re
import time
from itertools import product
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.e2e.playground import PANEL, open_page, visit, wait_for, wait_for_charts
from tests.e2e.test_diagram import shape

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


def test_charts_that_did_not_come_are_asked_for_again_and_what_is_undone_stays_undone(page: Page, server: str) -> None:
    charts_that_did_not_come_are_asked_for_again(page, server)
    what_is_undone_stays_undone_whatever_is_clicked_right_after_it(page)


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
            name, key = change
            slider = page.get_by_role("slider", name=name)
            expect(slider).to_have_count(1)  # for a moment the one of the run before may stand beside it
            slider.press(key)
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


def charts_that_did_not_come_are_asked_for_again(page: Page, server: str) -> None:
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
    page.unroute_all()


def what_is_undone_stays_undone_whatever_is_clicked_right_after_it(page: Page) -> None:
    """The browser then says once more what its widgets said before: it has not heard yet of the undoing."""
    width = page.get_by_role("spinbutton", name="Units in hidden layer 1")
    for pause in (15, 60):
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
