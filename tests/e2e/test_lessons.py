"""A pupil in a real browser: from the list into a lesson, a guess, the run's answer, and back another day."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import visit_page

PATIENCE = 60_000  # milliseconds: the machine may be slow and shared


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, exact=True)).to_be_visible(timeout=PATIENCE)


def wait_for_epoch(page: Page, epoch: int, state: str = "paused") -> None:
    page.wait_for_selector(
        f"[data-testid=live-panel][data-epoch='{epoch}'][data-state={state}]", timeout=PATIENCE, state="attached"
    )


def test_a_pupil_guesses_plays_comes_back_and_goes_from_a_step_to_the_playground(page: Page, server: str) -> None:
    page.goto(f"{server}/lessons")
    heading(page, "Lessons")
    page.get_by_role("button", name="1. One neuron").click()
    heading(page, "A neuron draws a line")
    expect(page).to_have_url(re.compile(r"/lessons\?lesson=one-neuron&step=1$"), timeout=PATIENCE)
    wait_for_epoch(page, 0)
    expect(page.locator(".dnn-builder")).to_be_hidden()  # the diagram is to be looked at only
    a_drawing_is_tied_to_the_words_of_its_step(page)

    page.locator("body").press("ArrowRight")
    heading(page, "A ring around a disc")
    play_four_times_as_fast(page)
    play = page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_disabled(timeout=PATIENCE)
    page.get_by_text("Nearly all of them").click()
    expect(play).to_be_enabled(timeout=PATIENCE)
    play.click()
    wait_for_epoch(page, 60)
    expect(page.get_by_role("alert").filter(has_text="The run says otherwise.")).to_contain_text(
        "41.1 %", timeout=PATIENCE
    )

    word = page.locator(".dnn-word", has_text="cost").first
    word.focus()
    expect(word.get_by_role("tooltip")).to_be_visible()

    page.get_by_role("button", name="All lessons").first.click()
    expect(page.get_by_text("2 of 7 steps")).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("() => JSON.parse(localStorage.getItem('dnn.lessons.done')).length === 2", timeout=PATIENCE)
    page.goto(f"{server}/lessons?lang=zh")  # another visit: the browser has kept what is done
    expect(page.get_by_text("已完成 2 / 7 步")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="1. 单个神经元").click()
    heading(page, "用一条直线分开两弯月牙")
    expect(page).to_have_url(re.compile(r"lesson=one-neuron&step=3&lang=zh$"), timeout=PATIENCE)

    visit_page(page, "lessons", "?lesson=relu-net&step=6&lang=en")
    the_cost_chart_covers_nothing(page)
    a_step_is_taken_to_the_playground(page)
    a_step_opens_what_it_speaks_of_and_goes_back_to_an_epoch(page)
    page.set_viewport_size({"width": 390, "height": 844})
    a_lesson_fits_a_small_screen(page)
    visit_page(page, "lessons", "?lesson=valleys&step=1")
    a_step_that_asks_nothing_opens_what_it_speaks_of(page)


def a_drawing_is_tied_to_the_words_of_its_step(page: Page) -> None:
    """Words light up its parts, and its numbers change by slider and by dragging."""
    drawing = page.get_by_test_id("drawing")
    words = drawing.locator("#dnn-drawing-words")
    expect(words).to_contain_text("w₁ = −0.94", timeout=PATIENCE)

    page.locator(".dnn-part-w1").focus()
    lit = drawing.locator("svg [data-part=w1].lit")
    expect(lit.first).to_be_attached()
    drawing.locator("svg circle[data-part=w2]").hover()  # and the other way round
    expect(lit).to_have_count(0)
    expect(page.locator(".dnn-part-w2")).to_have_class("dnn-part dnn-part-w2 lit")

    slider = drawing.get_by_role("slider", name="w₁")
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "−5.00")
    expect(words).to_contain_text("w₁ = −5.00")
    page.keyboard.press("ArrowRight")  # the lesson's key for the next step, elsewhere
    expect(words).to_contain_text("w₁ = −4.95")
    drawing.get_by_role("button", name="As at first").click()
    expect(words).to_contain_text("w₁ = −0.94")

    handle = drawing.locator("circle[data-drag=w1]")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y, steps=4)
    page.mouse.up()
    expect(words).not_to_contain_text("w₁ = −0.94")
    expect(words).to_contain_text("w₂ = 1.11")


def play_four_times_as_fast(page: Page) -> None:
    pace = page.get_by_role("radio", name="4×", exact=True)
    pace.click(timeout=PATIENCE)
    expect(pace).to_be_checked(timeout=PATIENCE)


def the_cost_chart_covers_nothing(page: Page) -> None:
    """The axis has its numbers above its title, and the curves have more room than both.

    All is measured at one moment: Plotly makes the text of an axis anew whenever the chart gets another size.
    """
    heading(page, "Dead units")
    wait_for_epoch(page, 0)
    page.wait_for_function(
        """() => {
            const all = (name) => [...document.querySelectorAll(`.dnn-chart ${name}`)];
            const boxes = (name) => all(name).map((e) => e.getBoundingClientRect());
            const middle = (box) => box.top + box.height / 2;
            const [title] = boxes('.xtitle'), [plot] = boxes('.nsewdrag'), numbers = boxes('.xtick text');
            return title?.height > 0 && plot?.height > 60 && numbers.length > 0
                && numbers.every((number) => number.height > 0 && middle(number) < middle(title) - 12);
        }""",
        timeout=PATIENCE,
    )
    hollow = page.locator(".dnn-time-handle").evaluate("e => getComputedStyle(e, '::after').backgroundColor")
    assert hollow == "rgba(0, 0, 0, 0)"


def a_step_is_taken_to_the_playground(page: Page) -> None:
    page.get_by_role("button", name="Open in the playground").click()
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "5", timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"layers=12-12.*learning_rate=5\.0"), timeout=PATIENCE)
    expect(page.get_by_role("link", name="Lessons")).to_have_attribute("href", re.compile("^lessons"))  # to the list
    page.go_back()
    heading(page, "Dead units")


def a_lesson_fits_a_small_screen(page: Page) -> None:
    for locator in (page.locator(".dnn-boundary"), page.locator(".st-key-lesson_next"), page.locator(".st-key-play")):
        box = locator.bounding_box(timeout=PATIENCE)
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390


def a_step_opens_what_it_speaks_of_and_goes_back_to_an_epoch(page: Page) -> None:
    heading(page, "Dead units")
    wait_for_epoch(page, 0)
    health, cost = (page.get_by_role("tab", name=name, exact=True) for name in ("Health", "Cost"))
    expect(cost).to_have_attribute("aria-selected", "true", timeout=PATIENCE)  # health might tell the answer
    page.get_by_text("Few of them").click()
    expect(health).to_have_attribute("aria-selected", "true", timeout=PATIENCE)
    play_four_times_as_fast(page)
    page.get_by_role("button", name="Play", exact=True).click(timeout=PATIENCE)
    wait_for_epoch(page, 60)
    page.get_by_role("button", name="Go back to epoch 1").click(timeout=PATIENCE)
    wait_for_epoch(page, 1)
    page.get_by_role("button", name="Return to the end").click(timeout=PATIENCE)
    wait_for_epoch(page, 60)


def a_step_that_asks_nothing_opens_what_it_speaks_of(page: Page) -> None:
    heading(page, "A ravine from above")
    expect(page.get_by_role("radio", name="Landscape")).to_be_checked(timeout=PATIENCE)
    expect(page.get_by_role("tab", name="Cost", exact=True)).to_have_attribute("aria-selected", "true")
