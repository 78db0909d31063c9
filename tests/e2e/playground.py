"""The playground in a browser, as the tests use it: opening it, going to another address, waiting, and its controls."""

import contextlib
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

PANEL = "[data-testid=live-panel]"

# A tab goes out of sight, or comes back.
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""

RESTS = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"

# Goes to an address, and notes when a frame of the run that it asks for is drawn. While the old run plays, its frames
# have later epochs than a new one's. If the run only goes on with other settings, which no frame shows, 35 of them
# are waited for. A paused run has no frame on its way.
GO = """([url, epoch, state]) => {
    let frames = 0;
    const observer = new MutationObserver((changes) => {
        const drawn = changes.map(({ target }) => Number(target.dataset.epoch));
        frames += drawn.length;
        if (state !== 'playing' || Math.min(...drawn) < epoch || frames > 35) {
            observer.disconnect();
            document.body.dataset.arrived = url;
        }
    });
    delete document.body.dataset.arrived;
    observer.observe(document, { subtree: true, attributeFilter: ['data-epoch'] });
    history.pushState(null, '', url);
    dispatchEvent(new PopStateEvent('popstate'));
}"""
HERE = "() => document.querySelector('.st-key-pages .st-key-here')?.textContent"


def open_page(page: Page, server: str, query: str = "") -> Locator:
    """Load the page, and wait until a network is learning."""
    page.goto(f"{server}/{query}")
    panel = page.locator(PANEL)
    expect(panel).to_have_attribute("data-state", "playing", timeout=30_000)
    return panel


def visit(page: Page, query: str) -> None:
    """Go to another address of the playground as the browser's own buttons do: everything is read anew from it.

    Nothing is loaded, which takes ten times as long. What the browser alone knows stays as it is: the tab of the chart,
    a zoom, whether the run plays.
    """
    page.wait_for_function(RESTS)
    wait_for(page, "+d.epoch > 9 || d.state !== 'playing'")
    panel = page.locator(PANEL)
    page.evaluate(GO, [f"/{query}", number(panel, "epoch"), panel.get_attribute("data-state")])
    page.wait_for_function("url => document.body.dataset.arrived === url", arg=f"/{query}")
    page.wait_for_function(RESTS)


def go(page: Page, address: str) -> None:
    """Go to another address in the same way, whatever page it is; the caller waits for what is shown there."""
    page.wait_for_function(RESTS)
    page.evaluate(GO, [address, 0, None])


def visit_page(page: Page, path: str, query: str = "") -> None:
    """Go to another page of the row at the top. If it is this one, the caller waits for what its new address shows."""
    page.wait_for_function(RESTS)
    here, stays = page.evaluate(HERE), urlsplit(page.url).path == f"/{path}"
    go(page, f"/{path}{query}")
    if not stays:
        page.wait_for_function(f"here => ![here, undefined].includes(({HERE})())", arg=here)
    page.wait_for_function(RESTS)


def number(panel: Locator, name: str) -> int:
    return int(panel.get_attribute(f"data-{name}") or -1)


def wait_for(page: Page, condition: str) -> None:
    """Wait until the JavaScript ``condition`` on the panel's data attributes, ``d``, holds."""
    page.wait_for_function(f"() => {{ const d = document.querySelector('{PANEL}').dataset; return {condition}; }}")


def wait_for_charts(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelectorAll('.dnn-stage .js-plotly-plot .scatterlayer path').length > 2"
    )


def pause(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    wait_for(page, "d.state === 'paused'")


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, "d.state === 'playing'")


def wait_until_it_rests(page: Page, value: str) -> None:
    """Wait until the JavaScript expression ``value`` is the same for half a second: the last frame is drawn."""
    page.wait_for_function(
        f"""() => {{
            const value = {value}, rest = (window.__rest ??= {{}});
            if (rest.value !== value) Object.assign(rest, {{ value, since: performance.now() }});
            return performance.now() - rest.since > 500;
        }}"""
    )


def colours_of(page: Page, selector: str) -> int:
    """How many different colours a canvas shows."""
    found: int = page.evaluate(
        """selector => {
            const canvas = document.querySelector(selector);
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
        }""",
        selector,
    )
    return found


def drag(page: Page, label: str, key: str, times: int = 1) -> None:
    """Move a slider by the keyboard, as a visitor without a mouse would."""
    thumb = page.get_by_role("slider", name=label)
    thumb.focus()
    for _ in range(times):
        thumb.press(key)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list once the page rests. It is opened again if it was closed, as by a page that is drawn anew."""
    choice = page.get_by_role("option", name=option, exact=True)
    for _ in range(17):
        page.wait_for_function(RESTS)
        page.get_by_role("combobox", name=label).click()
        with contextlib.suppress(TimeoutError):
            choice.click(timeout=1_500)
            return
    pytest.fail(f"{label} offers no {option}")
