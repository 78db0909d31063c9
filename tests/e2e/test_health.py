"""The Health tab in a real browser: measured only while it is open, and a finding that is seen, cured and undone."""

import re

from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.playground import PANEL, play, visit

VANISHING = "?data=circles&layers=6-6-6-6-6&activation=sigmoid&learning_rate=0.1&samples=200"


def test_a_vanishing_gradient_is_seen_cured_and_undone_in_the_open_tab(
    page: Page, server: str, console_errors: list[str]
) -> None:
    said: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda words: said.append(str(words)))

    page.on("websocket", listen)
    page.goto(f"{server}/?layers=4-3&activation=relu")
    page.get_by_role("tab", name="Numbers").click()
    assert not [words for words in said if "health" in words]
    page.keyboard.press("ArrowRight")
    panel = page.get_by_role("tabpanel", name="Health")
    expect(panel.get_by_role("row")).to_have_count(4)
    first = panel.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text("1")
    expect(first.get_by_role("img").first).to_have_accessible_name(
        re.compile(r"^from 0\.00 to \d.*, half of them between")
    )
    expect(first.get_by_role("cell").last).to_have_text(re.compile(r"^\d+ %$"))
    expect(panel.get_by_role("row").last.get_by_role("cell").last).to_have_text("–")
    norms = panel.get_by_role("img").first
    expect(norms).to_have_accessible_name(re.compile(r"^Gradient norm against epoch, from 0 to [1-9].*Layer 3: "))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_test_id("live-panel")).to_have_attribute("data-state", "paused")
    epoch = page.get_by_test_id("live-panel").get_attribute("data-epoch")
    expect(norms).to_have_accessible_name(re.compile(f"from 0 to {epoch}[.]"))  # the newest, though it stands still
    page.get_by_role("tab", name="Health").press("Tab")
    expect(panel).to_be_focused()  # so that the arrow keys scroll it
    page.get_by_role("tab", name="Cost").click()
    expect(panel).to_be_hidden()
    assert [words for words in said if "health" in words] == ["health on", "health off"]
    visit(page, VANISHING)
    play(page)
    a_vanishing_gradient_is_seen_cured_and_undone(page)
    assert console_errors == []


def a_vanishing_gradient_is_seen_cured_and_undone(page: Page) -> None:
    """The edges show the gradient, too."""
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
