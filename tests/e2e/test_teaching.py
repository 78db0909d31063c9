"""For teachers, and the glossary: each sheet prints on one page of A4, and axe-core finds nothing serious."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.playground import RESTS, go
from tests.e2e.test_people import nothing_serious

A4 = (595, 842)  # points
# The page's style comes after its text; with it no formula is a box to scroll in.
STYLED = """() => {
    const formulas = [...document.querySelectorAll('.katex-display')];
    return formulas.length > 0 && formulas.every((box) => getComputedStyle(box).overflowX === 'visible');
}"""
LONGEST = "valleys"  # the sheet with most text


def printed(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages that the page prints, in points."""
    found = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\]", found)
    assert len(re.findall(rb"/Type\s*/Page\b", found)) == len(boxes) > 0
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_a_sheet_is_printed_on_one_page_and_nothing_serious_is_found_for_teachers(page: Page, server: str) -> None:
    page.goto(f"{server}/teacher?sheet={LONGEST}&lang=zh")
    the_longest_sheet_is_printed_on_one_page_without_the_page_around_it(page)
    nothing_serious(page, "a sheet")
    nobody_meets_a_button_without_its_name(page)
    page.get_by_role("button", name="All sheets").click()
    expect(page.get_by_role("heading", name="A sheet for each lesson")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    nothing_serious(page, "the classes on a phone")
    page.set_viewport_size(DESKTOP)
    go(page, "/glossary?term=saddle&lang=en")
    expect(page.get_by_role("heading", name="Sharpness")).to_be_visible(timeout=60_000)
    page.wait_for_function(STYLED)
    nothing_serious(page, "the glossary")


def nobody_meets_a_button_without_its_name(page: Page) -> None:
    button = page.get_by_role("button", name="Print", exact=True)
    unnamed = "button => { button.textContent = ''; return getComputedStyle(button).visibility; }"
    assert button.evaluate(unnamed) == "hidden"


def the_longest_sheet_is_printed_on_one_page_without_the_page_around_it(page: Page) -> None:
    for button in ("打印", "Print"):
        if button == "Print":
            page.get_by_role("radio", name="English").click()
        expect(page.get_by_role("button", name=button, exact=True)).to_be_visible(timeout=60_000)
        expect(page.locator(".st-key-sheet li").last).to_be_visible(timeout=60_000)
        page.wait_for_function(RESTS)
        assert printed(page) == [A4]
        page.emulate_media(media="print")
        expect(page.locator(".st-key-navigation, .st-key-sheet-bar")).to_have_count(2)
        expect(page.locator(".st-key-navigation")).to_be_hidden()
        expect(page.locator(".st-key-sheet-bar")).to_be_hidden()
        expect(page.locator(".st-key-sheet li").last).to_be_visible()
        page.emulate_media(media="screen")
