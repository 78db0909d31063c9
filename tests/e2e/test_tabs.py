"""Several tabs of a browser: each has a run of its own, one that is closed is given up, and one out of sight waits.

Meanwhile one goes to the past: by the slider, the handle on the chart and keys, with a branch, its undo and a replay.
"""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import HIDE, PANEL, number, open_page, pause, wait_for, wait_for_charts, wait_until_it_rests
from tests.e2e.test_people import violations

AWAY = 2300  # milliseconds out of sight, of which the page says something after 2000
PAST = re.compile(r"^Epoch [\d,]+ of [\d,]+$")
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


def test_two_tabs_are_two_runs_one_waits_while_it_is_hidden_and_goes_to_its_past_and_one_is_given_up_when_it_is_closed(
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
    wait_for_charts(second)
    pause(second)
    slider_handle_and_keys_go_to_the_past_and_back(second)
    play_goes_on_from_the_past_undo_brings_back_the_way_left_and_a_replay_shows_it(second)
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


def slider_handle_and_keys_go_to_the_past_and_back(page: Page) -> None:
    panel = page.locator(PANEL)
    newest = int(panel.get_attribute("data-epoch") or 0)
    cost = page.locator("[data-number=train_cost]").text_content()
    slider, live = page.get_by_role("slider", name="Epoch", exact=True), page.get_by_role("button", name="Live")
    expect(live).to_be_disabled()
    slider.press("Home")
    expect(panel).to_have_attribute("data-epoch", "0")
    slider.press("ArrowRight")
    expect(panel).to_have_attribute("data-epoch", "1")
    expect(slider).to_have_attribute("aria-valuetext", f"Epoch 1 of {newest}")
    expect(page.locator(".dnn-time-text")).to_have_text(PAST)
    handle = page.get_by_role("slider", name="Epoch on the chart")
    handle.press("End")
    expect(panel).to_have_attribute("data-epoch", str(newest))
    expect(live).to_be_disabled()
    area, grip = page.locator(".dnn-time-area").bounding_box(), handle.bounding_box()
    assert area is not None
    assert grip is not None
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] - 4)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.3, grip["y"] + grip["height"] - 4, steps=4)
    page.mouse.up()
    page.wait_for_function(f"() => +document.querySelector('{PANEL}').dataset.epoch < {0.6 * newest}")
    expect(live).to_be_enabled()
    page.evaluate("() => document.activeElement.blur()")
    wait_until_it_rests(page, f"document.querySelector('{PANEL}').dataset.epoch")  # the handle's last move is drawn
    epoch = int(panel.get_attribute("data-epoch") or 0)
    page.keyboard.press("ArrowLeft")
    expect(panel).to_have_attribute("data-epoch", str(epoch - 1))
    page.keyboard.press("l")
    expect(panel).to_have_attribute("data-epoch", str(newest))
    expect(page.locator("[data-number=train_cost]")).to_have_text(cost or "")


def play_goes_on_from_the_past_undo_brings_back_the_way_left_and_a_replay_shows_it(page: Page) -> None:
    panel = page.locator(PANEL)
    newest = int(panel.get_attribute("data-epoch") or 0)
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    slider.press("Home")
    expect(panel).to_have_attribute("data-epoch", "0")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(panel).to_have_attribute("data-state", "playing")
    expect(panel).to_have_attribute("data-live", "true")
    page.get_by_role("button", name="Pause").click()
    expect(panel).to_have_attribute("data-state", "paused")
    page.locator("body").press("u")
    expect(panel).to_have_attribute("data-epoch", str(newest))
    page.get_by_label("How to replay, and whether training waits").click()
    page.get_by_label("Replay in").select_option("5 s")
    page.get_by_role("button", name="Replay").click()
    expect(panel).to_have_attribute("data-live", "false")
    expect(panel).to_have_attribute("data-live", "true")
    expect(panel).to_have_attribute("data-epoch", str(newest))
