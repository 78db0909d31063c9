"""Time travel in a real browser: the slider, the handle on the chart, keys, a branch and its undo, and a replay."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import PANEL, open_page, pause, wait_for, wait_for_charts, wait_until_it_rests

PAST = re.compile(r"^Epoch [\d,]+ of [\d,]+$")


def test_slider_handle_and_keys_go_to_the_past_play_goes_on_there_and_a_replay_shows_it(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server)
    wait_for_charts(page)
    wait_for(page, "+d.epoch > 40")
    pause(page)
    slider_handle_and_keys_go_to_the_past_and_back(page)
    play_goes_on_from_the_past_undo_brings_back_the_way_left_and_a_replay_shows_it(page)
    assert console_errors == []


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
