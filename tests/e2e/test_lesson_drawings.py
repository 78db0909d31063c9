"""A step's drawing in a browser: words light up its parts, and its numbers change by slider and by dragging."""

from playwright.sync_api import Page, expect

PATIENCE = 60_000  # milliseconds: the machine may be slow and shared


def test_a_drawing_is_tied_to_the_words_of_its_step(page: Page, server: str) -> None:
    page.goto(f"{server}/lessons?lesson=one-neuron&step=1")
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
