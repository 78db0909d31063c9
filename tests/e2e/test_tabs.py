"""Several tabs of a browser: each has a run of its own, one that is closed is given up, and one out of sight waits."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import HIDE, PANEL, number, open_page, pause, wait_for
from tests.e2e.test_people import violations

AWAY = 2300  # milliseconds out of sight, of which the page says something after 2000
# Which sockets the live view opens, and for which run.
NOTE_SOCKETS = """(() => {
    window.liveSockets = [];
    window.WebSocket = class extends WebSocket {
        constructor(url, protocols) {
            super(url, protocols);
            if (String(url).endsWith('/live/socket')) window.liveSockets.push([url, protocols]);
        }
    };
})()"""
# Until the server says that it knows no such run any more. Who asks counts as one who looks at the run, and so the next
# time comes after the six seconds for which the server keeps it.
GIVEN_UP = """async ([url, protocols]) => {
    for (let tries = 0; tries < 8; tries++) {
        const code = await new Promise(resolve => {
            const socket = new WebSocket(url, protocols);
            socket.onclose = event => resolve(event.code);
            socket.onopen = () => setTimeout(() => socket.close(), 50);
        });
        if (code === 4404) return code;
        await new Promise(resolve => setTimeout(resolve, 8000));
    }
}"""


def test_two_tabs_are_two_runs_one_waits_while_it_is_hidden_and_a_closed_one_is_given_up(
    page: Page, server: str, console_errors: list[str]
) -> None:
    first, second = page, page.context.new_page()
    first.add_init_script(NOTE_SOCKETS)
    open_page(first, server)
    pause(first)
    address, protocols = first.evaluate("() => window.liveSockets[0]")
    assert not any(token in address for token in protocols)
    at = number(first.locator(PANEL), "epoch")
    open_page(second, server, "?data=circles")
    wait_for(second, "+d.epoch > 30 && d.state === 'playing'")
    assert number(first.locator(PANEL), "epoch") == at
    first.close()
    a_hidden_tab_waits_and_goes_on_if_asked_to(second)
    assert console_errors == []
    assert second.evaluate(GIVEN_UP, [address, protocols]) == 4404


def a_hidden_tab_waits_and_goes_on_if_asked_to(page: Page) -> None:
    panel = page.locator(PANEL)
    page.evaluate(HIDE, True)
    expect(page).to_have_title(re.compile("^⏸"))
    page.wait_for_timeout(AWAY)
    page.evaluate(HIDE, False)
    expect(page).to_have_title(re.compile("^dnn"))
    waited = panel.locator(".dnn-waited")
    expect(waited).to_contain_text("Training waited while this tab was hidden.")
    assert violations(page, within=".dnn-waited") == []
    waited.get_by_role("button", name="Keep training in the background").click()
    expect(waited).to_be_hidden()
    page.evaluate(HIDE, True)
    at = number(panel, "epoch")
    expect(page).to_have_title(re.compile("^▶"))
    page.wait_for_timeout(AWAY)
    assert number(panel, "epoch") == at, "nothing is drawn out of sight"
    page.evaluate(HIDE, False)
    wait_for(page, f"+d.epoch > {at + 20}")
    expect(waited).to_contain_text("Training went on")
