"""The page in a real browser, used as a visitor would."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import (
    PANEL,
    choose,
    colours_of,
    drag,
    go,
    number,
    open_page,
    pause,
    play,
    visit,
    wait_for,
    wait_for_charts,
)

COST = "document.querySelector('.dnn-cost .js-plotly-plot')"
NOTICE = ".dnn-notice:not(.dnn-waited)"
BAD_NUMBERS = [
    ("Samples", "50000", "Samples: 50000 is not allowed; it must be a whole number from 10 to 20000."),
    ("Units in hidden layer 1", "0", "Hidden layer sizes: 0 is not allowed"),
    ("Units in hidden layer 1", "65", "a layer may have 1 to 64 on this page"),
    ("Seed", "-3", "Seed: -3 is not allowed"),
]


# from the first look to the transport


def test_a_network_learns_at_once_obeys_buttons_and_settings_and_what_cannot_be_is_said(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server)
    it_is_learning(page)
    a_zoom_into_the_cost_survives_new_points_and_the_axis_can_be_logarithmic(page)
    pause(page)
    paused_the_plane_answers_with_a_probability(page)
    transport_by_mouse(page)
    transport_by_keyboard(page)
    visit(page, "")
    quick_changes_all_arrive(page)
    back_to_the_usual_learning_rate(page)
    learning_rate_batch_size_and_l2_change_while_it_plays(page)
    back_to_the_usual_learning_rate(page)
    the_back_button_brings_the_last_settings_back(page)
    a_change_of_data_or_shape_starts_again_and_goes_on(page)
    play(page)
    for field, given, message in BAD_NUMBERS:
        a_bad_number_is_explained_and_the_run_goes_on(page, field, given, message)
    a_bad_link_says_what_it_cannot_be_and_plays_the_rest(page)
    too_large_a_learning_rate_stops_with_its_reason(page)
    assert console_errors == []


def it_is_learning(page: Page) -> None:
    wait_for(page, "+d.epoch > 20 && +d.frame > 5")
    wait_for_charts(page)
    assert colours_of(page, ".dnn-boundary canvas") > 50
    assert colours_of(page, ".dnn-network canvas + canvas") > 50
    expect(page.locator("[data-number=train_accuracy]")).to_have_text(re.compile(r"^\d+\.\d %$"))
    page.wait_for_function(f"() => {COST}.data.every(line => line.y.length > 5)")  # it is drawn twice a second
    assert page.evaluate(f"() => {COST}.data.length") == 2


def a_zoom_into_the_cost_survives_new_points_and_the_axis_can_be_logarithmic(page: Page) -> None:
    page.evaluate(f"() => Plotly.relayout({COST}, {{'xaxis.range': [2, 9]}})")
    points = page.evaluate(f"() => {COST}.data[0].y.length")
    page.wait_for_function(f"points => {COST}.data[0].y.length > points + 3", arg=points)
    assert page.evaluate(f"() => {COST}._fullLayout.xaxis.range") == [2, 9]
    page.get_by_role("button", name="log y").click()
    assert page.evaluate(f"() => {COST}._fullLayout.yaxis.type") == "log"
    choose(page, "Data set", "Blobs")
    expect(page).to_have_url(re.compile("data=blobs"))
    wait_for(page, "+d.epoch > 5")
    assert page.evaluate(f"() => {COST}._fullLayout.yaxis.type") == "log"


def paused_the_plane_answers_with_a_probability(page: Page) -> None:
    box = page.locator(".dnn-boundary .nsewdrag").bounding_box()  # the square inside the axes
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.85, box["y"] + box["height"] * 0.2)
    page.mouse.move(box["x"] + box["width"] * 0.86, box["y"] + box["height"] * 0.21)
    expect(page.locator(".dnn-boundary .hoverlayer")).to_contain_text(re.compile(r"P\(class 1\) [01]\.\d{3}"))


def transport_by_mouse(page: Page) -> None:
    at = number(page.locator(PANEL), "epoch")
    page.get_by_role("button", name="Step", exact=True).click()
    wait_for(page, f"+d.epoch === {at + 1} && d.state === 'paused'")
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_for(page, "d.epoch === '0'")
    first = page.locator("[data-number=train_cost]").text_content()
    page.get_by_role("button", name="New weights").click()
    expect(page).to_have_url(re.compile("draw=1"))
    expect(page.locator("[data-number=train_cost]")).not_to_have_text(first or "")
    play(page)
    wait_for(page, "d.state === 'playing' && +d.epoch > 3")


def transport_by_keyboard(page: Page) -> None:
    panel, body = page.locator(PANEL), page.locator("body")
    body.press("Space")
    wait_for(page, "d.state === 'paused'")
    at = number(panel, "epoch")
    body.press("s")
    wait_for(page, f"+d.epoch === {at + 1}")
    body.press("r")
    wait_for(page, "d.epoch === '0'")
    page.get_by_role("slider", name="Noise").focus()
    page.keyboard.press("Space")
    wait_for(page, "d.state === 'playing'")
    # a field keeps its keys
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(300)
    assert panel.get_attribute("data-state") == "playing"


# changes


def quick_changes_all_arrive(page: Page) -> None:
    for key in ["ArrowRight"] * 4 + ["ArrowLeft"]:
        drag(page, "Learning rate", key)
        page.wait_for_timeout(60)
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "1")
    expect(page).to_have_url(re.compile(r"learning_rate=1\.0$"))
    expect(page.locator(PANEL)).to_have_attribute("data-learning-rate", "1")


def back_to_the_usual_learning_rate(page: Page) -> None:
    """The run goes on: what the page and its frames say is waited for, as no epoch tells when it has arrived."""
    go(page, "/")
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.03")
    expect(page.locator(PANEL)).to_have_attribute("data-learning-rate", "0.03")


def learning_rate_batch_size_and_l2_change_while_it_plays(page: Page) -> None:
    wait_for(page, "+d.epoch > 10")
    page.get_by_text("Regularisation").click()
    expect(page.get_by_role("slider", name="L2")).to_be_visible()
    for label, word in (("Learning rate", "learning_rate"), ("Batch size", "batch_size"), ("L2", "l2")):
        before = number(page.locator(PANEL), "epoch")
        drag(page, label, "ArrowRight")
        expect(page).to_have_url(re.compile(rf"[?&]{word}="))
        wait_for(page, f"+d.epoch > {before + 5} && d.state === 'playing'")


def the_back_button_brings_the_last_settings_back(page: Page) -> None:
    drag(page, "Learning rate", "ArrowRight")
    expect(page).to_have_url(re.compile("learning_rate=0.1"))
    choose(page, "Data set", "XOR")
    expect(page).to_have_url(re.compile("data=xor"))
    page.go_back()
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Moons")
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.1")


def a_change_of_data_or_shape_starts_again_and_goes_on(page: Page) -> None:
    network = page.locator(f"{PANEL} .dnn-network")
    wait_for(page, "+d.epoch > 30")
    choose(page, "Data set", "Circles")
    wait_for(page, "+d.epoch < 30")
    wait_for(page, "+d.epoch > 30 && d.state === 'playing'")
    page.get_by_role("button", name="Add layer").click()
    expect(network).to_have_attribute("aria-label", re.compile("layers of 2, 4, 2, 2, 1 units"))
    wait_for(page, "+d.epoch > 5 && d.state === 'playing'")
    page.get_by_role("button", name="Remove hidden layer 1").click()
    expect(network).to_have_attribute("aria-label", re.compile("layers of 2, 2, 2, 1 units"))
    choose(page, "Activation", "Leaky ReLU")
    drag(page, "Slope", "ArrowRight", 2)
    expect(page).to_have_url(re.compile(r"activation=leaky_relu&activation\.slope=0\.03"))
    pause(page)
    choose(page, "Data set", "XOR")
    wait_for(page, "d.epoch === '0' && d.state === 'paused'")


# what cannot be


def a_bad_number_is_explained_and_the_run_goes_on(page: Page, field: str, given: str, message: str) -> None:
    box = page.get_by_role("spinbutton", name=field)
    good = box.input_value()
    box.fill(given)
    box.press("Enter")
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar.get_by_role("alert")).to_contain_text(message)
    at = number(page.locator(PANEL), "epoch")
    wait_for(page, f"+d.epoch > {at} && d.state === 'playing'")
    box.fill(good)
    box.press("Enter")
    expect(sidebar.get_by_role("alert")).to_have_count(0)


def a_bad_link_says_what_it_cannot_be_and_plays_the_rest(page: Page) -> None:
    visit(page, "?learning_rate=fast&layers=3-zero&samples=1000000&data=spiral&nonsense=1")
    warning = page.get_by_role("alert")
    for words in ("'fast'", "1e-06 to 100", "'zero'", "1 to 1024", "10 to 20000", "'nonsense'"):
        expect(warning).to_contain_text(words)
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Spiral")
    expect(page).to_have_url(re.compile(r"\?data=spiral$"))
    wait_for(page, "d.state === 'playing'")
    page.get_by_role("button", name="Understood").click()
    expect(warning).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0


def too_large_a_learning_rate_stops_with_its_reason(page: Page) -> None:
    visit(page, "?activation=linear&layers=8-8-8-8-8-8")
    drag(page, "Learning rate", "End")
    wait_for(page, "d.state === 'diverged'")
    expect(page.locator(NOTICE)).to_contain_text("Start again with a learning rate smaller than 10")
    drag(page, "Learning rate", "Home")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(PANEL)).to_have_attribute("data-state", re.compile("playing|paused"))
    expect(page.locator(NOTICE)).to_be_hidden()
