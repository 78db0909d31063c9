"""Drawing on the plane in a real browser, by mouse and by keyboard, and the plane through three inputs."""

import re
from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.e2e.playground import PANEL, open_page, pause, visit, wait_for, wait_for_charts

# how many examples each of Plotly's own traces has; typed arrays come wrapped
COUNTS = """() => document.querySelector('.dnn-boundary > [role=img]').data.slice(0, -1)
    .map(({ x }) => (x.length ?? x._inputArray.length))"""
PICTURE = "() => document.querySelector('.dnn-boundary canvas').toDataURL()"
PATIENT = 30_000


def drawn(page: Page) -> int:
    """How many examples stand on the plane."""
    found: list[int] = page.evaluate(COUNTS)
    return sum(found)


def wait_for_examples(page: Page, condition: str) -> None:
    """Until this holds for their number ``n``."""
    count = f"({COUNTS})().reduce((sum, count) => sum + count, 0)"
    page.wait_for_function(f"() => {{ const n = {count}; return {condition}; }}", timeout=PATIENT)


def tool(page: Page, name: str) -> Locator:
    return page.locator(".dnn-draw-tool").get_by_role("button", name=name, exact=True)


# with the mouse


def test_examples_are_drawn_by_mouse_and_keyboard_and_outlive_a_reload(page: Page, server: str) -> None:
    open_page(page, server, "?samples=300&test_share=0.0&learning_rate=0.1")
    wait_for_charts(page)
    a_stroke_adds_examples_while_it_trains_and_undo_takes_all_of_them_back(page)
    with_another_class_the_network_has_three_outputs_and_drawing_goes_on(page)
    pause(page)
    while_the_surface_is_shown_nothing_is_drawn(page)
    examples_that_no_link_can_hold_outlive_a_reload_in_their_tab(page)
    pause(page)
    visit(page, "?samples=5000")
    of_very_many_examples_the_page_says_how_many_are_drawn(page)
    by_keyboard_a_cursor_adds_and_erases(page)
    visit(page, three_inputs())
    the_plane_through_three_inputs_is_chosen_and_moved(page)


def a_stroke_adds_examples_while_it_trains_and_undo_takes_all_of_them_back(page: Page) -> None:
    wait_for(page, "+d.epoch > 5")
    tool(page, "class 1").click()
    expect(tool(page, "class 1")).to_have_attribute("aria-pressed", "true")
    box = page.locator(".dnn-sheet").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 40, steps=6)
    page.mouse.up()
    wait_for_examples(page, "n >= 305")
    epoch = int(page.locator(PANEL).get_attribute("data-epoch") or 0)
    assert epoch > 5  # it went on, and did not begin again
    wait_for(page, f"+d.epoch > {epoch}")
    expect(page).to_have_url(re.compile("data="), timeout=PATIENT)
    tool(page, "Eraser").click()
    page.mouse.move(box["x"] + 150, box["y"] + 40)
    page.mouse.down()
    page.mouse.up()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    wait_for_examples(page, "n === 300")


def with_another_class_the_network_has_three_outputs_and_drawing_goes_on(page: Page) -> None:
    tool(page, "Draw examples of another class").click()
    box = page.locator(".dnn-sheet").bounding_box()
    assert box is not None
    for right in (40, 80):
        page.mouse.click(box["x"] + right, box["y"] + 20)
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 4, 2, 3 units"))
    expect(tool(page, "class 2")).to_have_attribute("aria-pressed", "true")
    wait_for_examples(page, "n === 302")
    expect(page.locator(".dnn-boundary .legendtext").last).to_have_text("class 2")
    wait_for(page, "+d.epoch > 3")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 4, 2, 1 units"))
    expect(page).to_have_url(re.compile(r"/\?samples=300&test_share=0\.0&learning_rate=0\.1$"))


def while_the_surface_is_shown_nothing_is_drawn(page: Page) -> None:
    tool(page, "class 1").click()
    sheet = page.locator(".dnn-sheet")
    box = sheet.bounding_box()
    assert box is not None
    page.get_by_role("radio", name="3-D").check(force=True)
    expect(sheet).to_be_hidden()
    expect(tool(page, "class 1")).to_be_disabled()
    expect(tool(page, "Eraser")).to_be_disabled()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 90, steps=2)
    page.mouse.up()
    page.get_by_role("radio", name="Boundary").check(force=True)
    expect(sheet).to_be_hidden()  # the tool was put away
    tool(page, "class 1").click()
    page.mouse.click(box["x"] + 60, box["y"] + 60)
    wait_for_examples(page, "n > 300")
    assert drawn(page) == 301


def of_very_many_examples_the_page_says_how_many_are_drawn(page: Page) -> None:
    expect(page.locator(".dnn-thinned")).to_have_text("2 000 of 5 000 examples drawn")
    wait_for_examples(page, "n === 2000")


# by keyboard, and several inputs


def by_keyboard_a_cursor_adds_and_erases(page: Page) -> None:
    tool(page, "Empty").click()
    wait_for_examples(page, "n === 0")
    expect(page.locator(".dnn-notice:not(.dnn-waited)")).to_contain_text("nothing to learn from yet")
    tool(page, "class 0").press("Enter")
    sheet = page.get_by_role("application", name="Drawing on the plane")
    expect(sheet).to_be_visible()
    sheet.focus()
    for key in ("ArrowRight", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    wait_for_examples(page, "n === 1")
    expect(page.locator(".dnn-draw-tool [role=status]")).to_contain_text("Added at x₁")
    expect(page.locator(".dnn-notice:not(.dnn-waited)")).to_contain_text("are of one class")
    page.keyboard.press("Delete")
    wait_for_examples(page, "n === 0")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def three_inputs() -> str:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((40, 3)).round(2)
    rows = "~".join(f"{a} {b} {c} {int(b > 0)}" for a, b, c in X)
    data = {"data": "own", "data.rows": rows, "data.inputs": "heat~damp~weight", "data.classes": "dry~rain"}
    return "?" + urlencode(data | {"layers": "3", "learning_rate": "0.3"})


def the_plane_through_three_inputs_is_chosen_and_moved(page: Page) -> None:
    titles = page.locator(".dnn-boundary .infolayer :is(.xtitle, .ytitle)")
    expect(titles).to_have_text(["heat", "damp"])
    page.get_by_label("Up").select_option(label="weight")
    expect(titles).to_have_text(["heat", "weight"], timeout=PATIENT)
    before = page.evaluate(PICTURE)
    slider = page.get_by_role("slider", name="damp")
    slider.press("End")
    page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before, timeout=PATIENT)
    expect(titles).to_have_text(["heat", "weight"])
    page.get_by_label("Across").select_option(label="components")
    expect(titles.first).to_contain_text("component 1", timeout=PATIENT)
    expect(slider).to_be_hidden()


# kept in the tab


def examples_that_no_link_can_hold_outlive_a_reload_in_their_tab(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"data=file"))
    expect(page.get_by_text("Too many for a link")).to_be_visible()
    page.wait_for_function("() => sessionStorage.getItem('dnn.own-data')")
    page.reload()
    expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=PATIENT)
    wait_for_charts(page)
    wait_for_examples(page, "n === 301")
    expect(page).to_have_url(re.compile(r"data=file.*learning_rate=0\.1"))
    expect(page.get_by_text("This link could not be read")).to_have_count(0)
    visit(page, "?data=file&layers=4")  # somebody else's: what is kept belongs to another address
    expect(page.get_by_text("This link could not be read")).to_be_visible(timeout=PATIENT)
    wait_for_charts(page)
    wait_for_examples(page, "n === 500")
    page.get_by_role("button", name="Understood").click()
    expect(page.get_by_text("This link could not be read")).to_have_count(0)
    page.evaluate("() => sessionStorage.setItem('dnn.own-data', '{')")
    visit(page, "?data=file&layers=3")
    expect(page.get_by_text("This link could not be read")).to_be_visible(timeout=PATIENT)
