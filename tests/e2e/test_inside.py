"""Inside one step, in a browser: from the playground along every stop, by mouse and by keyboard."""

import re

from playwright.sync_api import Page, expect

WAIT = 30_000


def open_playground(page: Page, server: str) -> None:
    page.goto(f"{server}/?layers=3-2&data=blobs")
    expect(page.get_by_test_id("live-panel")).to_have_attribute("data-frame", re.compile(r"^[1-9]"), timeout=60_000)


def at_stop(page: Page, stop: str) -> None:
    expect(page.get_by_test_id("matrices")).to_have_attribute("data-stop", stop, timeout=WAIT)


def test_from_the_playground_to_a_cell_and_what_made_it(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_role("button", name="Inside").click()
    at_stop(page, "x")
    expect(page.get_by_role("heading", name="Inside one step")).to_be_visible()

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

    # with the keyboard: over the cells, and not on to the next stop
    page.locator('.dnn-result td[data-i="0"][data-j="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator('.dnn-result td[data-i="1"][data-j="1"]')).to_be_focused()
    expect(written).to_have_text(re.compile(r"^Z1 \[#2, 2\]"))
    at_stop(page, "z1")


def test_every_stop_is_drawn_in_both_layouts_and_no_formula_is_broken(page: Page, server: str) -> None:
    page.goto(f"{server}/inside?layers=3-2&optimizer=adam&l2=0.5&clip_norm=0.1")
    at_stop(page, "x")
    for layout in ("", "-columns"):
        if layout:
            page.get_by_text("Examples in columns").click()
        number = 1
        while True:
            expect(page.get_by_text(re.compile(rf"^{number} of \d+$"))).to_be_visible(timeout=WAIT)
            expect(page.locator(".katex-error")).to_have_count(0)
            expect(page.get_by_test_id("matrices")).to_have_attribute(
                "data-stop", re.compile(rf"^[a-z_]+\d*{layout}$"), timeout=WAIT
            )
            following = page.get_by_role("button", name="Next")
            if following.is_disabled():
                break
            following.click()
            number += 1
        assert number > 25
        while number > 1 and not layout:  # back to the start by keyboard
            page.keyboard.press("ArrowLeft")
            number -= 1
            expect(page.get_by_text(re.compile(rf"^{number} of \d+$"))).to_be_visible(timeout=WAIT)
    page.get_by_text("One weight").click()
    expect(page.get_by_text("Multiplied out")).to_be_visible(timeout=WAIT)
    expect(page.locator(".katex-error")).to_have_count(0)
    page.get_by_text("Gradient check").click()
    expect(page.get_by_text("The gradient is right.")).to_be_visible(timeout=WAIT)


def test_a_mistake_is_planted_and_its_pictures_are_drawn(page: Page, server: str) -> None:
    page.goto(f"{server}/mistakes")
    expect(page.locator(".js-plotly-plot")).to_have_count(3, timeout=60_000)
    expect(page.get_by_text("The gradient check catches it:")).to_be_visible(timeout=WAIT)
    page.get_by_text("The output layer reads Z instead of A").first.click()
    expect(page.get_by_text("Switch on a mistake to see what it does.")).to_be_visible(timeout=WAIT)
    page.get_by_text("One bias for every example").click()
    expect(page.get_by_text("The gradient check notices nothing:")).to_be_visible(timeout=WAIT)


def test_a_line_is_broken_in_the_shape_clinic_by_keyboard_on_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/lessons?lesson=modular&step=1")
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
