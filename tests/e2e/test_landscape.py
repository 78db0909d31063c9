"""The landscape in a browser: under the plane while it trains, by keyboard, and on a page of its own."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import open_page, wait_for

WAIT = 60_000
BOX = ".dnn-landscape"


def wait_for_picture(page: Page, side: int = 51, form: str = "contours") -> int:
    """The number of a picture that is drawn, with ``side`` points on a side."""
    drawn = f"{BOX}[data-side='{side}'][data-form={form}][data-drawn]"
    return int(page.locator(drawn).get_attribute("data-drawn", timeout=WAIT) or 0)


def test_the_landscape_is_refreshed_while_it_trains_and_has_a_page_of_its_own(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server, "?layers=4&samples=100")
    wait_for(page, "+d.epoch > 5")
    boundary = page.get_by_role("radio", name="Boundary")
    boundary.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # over 3-D
    expect(page.get_by_role("radio", name="Landscape")).to_be_checked()
    expect(page.get_by_label("Discretise")).to_be_hidden()
    first = wait_for_picture(page)
    page.wait_for_function(
        "([box, first]) => Number(document.querySelector(box).dataset.drawn) > first + 1",
        arg=[BOX, first],
        timeout=WAIT,
    )
    chart = page.locator(f"{BOX} [role=img]")
    expect(chart.locator(".contourlayer path.js-fill, .contourlayer .contourfill path").first).to_be_attached()
    expect(chart.locator(".scatterlayer .point").nth(5)).to_be_attached()
    said = re.compile(
        r"^Landscape of the cost around the weights of epoch \d+\. Here: cost \d.*holds \d+% of the variance"
    )
    expect(chart).to_have_attribute("aria-label", said)

    chart.focus()
    page.keyboard.press("Home")
    point = page.locator(f"{BOX} [role=status]", has_text="true cost")
    expect(point).to_have_text(re.compile(r"^Epoch 0: true cost \d.* away from the plane$"))
    page.keyboard.press("ArrowRight")
    expect(point).to_have_text(re.compile(r"^Epoch [1-9]"))

    page.get_by_label("Directions").select_option("random")
    page.get_by_role("button", name="Other directions").click()
    expect(chart.locator(".xtitle")).to_have_text("first random direction", timeout=WAIT)
    page.get_by_text(re.compile(r"^What this picture hides \(\d\)$")).click()
    expect(page.locator(f"{BOX} li", has_text="The rest of the way lies outside the picture.")).to_be_visible()
    boundary.check(force=True)
    expect(page.get_by_label("Discretise")).to_be_visible()

    page.get_by_role("link", name="Landscape").click()
    panel = page.get_by_test_id("group-panel")
    expect(panel).to_have_attribute("data-state", "playing", timeout=WAIT)
    page.get_by_label("View").select_option("surface")
    wait_for_picture(page, form="surface")
    expect(page.locator(f"{BOX} .gl-container canvas").first).to_be_attached(timeout=WAIT)
    before = int(panel.get_attribute("data-epoch") or 0)
    page.wait_for_function(
        "(before) => +document.querySelector('[data-testid=group-panel]').dataset.epoch > before", arg=before
    )
    page.locator("h2").click()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-state", "paused")
    assert console_errors == []
