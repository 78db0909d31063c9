"""Inside one step, in a browser: along every stop, by mouse and by keyboard, and on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import visit_page
from tests.e2e.test_people import nothing_serious

WAIT = 30_000
# Once the script has come to its end: the stop of this number is there with its matrices, in the layout that is asked
# for, and no longer those before; every formula is legible; no box can only be scrolled by a pointer, and none makes
# the page wider. Returns the stop, and the number of stops. What is asked in each picture comes first; the rest, for
# which the browser lays the page out, once the stop has changed.
DRAWN = """([number, layout, before]) => {
    const all = (name) => [...document.querySelectorAll(name)];
    const { stop } = document.querySelector('[data-testid=matrices]')?.dataset ?? {};
    if (document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'notRunning') return false;
    if (stop === before || !RegExp(`^[a-z_]+[0-9]*${layout}$`).test(stop)) return false;
    const count = all('[data-testid=stCaptionContainer]').map((e) => /^([0-9]+) of ([0-9]+)$/.exec(e.innerText.trim()));
    const here = count.find((each) => each?.[1] === `${number}`);
    return here && all('.katex-display')[0]?.getClientRects().length > 0 && all('.katex-error').length === 0
        && all('.katex-display, [data-testid=stMain]').every(
            (box) => box.scrollWidth <= box.clientWidth + 1 || getComputedStyle(box).overflowX === 'visible'
        )
        && { stop, stops: Number(here[2]) };
}"""


def at_stop(page: Page, stop: str) -> None:
    expect(page.get_by_test_id("matrices")).to_have_attribute("data-stop", stop, timeout=WAIT)


def test_from_a_cell_to_a_planted_mistake_and_to_the_shape_clinic(page: Page, server: str) -> None:
    page.goto(f"{server}/inside?layers=3-2&data=blobs")
    at_stop(page, "x")
    expect(page.get_by_role("heading", name="Inside one step")).to_be_visible()
    a_cell_shows_what_made_it(page)
    the_keyboard_goes_over_the_cells(page)
    visit_page(page, "mistakes")
    a_mistake_is_planted_and_its_pictures_are_drawn(page)
    page.set_viewport_size({"width": 390, "height": 844})
    visit_page(page, "lessons", "?lesson=modular&step=1")
    a_line_is_broken_in_the_shape_clinic_by_keyboard(page)


def a_cell_shows_what_made_it(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    at_stop(page, "z1")
    page.locator('.dnn-result td[data-i="1"][data-j="2"]').hover()
    written = page.locator(".dnn-sum")
    expect(written).to_have_text(re.compile(r"^Z1 \[#2, 3\] = .+ × .+ \+ .+ × .+ \+ .+ = .+$"))
    expect(page.locator(".dnn-equation td.lit")).to_have_count(2 + 2 + 1 + 1)  # row, column, bias, result
    expect(page.locator(".dnn-matrices circle.lit")).to_have_count(1)
    expect(page.locator(".dnn-matrices line.lit")).to_have_count(2)
    _, terms, result = written.inner_text().replace("−", "-").split("=")
    x1, w1, x2, w2, bias = (float(term) for term in re.findall(r"-?[\d.]+", terms))
    assert abs(x1 * w1 + x2 * w2 + bias - float(result)) < 0.01  # as far as three decimals can say


def the_keyboard_goes_over_the_cells(page: Page) -> None:
    """And not on to the next stop."""
    page.locator('.dnn-result td[data-i="0"][data-j="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator('.dnn-result td[data-i="1"][data-j="1"]')).to_be_focused()
    expect(page.locator(".dnn-sum")).to_have_text(re.compile(r"^Z1 \[#2, 2\]"))
    at_stop(page, "z1")


def a_mistake_is_planted_and_its_pictures_are_drawn(page: Page) -> None:
    expect(page.locator(".js-plotly-plot")).to_have_count(3, timeout=60_000)
    expect(page.get_by_text("The gradient check catches it:")).to_be_visible(timeout=WAIT)
    page.get_by_text("The output layer reads Z instead of A").first.click()
    expect(page.get_by_text("Switch on a mistake to see what it does.")).to_be_visible(timeout=WAIT)
    page.get_by_text("One bias for every example").click()
    expect(page.get_by_text("The gradient check notices nothing:")).to_be_visible(timeout=WAIT)


def a_line_is_broken_in_the_shape_clinic_by_keyboard(page: Page) -> None:
    page.get_by_text("Every shape of this network").click(timeout=WAIT)
    page.get_by_role("link", name="Try your own layer sizes, and break a line").click()
    expect(page.get_by_text("Every line fits.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Layer 2")).to_have_value("3")
    page.get_by_role("combobox", name="Break a line").focus()
    page.keyboard.type("Y is flat")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The wrong line is")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("row").filter(has_text="NumPy stops here")).to_contain_text("dA2 = dZ3 @ W3.T")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Train a network with this mistake").click()
    expect(page.get_by_text("NumPy raises an error on the way back.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("tab", name="Asked in forums")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile(r"/mistakes\?plant=flat_labels$"))


def test_every_stop_is_drawn_in_both_layouts_and_no_formula_is_broken_or_scrolls(page: Page, server: str) -> None:
    """Forward on a phone with examples in rows, and back by the keyboard on a wide screen with examples in columns.

    One hidden layer has stops of all kinds: a second one repeats them, with the same formulas.
    """
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/inside?layers=3&optimizer=adam&l2=0.5&clip_norm=0.1")
    at_stop(page, "x")
    stops = walk_to_the_last_stop(page)
    assert stops > 20
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_text("Examples in columns").click()
    page.evaluate("() => document.activeElement.blur()")  # a switch keeps its keys
    walk_back_by_the_keyboard(page, stops)
    page.set_viewport_size({"width": 390, "height": 844})
    the_other_views_are_whole(page)


def walk_to_the_last_stop(page: Page) -> int:
    """Return the number of stops."""
    following = page.get_by_role("button", name="Next")
    number, stop, stops = 0, "", 1
    while number < stops:
        number += 1
        stop, stops = drawn(page, number, "", stop)
        if number == 3:
            nothing_serious(page, "inside")
        if number < stops:
            following.click()
    expect(following).to_be_disabled()
    return stops


def walk_back_by_the_keyboard(page: Page, last: int) -> None:
    stop = ""
    for number in range(last, 0, -1):
        stop, stops = drawn(page, number, "-columns", stop)
        assert stops == last
        page.keyboard.press("ArrowLeft")


def drawn(page: Page, number: int, layout: str, before: str) -> tuple[str, int]:
    """Return the stop of this number, once it is drawn as it should be, and the number of stops."""
    found = page.wait_for_function(DRAWN, arg=[number, layout, before], timeout=WAIT).json_value()
    return found["stop"], found["stops"]


def the_other_views_are_whole(page: Page) -> None:
    page.get_by_text("One weight").click()
    expect(page.get_by_text("Multiplied out")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Gradient by nudging").first).to_be_visible()
    expect(page.locator(".katex-error")).to_have_count(0)
    nothing_serious(page, "One weight")
    page.get_by_text("Gradient check").click()
    expect(page.get_by_text("The relative difference is").first).to_be_visible()
    expect(page.get_by_text("The gradient is right.")).to_be_visible(timeout=WAIT)
    nothing_serious(page, "Gradient check")
