"""The network diagram in a real browser: looking at units, building layers, setting and freezing numbers, undo."""

import re
from base64 import b64encode

from playwright.sync_api import Locator, Page, expect

from dnn import web
from tests.e2e.playground import PANEL, open_page, pause, play, visit, wait_for

NAMES = web.FOLDER / "names.js"
NUMBER = r"\d+\.\d+(?:e−\d+)?"  # as 0.02, or 4.8e−4 where it has come so near to zero
FORMULAS = ["x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂", "+"]
# Notes which charts Plotly draws as a whole.
NOTE_DRAWINGS = """() => {
    const { react } = Plotly, figures = (window.drawings = []);
    Plotly.react = (chart, ...more) => (figures.push(chart.closest('figure').className), react(chart, ...more));
}"""
LONG_NAMES = ["", "x₁", "a very long name of a column", "温度" * 30, "𝑥" * 40]


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


def test_units_are_looked_at_and_changed_and_layers_built_and_inputs_switched(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server)
    a_unit_under_the_pointer_is_shown_large_and_live(page)
    a_click_opens_the_window_of_a_weight(page)
    a_click_opens_the_window_of_a_bias(page)
    another_number_of_the_unit_is_chosen_in_the_window(page)
    building_is_undone_with_what_was_learnt(page)
    play(page)
    a_number_is_set_frozen_and_brought_back_by_the_keyboard(page)
    layers_and_units_are_built_on_the_diagram(page)
    pause(page)
    visit(page, "?data=weather&standardize=each")
    the_switches_are_called_as_the_inputs_of_the_data_on_screen(page)
    visit(page, "?features=x1,x2,x1-x2")
    inputs_are_switched_on_the_diagram(page)
    assert console_errors == []


def a_unit_under_the_pointer_is_shown_large_and_live(page: Page) -> None:
    expect(formula(page)).to_be_hidden()
    page.mouse.move(*middle(unit(page, "Unit 2 of hidden layer 1")))
    expect(formula(page)).to_contain_text(re.compile(r"^Unit 2 of hidden layer 1: from −\d.\d\d to \d.\d\d"))
    expect(formula(page)).to_contain_text(re.compile(rf"a = tanh\(−?{NUMBER} x₁ [+−] {NUMBER} x₂ [+−] {NUMBER}\)"))
    before = formula(page).text_content() or ""
    expect(formula(page)).not_to_have_text(before)
    wait_for(page, "+d.epoch > 40")
    pause(page)
    expect(formula(page)).to_be_hidden()  # the pointer has left
    page.mouse.move(*middle(unit(page, "Output")))
    expect(formula(page)).to_contain_text(re.compile(rf"ŷ = σ\(−?{NUMBER} a₁ [+−] {NUMBER} a₂ [+−] {NUMBER}\)"))
    page.mouse.move(*middle(unit(page, "Input x₁")))
    expect(formula(page)).to_contain_text("Input x₁: from −")


def a_click_opens_the_window_of_a_weight(page: Page) -> None:
    x, y = middle(unit(page, "Unit 1 of hidden layer 2"))
    end_x, end_y = middle(unit(page, "Output"))
    page.mouse.click((x + end_x) / 2, (y + end_y) / 2 + 3)
    expect_window(page, "Weight from a₁ to output")


def a_click_opens_the_window_of_a_bias(page: Page) -> None:
    box = unit(page, "Unit 1 of hidden layer 2").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] - 3, box["y"] + box["height"] + 3)
    expect_window(page, "Bias of unit 1 of hidden layer 2")


def expect_window(page: Page, title: str) -> None:
    window = page.get_by_role("dialog", name=title)
    expect(window.get_by_label("Value")).to_be_focused()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()


def a_number_is_set_frozen_and_brought_back_by_the_keyboard(page: Page) -> None:
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
    at = int(page.locator(PANEL).get_attribute("data-epoch") or 0)
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


def another_number_of_the_unit_is_chosen_in_the_window(page: Page) -> None:
    unit(page, "Output").focus()
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog")
    window.get_by_label("Number").select_option(index=2)
    expect(page.get_by_role("dialog", name="Bias of output")).to_be_visible()
    window.get_by_label("Value").fill("-3")
    window.get_by_role("button", name="OK").click()
    expect(formula(page)).to_contain_text("− 3.00)")
    expect(unit(page, "Output")).to_be_focused()


def layers_and_units_are_built_on_the_diagram(page: Page) -> None:
    quick_clicks_all_count(page)
    expect(page.get_by_role("spinbutton", name="Units in hidden layer 1")).to_have_value("12")
    page.get_by_role("button", name="Add a hidden layer").click()
    expect(page).to_have_url(re.compile(r"layers=12-2-2-2$"))
    page.get_by_role("button", name="Remove a unit from hidden layer 4").click()
    expect(page).to_have_url(re.compile(r"layers=12-2-2-1$"))
    remove = page.get_by_role("button", name="Remove a unit from hidden layer 4")
    expect(remove).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Remove the last hidden layer").click()
    expect(page).to_have_url(re.compile(r"layers=12-2-2$"))
    wait_for(page, "+d.epoch > 5 && d.state === 'playing'")


def quick_clicks_all_count(page: Page) -> None:
    """Quicker than the page can answer: several answers come while they go on."""
    page.evaluate(
        """async () => {
            for (let click = 0; click < 8; click++) {
                document.querySelector('[aria-label="Add a unit to hidden layer 1"]').click();
                await new Promise(resolve => setTimeout(resolve, 37));
            }
        }"""
    )
    expect(page).to_have_url(re.compile(r"layers=12-2-2$"), timeout=20_000)
    shape(page, "2, 12, 2, 2, 1")


def building_is_undone_with_what_was_learnt(page: Page) -> None:
    at = page.locator(PANEL).get_attribute("data-epoch")
    page.evaluate(NOTE_DRAWINGS)
    page.get_by_role("button", name="Add a hidden layer").click()
    wait_for(page, "d.epoch === '0'")
    assert page.evaluate("() => window.drawings") == ["dnn-cost"]  # once, and the same examples not at all
    page.get_by_role("button", name="Undo").click()
    wait_for(page, f"d.epoch === '{at}'")
    expect(page).to_have_url(re.compile(r"/$"))
    page.get_by_role("button", name="Redo").click()
    expect(page).to_have_url(re.compile(r"layers=4-2-2$"))


def inputs_are_switched_on_the_diagram(page: Page) -> None:
    inputs = page.get_by_role("group", name="Inputs that the network sees")

    def switch(name: str) -> Locator:
        return inputs.get_by_role("button", name=f"See {name}", exact=True)

    expect(page.locator(".dnn-inputs button")).to_have_text(["x₁", "x₂", *FORMULAS[:-1], "x₁-x₂", "+"])
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


def the_switches_are_called_as_the_inputs_of_the_data_on_screen(page: Page) -> None:
    switches = page.locator(".dnn-inputs button")
    expect(switches).to_have_text(["temperature", "humidity", "pressure", *FORMULAS])
    page.get_by_role("button", name="See x₁²").click()
    expect(page).to_have_url(re.compile("features="))
    page.get_by_role("combobox", name="Data set").fill("Iris")
    page.get_by_role("option", name=re.compile("^Iris")).click()
    expect(switches).to_have_text(["p. length", "p. width", *FORMULAS])
    expect(switches.first).to_have_accessible_name("See petal length")


def test_names_that_are_too_long_are_shortened_to_what_fits(page: Page) -> None:
    for text in LONG_NAMES:
        it_is_shortened_to_what_fits(page, text)


def it_is_shortened_to_what_fits(page: Page, text: str) -> None:
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
