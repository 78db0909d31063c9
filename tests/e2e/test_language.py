"""The page in another language, in a real browser: its words change, and what the visitor did stays what it is."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import PANEL, visit_page


def test_a_change_of_the_language_leaves_the_run_a_guess_and_a_sweep_as_they_are(
    page: Page, server: str, console_errors: list[str]
) -> None:
    page.goto(f"{server}/lessons?lesson=one-neuron&step=2&lang=zh")
    expect(page.get_by_role("tab", name="代价")).to_be_visible(timeout=30_000)
    console_errors.clear()  # Streamlit looks for its server beside the page first
    a_guess_and_the_run_outlive_a_change_of_the_language(page)
    assert console_errors == []
    visit_page(page, "sweep", "?samples=60&layers=3&axis.1=training.learning_rate:0.1,0.2&lang=en")
    the_settings_of_a_sweep_outlive_a_change_of_the_language(page)


def a_guess_and_the_run_outlive_a_change_of_the_language(page: Page) -> None:
    """The words of the panel change, too."""
    panel, guesses = page.locator(PANEL), page.locator("[data-testid=stRadio]")
    expect(panel.locator("dt").nth(1)).to_have_text("训练代价")
    expect(guesses).to_contain_text("多少")
    guesses.locator("label").filter(has=page.locator("input")).nth(1).click()
    page.get_by_role("button", name="单步").click(timeout=30_000)
    expect(panel).to_have_attribute("data-epoch", "1", timeout=30_000)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("tab", name="Cost")).to_be_visible(timeout=30_000)
    expect(panel.locator("dt").nth(1)).to_have_text("Train cost")
    expect(panel.locator("dt").nth(1)).to_have_attribute(
        "title",
        "One number for how wrong the answers are, averaged over the examples. Training makes it small; 0 is perfect.",
    )
    expect(page.locator(".dnn-cost .xtitle")).to_have_text("epoch", timeout=30_000)
    expect(guesses).to_contain_text("How many")
    expect(guesses.locator("input").nth(1)).to_be_checked()
    expect(panel).to_have_attribute("data-epoch", "1")


def the_settings_of_a_sweep_outlive_a_change_of_the_language(page: Page) -> None:
    across = page.get_by_role("combobox").first
    expect(across).to_have_value("Learning rate", timeout=30_000)
    page.get_by_role("radio", name="中文").click()
    expect(across).to_have_value("学习率", timeout=30_000)
    page.get_by_role("spinbutton").first.fill("2")
    page.get_by_role("spinbutton").first.press("Enter")
    expect(page).to_have_url(re.compile(r"training\.learning_rate.*sweep\.seeds=2"), timeout=30_000)
    expect(across).to_have_value("学习率")
