"""The network diagram in a real browser: looking at units, building layers, setting and freezing numbers, undo."""

import re
from base64 import b64encode

import pytest
from playwright.sync_api import Locator, Page, expect

from dnn import web

PANEL = "[data-testid=live-panel]"
NAMES = web.FOLDER / "names.js"


def open_page(page: Page, server: str, query: str = "") -> Locator:
    page.goto(f"{server}/{query}")
    panel = page.locator(PANEL)
    expect(panel).to_have_attribute("data-state", "playing", timeout=30_000)
    return panel


def wait_for(page: Page, condition: str) -> None:
    """Wait until the JavaScript ``condition`` on the panel's data attributes, ``d``, holds."""
    page.wait_for_function(f"() => {{ const d = document.querySelector('{PANEL}').dataset; return {condition}; }}")


def pause(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    wait_for(page, "d.state === 'paused'")


def unit(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def shape(page: Page, sizes: str) -> None:
    expect(page.locator(".dnn-network")).to_have_attribute("aria-label", re.compile(f"layers of {sizes} units"))


def formula(page: Page) -> Locator:
    return page.locator(".dnn-formula")


def test_a_unit_under_the_pointer_is_shown_large_and_live(page: Page, server: str) -> None:
    open_page(page, server)
    expect(formula(page)).to_be_hidden()
    page.mouse.move(*middle(unit(page, "Unit 2 of hidden layer 1")))
    expect(formula(page)).to_contain_text(re.compile(r"^Unit 2 of hidden layer 1: from −\d.\d\d to \d.\d\d"))
    expect(formula(page)).to_contain_text(re.compile(r"a = tanh\(−?\d\.\d\d x₁ [+−] \d\.\d\d x₂ [+−] \d\.\d\d\)"))
    before = formula(page).text_content() or ""
    expect(formula(page)).not_to_have_text(before)
    pause(page)
    expect(formula(page)).to_be_hidden()  # the pointer has left
    page.mouse.move(*middle(unit(page, "Output")))
    expect(formula(page)).to_contain_text(re.compile(r"ŷ = σ\(−?\d+\.\d\d a₁ [+−] \d+\.\d\d a₂ [+−] \d+\.\d\d\)"))
    page.mouse.move(*middle(unit(page, "Input x₁")))
    expect(formula(page)).to_contain_text("Input x₁: from −")


def test_layers_and_units_are_built_on_the_diagram(page: Page, server: str, console_errors: list[str]) -> None:
    open_page(page, server)
    for _ in range(3):  # quicker than the page can answer
        page.get_by_role("button", name="Add a unit to hidden layer 1").click()
    expect(page).to_have_url(re.compile(r"layers=7-2$"))
    shape(page, "2, 7, 2, 1")
    expect(page.get_by_role("spinbutton", name="Units in hidden layer 1")).to_have_value("7")
    page.get_by_role("button", name="Add a hidden layer").click()
    expect(page).to_have_url(re.compile(r"layers=7-2-2$"))
    page.get_by_role("button", name="Remove a unit from hidden layer 3").click()
    expect(page).to_have_url(re.compile(r"layers=7-2-1$"))
    remove = page.get_by_role("button", name="Remove a unit from hidden layer 3")
    expect(remove).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Remove the last hidden layer").click()
    expect(page).to_have_url(re.compile(r"layers=7-2$"))
    wait_for(page, "+d.epoch > 5 && d.state === 'playing'")
    assert console_errors == []


def test_twenty_quick_clicks_all_count(page: Page, server: str) -> None:
    open_page(page, server, "?layers=1")
    page.evaluate(
        """async () => {
            for (let click = 0; click < 20; click++) {
                document.querySelector('[aria-label="Add a unit to hidden layer 1"]').click();
                await new Promise(resolve => setTimeout(resolve, 37));
            }
        }"""
    )
    expect(page).to_have_url(re.compile(r"layers=21$"), timeout=20_000)
    shape(page, "2, 21, 1")


@pytest.mark.parametrize("target", ["line", "dot"])
def test_a_click_on_a_weight_or_a_bias_opens_its_window(page: Page, server: str, target: str) -> None:
    open_page(page, server)
    pause(page)
    x, y = middle(unit(page, "Unit 1 of hidden layer 2"))
    end_x, end_y = middle(unit(page, "Output"))
    if target == "line":
        page.mouse.click((x + end_x) / 2, (y + end_y) / 2 + 3)
        title = "Weight from a₁ to output"
    else:
        box = unit(page, "Unit 1 of hidden layer 2").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] - 3, box["y"] + box["height"] + 3)
        title = "Bias of unit 1 of hidden layer 2"
    window = page.get_by_role("dialog", name=title)
    expect(window.get_by_label("Value")).to_be_focused()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()


def test_a_number_is_set_frozen_and_brought_back_by_the_keyboard(page: Page, server: str) -> None:
    panel = open_page(page, server)
    unit(page, "Unit 1 of hidden layer 1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(unit(page, "Unit 3 of hidden layer 1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(unit(page, "Unit 2 of hidden layer 2")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(unit(page, "Input x₁")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(formula(page)).to_contain_text("of hidden layer 2")
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog")
    expect(window.get_by_label("Value")).to_be_focused()
    page.keyboard.type("7.25")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(window).to_be_hidden()
    expect(formula(page)).to_contain_text("tanh(7.25 a₁")
    at = int(panel.get_attribute("data-epoch") or 0)
    wait_for(page, f"+d.epoch > {at + 30}")
    expect(formula(page)).to_contain_text("tanh(7.25 a₁")  # frozen
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_role("dialog").get_by_label("Number")).to_contain_text("weight from a₁: 7.25 (frozen)")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(formula(page)).not_to_contain_text("7.25 a₁")
    page.keyboard.press("Control+Shift+Z")
    expect(formula(page)).to_contain_text("tanh(7.25 a₁")


def test_another_number_of_the_unit_is_chosen_in_the_window(page: Page, server: str) -> None:
    open_page(page, server)
    pause(page)
    unit(page, "Output").focus()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog")
    window.get_by_label("Number").select_option(index=2)
    expect(page.get_by_role("dialog", name="Bias of output")).to_be_visible()
    window.get_by_label("Value").fill("-3")
    window.get_by_role("button", name="OK").click()
    expect(formula(page)).to_contain_text("− 3.00)")
    expect(unit(page, "Output")).to_be_focused()


def test_building_is_undone_with_what_was_learnt(page: Page, server: str) -> None:
    panel = open_page(page, server)
    wait_for(page, "+d.epoch > 40")
    pause(page)
    at = panel.get_attribute("data-epoch")
    page.get_by_role("button", name="Add a hidden layer").click()
    wait_for(page, "d.epoch === '0'")
    page.get_by_role("button", name="Undo").click()
    wait_for(page, f"d.epoch === '{at}'")
    expect(page).to_have_url(re.compile(r"/$"))
    page.get_by_role("button", name="Redo").click()
    expect(page).to_have_url(re.compile(r"layers=4-2-2$"))


def test_inputs_are_switched_on_the_diagram(page: Page, server: str, console_errors: list[str]) -> None:
    open_page(page, server, "?features=x1,x2,x1-x2")
    inputs = page.get_by_role("group", name="Inputs that the network sees")

    def switch(name: str) -> Locator:
        return inputs.get_by_role("button", name=f"See {name}", exact=True)

    expect(switch("x₁-x₂")).to_have_attribute("aria-pressed", "true")
    switch("x₁²").click()
    expect(page).to_have_url(re.compile(r"features=x1%2Cx2%2Cx1%5E2%2Cx1-x2$"))
    shape(page, "4, 4, 2, 1")
    switch("x₁-x₂").click()
    expect(switch("x₁-x₂")).to_have_attribute("aria-pressed", "false")  # and there to be switched on again
    switch("x₁").click()
    switch("x₂").click()
    shape(page, "1, 4, 2, 1")
    expect(switch("x₁²")).to_have_attribute("aria-disabled", "true")
    switch("x₁-x₂").focus()
    page.keyboard.press("Space")
    shape(page, "2, 4, 2, 1")
    inputs.get_by_role("button", name="Write a formula of your own").click()
    expect(page.get_by_role("textbox", name="Your own formula")).to_be_focused()
    assert console_errors == []


def test_the_switches_are_called_as_the_inputs_of_the_data_on_screen(page: Page, server: str) -> None:
    open_page(page, server, "?data=weather&standardize=each")
    switches = page.locator(".dnn-inputs button")
    formulas = ["x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂", "+"]
    expect(switches).to_have_text(["temperature", "humidity", "pressure", *formulas])
    page.get_by_role("button", name="See x₁²").click()
    expect(page).to_have_url(re.compile("features="))
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Moons").click()
    expect(switches).to_have_text(["x₁", "x₂", *formulas])
    expect(switches.first).to_have_accessible_name("See x₁")
    page.get_by_role("combobox", name="Data set").fill("Iris")
    page.get_by_role("option", name=re.compile("^Iris")).click()
    expect(switches).to_have_text(["p. length", "p. width", *formulas])
    expect(switches.first).to_have_accessible_name("See petal length")


@pytest.mark.parametrize("text", ["", "x₁", "a very long name of a column", "温度" * 30, "𝑥" * 40])
def test_a_name_that_is_too_long_is_shortened_to_what_fits(page: Page, text: str) -> None:
    source = b64encode(NAMES.read_bytes()).decode()
    drawn, short, wide, wider = page.evaluate(
        """async ([source, text, room]) => {
            const { brief, fitting } = await import(`data:text/javascript;base64,${source}`);
            const context = document.createElement('canvas').getContext('2d');
            context.font = '13px sans-serif';
            const short = brief(text), drawn = fitting(context, text, room);
            const next = [...short].slice(0, [...drawn].length).join('');
            return [drawn, short, ...[drawn, `${next}…`].map((text) => context.measureText(text).width)];
        }""",
        [source, text, 100],
    )
    assert wide <= 100
    if drawn not in (text, short):
        assert short.startswith(drawn.removesuffix("…"))
        assert drawn.endswith("…")
        assert wider > 100  # a sign more would be too much
