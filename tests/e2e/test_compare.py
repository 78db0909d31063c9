"""Keep and compare in a real browser: two runs onto the shelf, side by side in step, and one back to the playground."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import choose, colours_of, open_page

GROUP = "[data-testid=group-panel]"


def wait_for_group(page: Page, condition: str) -> None:
    page.wait_for_function(
        f"() => {{ const d = document.querySelector('{GROUP}')?.dataset; return d && {condition}; }}"
    )


def test_two_runs_are_kept_compared_and_one_goes_on(page: Page, server: str, console_errors: list[str]) -> None:
    open_page(page, server, "?data=circles&layers=4&learning_rate=0.1")
    page.locator("body").press("k")
    expect(page.get_by_text("Kept: 1 of 24 on the shelf.")).to_be_visible()
    choose(page, "Activation", "ReLU")
    expect(page).to_have_url(re.compile("activation=relu"))
    page.locator(".dnn-numbers").click()  # the field that has the focus would take the key
    page.locator("body").press("k")
    expect(page.get_by_text("Kept: 2 of 24 on the shelf.")).to_be_visible()
    page.get_by_role("link", name="Compare").click()
    boxes = page.locator(".st-key-shelf-cards").get_by_text("Compare", exact=True)
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.click()
    page.get_by_role("button", name="Compare 2 runs").click()
    expect(page).to_have_url(re.compile(r"/compare\?data=circles&.*&2\.activation=relu$"))
    wait_for_group(page, "d.state === 'playing' && +d.epoch > 10")
    expect(page.locator(".dnn-notice:visible")).to_have_count(0)  # nothing was lost
    expect(page.locator(".dnn-compare-name")).to_have_text(["Tanh", "ReLU"])
    page.wait_for_function(
        "() => document.querySelectorAll('.dnn-compare-chart .scatterlayer path.js-line').length === 2"
    )
    expect(page.locator(".dnn-compare-difference figcaption")).to_have_text(re.compile(r"on \d+\.\d % of the plane"))
    for card in ("", ":nth-child(2)"):
        assert colours_of(page, f".dnn-compare-card{card} .dnn-cell-picture canvas") > 20
        assert colours_of(page, f".dnn-compare-card{card} .dnn-small-diagram") > 5
    expect(page.locator(".dnn-compare-table .dnn-other")).to_have_text("ReLU")
    page.locator("body").press("Space")
    wait_for_group(page, "d.state === 'paused'")
    epoch = page.locator(GROUP).get_attribute("data-epoch")
    page.locator(".dnn-compare-name").nth(1).click()
    panel = page.locator("[data-testid=live-panel]")
    expect(panel).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?data=circles&.*activation=relu"))
    page.wait_for_function(
        "epoch => +document.querySelector('[data-testid=live-panel]')?.dataset.epoch >= +epoch", arg=epoch
    )
    # the shelf outlives a reload, and the link opens the same comparison
    page.goto(f"{server}/compare?data=circles&layers=4&2.activation=relu")
    wait_for_group(page, "+d.epoch > 3")
    expect(page.locator(".st-key-shelf-cards").get_by_text("Compare", exact=True)).to_have_count(2)
    assert [error for error in console_errors if "404" not in error] == []
