"""The page on every screen, from a phone to a projector: all of it is in sight, and what is looked at is large."""

import os
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.playground import PANEL, number, open_page, wait_for, wait_for_charts

PLANE = ".dnn-boundary .nsewdrag"
PARTS = (".dnn-network", ".dnn-boundary", ".dnn-cost", ".st-key-play")
DESK: ViewportSize = {"width": 1440, "height": 900}
PROJECTOR: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
FITS = """parts => parts.map((part) => document.querySelector(part).getBoundingClientRect()).every(
    (box) => box.left >= 0 && box.right <= innerWidth && (innerWidth < 1440 || box.bottom <= innerHeight))"""


def test_the_picture_of_the_readme_every_screen_in_both_schemes_a_phone_and_a_projector(
    page: Page, server: str, tmp_path: Path
) -> None:
    open_page(page, server, "?learning_rate=0.1&layers=6-4&data.noise=0.2")
    wait_for_charts(page)
    take_the_picture(page, os.environ.get("PICTURE"), tmp_path)
    expect_paper(page, dark=False)
    it_fits(page)
    page.set_viewport_size(PROJECTOR)
    it_fits(page)
    on_a_projector_the_plane_and_the_numbers_are_large(page)
    page.set_viewport_size(PHONE)
    it_fits(page)
    the_way_to_every_page_is_in_sight(page)
    page.emulate_media(color_scheme="dark")  # colours take no room: two sizes tell it
    expect_paper(page, dark=True)
    it_fits(page)
    page.set_viewport_size(DESK)
    it_fits(page)
    a_message_moves_nothing_when_it_comes(page)


def take_the_picture(page: Page, path: str | None, folder: Path) -> None:
    """Epochs stepped by hand look the same every time: sixty for `make picture`, which says where it is to be."""
    epochs = 60 if path else 1
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    page.locator("body").press("r")
    wait_for(page, "d.epoch === '0'")
    for epoch in range(1, epochs + 1):
        page.locator("body").press("s")
        wait_for(page, f"d.epoch === '{epoch}'")
    if path:
        page.wait_for_timeout(500)
    page.screenshot(path=path or folder / "playground.png")
    assert number(page.locator(PANEL), "epoch") == epochs


def it_fits(page: Page) -> None:
    """Nothing is cut at the sides, and on a wide screen everything is in sight without scrolling."""
    page.wait_for_function(FITS, arg=PARTS)


def expect_paper(page: Page, *, dark: bool) -> None:
    page.wait_for_function(
        """dark => {
            const { backgroundColor } = getComputedStyle(document.querySelector('[data-testid=stApp]'));
            const sum = backgroundColor.match(/[0-9]+/g).map(Number).reduce((a, b) => a + b);
            return (sum < 200) === dark;
        }""",
        arg=dark,
    )


def the_way_to_every_page_is_in_sight(page: Page) -> None:
    links = page.locator(".st-key-pages a")
    expect(links).not_to_have_count(0)
    boxes = links.evaluate_all("links => links.map((link) => link.getBoundingClientRect().toJSON())")
    for box in boxes:
        assert box["height"] > 0
        assert box["x"] >= 0
        assert box["right"] <= PHONE["width"]
    places = {(round(box["x"]), round(box["y"])) for box in boxes}
    assert len(places) == len(boxes) >= 6
    assert page.evaluate("document.querySelector('.st-key-pages').scrollWidth") <= PHONE["width"]


def on_a_projector_the_plane_and_the_numbers_are_large(page: Page) -> None:
    height = f"document.querySelector('{PLANE}').getBoundingClientRect().height"
    size = "parseFloat(getComputedStyle(document.querySelector('[data-number=test_accuracy]')).fontSize)"
    page.wait_for_function(f"() => {height} < 300")
    before = page.evaluate(size)
    page.get_by_role("button", name="Projector").click()
    page.wait_for_function(f"() => {height} > 300")
    assert page.evaluate(size) > 1.3 * before
    box = page.locator(PLANE).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768
    expect(page.get_by_role("button", name="Stop at")).to_contain_text("Stop at")
    page.get_by_role("button", name="Projector").click()
    page.wait_for_function(f"() => {height} < 300")


def a_message_moves_nothing_when_it_comes(page: Page) -> None:
    top = "document.querySelector('.dnn-boundary').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.get_by_role("button", name="Empty").click()
    expect(page.locator(".dnn-notice:not(.dnn-waited)")).to_contain_text("nothing to learn from yet")
    assert page.evaluate(top) == before
