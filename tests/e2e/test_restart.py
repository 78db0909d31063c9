"""A server behind a proxy, which goes away and comes back: where it plays, what is kept and what is lost."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from dnn.ui.security import LIVE_SOCKET
from tests.e2e.conftest import start_server
from tests.e2e.playground import PANEL, open_page, visit_page, wait_for, wait_for_charts
from tests.e2e.proxy import serving
from tests.e2e.test_drawing import drawn, tool, wait_for_examples
from tests.e2e.test_steadiness import address, widgets
from tests.services import free_port

NOTICE = ".dnn-notice:not(.dnn-waited)"


def test_behind_a_trusted_proxy_it_plays_and_after_a_restart_all_that_was_kept_is_back(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Points that are too many for the address, and what is done of the lessons, are kept by the browser."""
    port = free_port()
    drawing = page.context.new_page()
    with serving(port) as trusted, serving(port) as other:
        monkeypatch.setenv("DNN_TRUSTED_ORIGINS", trusted)
        servers = [start_server(port, tmp_path / "first")]
        try:
            behind_another_proxy_it_says_which_setting_is_missing(drawing, other)
            keep_lessons_in_progress(page, trusted)
            behind_the_proxy_of_the_setting_it_plays(page, trusted)
            link, examples = draw_more_points_than_fit_a_link(drawing, trusted)
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
            visit_page(page, "lessons")
            expect(page.get_by_text("2 of 7 steps")).to_be_visible(timeout=60_000)
        finally:
            for process in servers:
                process.kill()
                process.wait()


def live_sockets(page: Page) -> list[str]:
    """The addresses of the live views' sockets that this page will open."""
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url) if socket.url.endswith(LIVE_SOCKET) else None)
    return opened


def behind_the_proxy_of_the_setting_it_plays(page: Page, trusted: str) -> None:
    """And is paused there."""
    opened = live_sockets(page)
    open_page(page, trusted, "?data=circles&layers=3-3&learning_rate=0.1")
    assert [urlsplit(url).netloc for url in opened] == [urlsplit(trusted).netloc]
    wait_for_charts(page)
    wait_for(page, "+d.epoch > 20")
    page.locator("body").press("Space")


def behind_another_proxy_it_says_which_setting_is_missing(page: Page, other: str) -> None:
    opened = live_sockets(page)
    page.goto(other)
    notice = page.locator(".dnn-notice").first
    expect(notice).to_contain_text(f"DNN_TRUSTED_ORIGINS={other}", timeout=30_000)
    page.wait_for_timeout(2000)  # it would have been opened again four times
    assert [urlsplit(url).netloc for url in opened] == [urlsplit(other).netloc]


def keep_lessons_in_progress(page: Page, server: str) -> None:
    """As if two steps had been done before."""
    page.goto(f"{server}/_stcore/health")
    page.evaluate("localStorage.setItem('dnn.lessons.done', '[\"one-neuron.1\", \"one-neuron.2\"]')")


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
