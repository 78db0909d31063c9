"""One example step by step on the diagram, and the landscape of the cost, in a browser.

The example goes forward, back, through an update and into Inside one step. The landscape stands under the plane while
it trains, is read by keyboard, and has a page of its own.
"""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import PANEL, open_page, play, visit, wait_for
from tests.e2e.test_inside import at_stop
from tests.e2e.test_people import nothing_serious

WAIT = 60_000
BOX = ".dnn-landscape"


def wait_for_picture(page: Page, side: int = 51, form: str = "contours") -> int:
    """The number of a picture that is drawn, with so many points on a side."""
    drawn = f"{BOX}[data-side='{side}'][data-form={form}][data-drawn]"
    return int(page.locator(drawn).get_attribute("data-drawn", timeout=WAIT) or 0)


def test_an_example_is_followed_to_the_new_weights_and_the_landscape_is_refreshed_while_it_trains(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server, "?layers=3-2&batch_size=1&learning_rate=0.3")
    an_example_is_followed_to_the_new_weights_and_into_its_matrices(page)
    visit(page, "?layers=4&samples=100")
    play(page)
    the_landscape_is_refreshed_while_it_trains_and_has_a_page_of_its_own(page)
    assert console_errors == []


def an_example_is_followed_to_the_new_weights_and_into_its_matrices(page: Page) -> None:
    steps = page.get_by_role("button", name="One example in steps")
    steps.click()
    bar = page.get_by_role("region", name="One example, step by step")
    sentence = bar.get_by_role("status")
    expect(sentence).to_contain_text("goes in: x₁ = ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()  # it is paused, and the page knows
    expect(bar.get_by_role("button", name="The stop after (→)")).to_be_focused()
    row = bar.get_by_label("Example").input_value()
    for _ in range(8):  # three layers of two stops each, and the loss
        page.keyboard.press("ArrowRight")
    expect(bar).to_have_attribute("data-stop", "dz3")
    expect(sentence).to_have_text(re.compile(r"Output: dz = ŷ − y = .+ = .+\."))
    nothing_serious(page, "steps on the diagram", ".dnn-network")
    page.keyboard.press("ArrowLeft")
    expect(sentence).to_contain_text("The network answers ŷ = ")
    bar.get_by_role("button", name="The stop after (→)").click()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(bar).to_have_attribute("data-stop", "new_w1")
    moved = re.search(r"Loss: ([\d.]+) → ([\d.]+)\.", sentence.inner_text())
    assert moved is not None
    before, after = map(float, moved.groups())
    assert after < before
    epoch = page.locator(PANEL).get_attribute("data-epoch")
    bar.get_by_role("button", name="Train with one batch").click()
    expect(bar).to_have_attribute("data-stop", "x")
    expect(page.locator("[data-number=batch]")).to_contain_text("batch")
    assert page.locator(PANEL).get_attribute("data-epoch") == epoch
    bar.get_by_role("button", name="The stop after (→)").click()
    bar.get_by_role("button", name="The matrices of this stop").click()
    at_stop(page, "z1")
    expect(page.get_by_role("spinbutton", name="First example")).to_have_value(row)
    page.get_by_role("link", name="Playground").first.click()
    expect(bar).to_have_attribute("data-stop", "z1")  # where it was left
    expect(sentence).to_contain_text("what comes in, times the weights")
    bar.get_by_role("button", name="The stop after (→)").press("Escape")
    expect(bar).to_be_hidden()
    expect(steps).to_be_focused()


def the_landscape_is_refreshed_while_it_trains_and_has_a_page_of_its_own(page: Page) -> None:
    wait_for(page, "+d.epoch > 5")
    boundary = page.get_by_role("radio", name="Boundary")
    boundary.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # over 3-D
    expect(page.get_by_role("radio", name="Landscape")).to_be_checked()
    expect(page.get_by_label("Discretise")).to_be_hidden()
    first = wait_for_picture(page)
    page.wait_for_function(
        "([box, first]) => Number(document.querySelector(box).dataset.drawn) > first + 1",
        arg=[BOX, first],
        timeout=WAIT,
    )
    chart = page.locator(f"{BOX} [role=img]")
    expect(chart.locator(".contourlayer path.js-fill, .contourlayer .contourfill path").first).to_be_attached()
    expect(chart.locator(".scatterlayer .point").nth(5)).to_be_attached()
    said = re.compile(
        r"^Landscape of the cost around the weights of epoch \d+\. Here: cost \d.*holds \d+% of the variance"
    )
    expect(chart).to_have_attribute("aria-label", said)

    chart.focus()
    page.keyboard.press("Home")
    point = page.locator(f"{BOX} [role=status]", has_text="true cost")
    expect(point).to_have_text(re.compile(r"^Epoch 0: true cost \d.* away from the plane$"))
    page.keyboard.press("ArrowRight")
    expect(point).to_have_text(re.compile(r"^Epoch [1-9]"))

    page.get_by_label("Directions").select_option("random")
    page.get_by_role("button", name="Other directions").click()
    expect(chart.locator(".xtitle")).to_have_text("first random direction", timeout=WAIT)
    page.get_by_text(re.compile(r"^What this picture hides \(\d\)$")).click()
    expect(page.locator(f"{BOX} li", has_text="The rest of the way lies outside the picture.")).to_be_visible()
    boundary.check(force=True)
    expect(page.get_by_label("Discretise")).to_be_visible()

    page.get_by_role("link", name="Landscape").click()
    panel = page.get_by_test_id("group-panel")
    expect(panel).to_have_attribute("data-state", "playing", timeout=WAIT)
    page.get_by_label("View").select_option("surface")
    wait_for_picture(page, form="surface")
    expect(page.locator(f"{BOX} .gl-container canvas").first).to_be_attached(timeout=WAIT)
    before = int(panel.get_attribute("data-epoch") or 0)
    page.wait_for_function(
        "(before) => +document.querySelector('[data-testid=group-panel]').dataset.epoch > before", arg=before
    )
    page.locator("h2").click()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-state", "paused")
