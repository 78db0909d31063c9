"""The plane of the inputs in a real browser: decisions, errors, several classes, numbers, and the surface."""

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from dnn import Experiment
from dnn.experiment.links import to_query
from tests.e2e.playground import (
    PANEL,
    colours_of,
    open_page,
    pause,
    visit,
    wait_for,
    wait_for_charts,
    wait_until_it_rests,
)

CANVAS = ".dnn-boundary canvas"
PICTURE = "() => document.querySelector('.dnn-boundary canvas').toDataURL()"
CLASSES = ("</script><b>q", "&lt;")
INPUTS = ("<i>a very long name of a column & more", "%{x}")


def share_of_the_strong_colour(page: Page) -> float:
    """The share of the plane that has exactly the colour of its top left corner."""
    return page.evaluate(
        """selector => {
            const canvas = document.querySelector(selector);
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const pixels = new Uint32Array(data.buffer);
            return pixels.filter((pixel) => pixel === pixels[0]).length / pixels.length;
        }""",
        CANVAS,
    )


def wait_for_another_picture(page: Page, before: str) -> None:
    page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before)


def test_the_plane_is_square_and_shows_errors_formulas_numbers_classes_names_and_decisions(
    page: Page, server: str
) -> None:
    open_page(page, server, "?data=circles&layers=none")  # a line has half of a ring wrong
    examples_that_the_network_has_wrong_get_a_ring(page)
    visit(page, "?data=circles&layers=none&features=x1^2,x2^2&learning_rate=1")
    formulas_solve_circles_without_a_hidden_layer(page)
    visit(page, "?data=bumps&layers=6")
    numbers_are_predicted_over_the_plane(page)
    visit(page, "?data=blobs&data.classes=4&layers=6&learning_rate=0.1")
    several_classes_share_the_plane_and_have_an_output_each(page)
    visit(page, f"?{urlencode(to_query(Experiment.of(data={'dataset': strangely_named()})))}")
    a_visitors_names_are_text_and_long_ones_are_shortened(page)
    visit(page, "?data=blobs")
    it_can_show_decisions_instead_of_probabilities_from_any_threshold_on(page)
    wait_for_charts(page)
    a_plane_of_like_axes_is_square_on_every_screen(page)
    examples_for_the_test_can_be_put_away(page)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'playing'")
    space_pauses_after_a_click_on_a_button_and_presses_the_one_that_keys_came_to(page)


def it_can_show_decisions_instead_of_probabilities_from_any_threshold_on(page: Page) -> None:
    wait_for(page, "+d.epoch > 20")
    pause(page)
    soft = colours_of(page, CANVAS)
    before = page.evaluate(PICTURE)
    page.get_by_label("Discretise").check()
    wait_for_another_picture(page, before)
    assert colours_of(page, CANVAS) < soft / 3
    half, before = share_of_the_strong_colour(page), page.evaluate(PICTURE)
    page.get_by_label("Threshold").fill("0.95")
    wait_for_another_picture(page, before)
    assert abs(share_of_the_strong_colour(page) - half) > 0.01
    page.get_by_label("Discretise").uncheck()


def examples_that_the_network_has_wrong_get_a_ring(page: Page) -> None:
    wait_for(page, "+d.epoch > 5")
    page.keyboard.press("Space")
    wait_for(page, "d.state === 'paused'")
    wait_until_it_rests(page, f"({PICTURE})()")
    ringed = page.evaluate(PICTURE)
    page.get_by_label("Errors").uncheck()
    wait_for_another_picture(page, ringed)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'playing'")


def several_classes_share_the_plane_and_have_an_output_each(page: Page) -> None:
    panel = page.locator(PANEL)
    wait_for(page, "+d.epoch > 40")
    wait_for_charts(page)
    expect(panel.locator(".dnn-boundary .legendtext")).to_have_text([f"class {k}" for k in range(4)])
    expect(panel.locator(".dnn-threshold")).to_be_hidden()
    page.get_by_label("Discretise").check()
    page.wait_for_timeout(200)
    found = page.evaluate(
        """selector => {
            const canvas = document.querySelector(selector), { width, height } = canvas;
            const at = (x, y) => canvas.getContext('2d').getImageData(x, y, 1, 1).data.join();
            const [low, high] = [0.08, 0.92];
            const places = [[0.5, low], [high, 0.5], [0.5, high], [low, 0.5]];
            return new Set(places.map(([x, y]) => at(width * x, height * y))).size;
        }""",
        CANVAS,
    )
    assert found == 4  # each cloud lies in a region of its own
    page.get_by_label("Discretise").uncheck()


def numbers_are_predicted_over_the_plane(page: Page) -> None:
    panel = page.locator(PANEL)
    wait_for(page, "+d.epoch > 5")
    wait_for_charts(page)
    expect(panel.locator(".dnn-boundary .legendtext")).to_have_text(["train", "test"])
    expect(page.get_by_label("Errors")).to_be_hidden()
    assert colours_of(page, CANVAS) > 50


def formulas_solve_circles_without_a_hidden_layer(page: Page) -> None:
    wait_for(page, "+d.epoch > 60")
    accuracy = page.locator("[data-number=test_accuracy]").inner_text()
    assert float(accuracy.removesuffix(" %")) > 95


def strangely_named() -> dict[str, object]:
    rows = [[0.1 * k, (k * 7 % 10) / 10, k % 2] for k in range(20)]
    return {"kind": "own", "rows": rows, "classes": CLASSES, "inputs": INPUTS}


def a_visitors_names_are_text_and_long_ones_are_shortened(page: Page) -> None:
    panel = page.locator(PANEL)
    expect(panel.locator(".dnn-boundary .legendtext")).to_have_text([CLASSES[0], "test", CLASSES[1], "test"])
    expect(panel.locator(".dnn-boundary .legendtext *[style*='bold']")).to_have_count(0)
    expect(panel.locator(".dnn-boundary .xtitle")).to_have_text(INPUTS[0])
    expect(panel.locator(".dnn-boundary .ytitle")).to_have_text(INPUTS[1])
    expect(panel.get_by_role("button", name=f"See {INPUTS[0]}")).to_have_attribute("title", f"See {INPUTS[0]}")


def a_plane_of_like_axes_is_square_on_every_screen(page: Page) -> None:
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            """() => {
                const box = document.querySelector('.dnn-boundary .nsewdrag').getBoundingClientRect();
                const field = document.querySelector('.dnn-boundary > canvas').getBoundingClientRect();
                const square = Math.abs(box.width - box.height) < 1.5 && box.width > 150;
                return square && Math.abs(field.width - box.width) < 1;
            }"""
        )
    page.set_viewport_size({"width": 1440, "height": 900})


def examples_for_the_test_can_be_put_away(page: Page) -> None:
    shown = page.locator(".dnn-boundary .scatterlayer .point")
    expect(shown).to_have_count(500)
    page.get_by_label("Test data").uncheck()
    expect(shown).to_have_count(350)
    page.get_by_role("button", name="New weights").click()
    expect(shown).to_have_count(350)
    page.get_by_label("Test data").check()
    expect(shown).to_have_count(500)


def space_pauses_after_a_click_on_a_button_and_presses_the_one_that_keys_came_to(page: Page) -> None:
    panel = page.get_by_test_id("live-panel")
    page.get_by_role("button", name="Add a hidden layer").click()
    expect(page.get_by_text("3 hidden layers")).to_be_visible()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-state", "paused")
    expect(page.get_by_text("3 hidden layers")).to_be_visible()
    page.get_by_role("button", name="Add layer").click()
    expect(page.get_by_text("4 hidden layers")).to_be_visible()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-state", "playing")
    page.locator(".dnn-builder > div button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_text("5 hidden layers")).to_be_visible()
