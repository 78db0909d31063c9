"""A class in a browser: a pupil comes in, learns, waits when the teacher says so, and the class ends."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.test_people import violations

WAIT = 60_000


def test_a_class_from_its_code_to_its_end(page: Page, returning_browser: BrowserContext, server: str) -> None:
    page.goto(f"{server}/class?data=moons&layers=3&samples=100")
    page.get_by_role("button", name="Open a class").click(timeout=WAIT)
    wall = page.get_by_test_id("group-panel")
    code = wall.locator(".dnn-wall-empty .dnn-wall-code")
    expect(code).to_have_text(re.compile(r"^[A-Z2-9]{6}$"), timeout=WAIT)

    pupil = returning_browser.new_page()
    pupil.goto(f"{server}/class?class={code.text_content()}")
    name = pupil.get_by_role("textbox", name="Your name in class")
    name.fill("Fox", timeout=WAIT)
    name.press("Enter")
    expect(pupil.get_by_role("button", name="Leave")).to_be_visible(timeout=WAIT)
    panel = pupil.get_by_test_id("live-panel")
    pupil.get_by_role("button", name="Play", exact=True).click(timeout=WAIT)

    # the tile comes, and its epoch rises; large it has its settings
    tile = page.get_by_role("button", name=re.compile("^Fox: training, epoch .*network 2-3-1"))
    expect(tile).to_be_visible(timeout=WAIT)
    expect(page.locator(".dnn-wall-tile")).to_have_attribute("data-epoch", re.compile(r"^[1-9]\d"), timeout=WAIT)
    page.locator(".dnn-wall-tile button").press("Enter")
    one = page.get_by_role("region", name="One pupil")
    expect(one).to_contain_text("Hidden layers3", timeout=WAIT)
    assert violations(page) == []
    box = page.locator(".dnn-wall-tile").bounding_box()
    assert box  # few tiles are large
    assert box["width"] >= 208

    # freeze, go on, and a reload of the teacher's tab
    page.get_by_role("button", name="Freeze").click()
    expect(pupil.get_by_text("Your teacher has paused the class")).to_be_visible(timeout=WAIT)
    expect(panel).to_have_attribute("data-state", "paused", timeout=WAIT)
    page.reload()
    expect(page.get_by_role("button", name=re.compile("^Fox: paused"))).to_be_visible(timeout=WAIT)
    page.evaluate("() => { document.querySelector('.dnn-wall-tile').dataset.state = 'away'; }")
    assert violations(page) == []  # pale, and legible
    page.get_by_role("button", name="Go on").click()
    expect(panel).to_have_attribute("data-state", "playing", timeout=WAIT)

    page.get_by_role("button", name="End the class").click()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_role("button", name="Open a class")).to_be_visible(timeout=WAIT)
    expect(pupil.get_by_text("The class has ended.")).to_be_visible(timeout=WAIT)
