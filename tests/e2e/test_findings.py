"""A run that is ill, in a real browser: its finding is seen, cured by a click and undone; edges show the gradient."""

import re

from playwright.sync_api import Page, expect

PANEL = "[data-testid=live-panel]"
VANISHING = "?data=circles&layers=6-6-6-6-6&activation=sigmoid&learning_rate=0.1&samples=200"


def test_a_vanishing_gradient_is_seen_cured_and_undone(page: Page, server: str, console_errors: list[str]) -> None:
    page.goto(f"{server}/{VANISHING}")
    tab = page.get_by_role("tab", name="Health")
    expect(tab).to_have_accessible_name("Health, findings: 1", timeout=30_000)  # seen without opening it
    expect(tab).to_have_text("Health1")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(PANEL)).to_have_attribute("data-state", "paused")
    gradient = page.get_by_role("button", name="Edges show the gradient")
    expect(gradient).to_have_attribute("aria-pressed", "false")
    gradient.press("Enter")
    expect(gradient).to_have_attribute("aria-pressed", "true")
    tab.click()
    finding = page.locator(".dnn-findings article")
    expect(finding).to_contain_text("Vanishing gradient")
    expect(finding).to_contain_text(re.compile(r"Layer 1 learns [\d,]+ times more slowly than layer 6: "))
    finding.get_by_role("button", name="Do this and start again at epoch 0").click()
    expect(page).to_have_url(re.compile("activation=relu"))
    expect(page.locator(PANEL)).to_have_attribute("data-epoch", "0")
    expect(page.locator(".dnn-findings")).not_to_contain_text("Vanishing gradient")
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("activation=sigmoid"))
    expect(finding).to_contain_text("Vanishing gradient")
    expect(page.locator(PANEL)).not_to_have_attribute("data-epoch", "0")
    gradient.click()
    expect(gradient).to_have_attribute("aria-pressed", "false")
    assert console_errors == []
