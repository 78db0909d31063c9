"""One example step by step on the diagram, in a browser: forward, back, an update, and into Inside one step."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import PANEL, open_page
from tests.e2e.test_inside import at_stop
from tests.e2e.test_people import nothing_serious


def test_an_example_is_followed_to_the_new_weights_and_into_its_matrices(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server, "?layers=3-2&batch_size=1&learning_rate=0.3")
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
    assert console_errors == []
