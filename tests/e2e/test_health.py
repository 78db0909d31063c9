"""The Health tab in a real browser: by keyboard, in words, and measured by the server only while it is open."""

import re

from playwright.sync_api import Page, WebSocket, expect


def test_the_tab_says_what_the_layers_are_like_only_while_it_is_open(
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
    assert console_errors == []
