"""The grid of a sweep in a browser: it plays, mouse and keys reach its cells, and one opens in the playground."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.playground import HIDE
from tests.e2e.test_people import violations

WAIT = 60_000
LINK = (
    "samples=60&layers=3&axis.1=training.learning_rate:0.1,100,1000"
    '&axis.2=network.activation:"tanh","linear"&axis.3=training.l2:0,1&sweep.epochs=30&data=plane'
)

COLORS = """(button) => {
  const canvas = button.querySelector('canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""

STRETCHED_BY_A_MESSAGE = """() => {
  const cells = document.querySelector('.dnn-sweep-cells'), notice = document.createElement('p');
  const before = cells.getBoundingClientRect().x;
  notice.textContent = 'a long message '.repeat(40);
  document.querySelector('.dnn-sweep .dnn-notices').append(notice);
  const moved = cells.getBoundingClientRect().x - before;
  notice.remove();
  return moved;
}"""


def test_a_sweep_from_play_to_the_playground(page: Page, server: str) -> None:
    page.goto(f"{server}/sweep?{LINK}")
    panel, cells = page.get_by_test_id("group-panel"), page.locator(".dnn-sweep-cell")
    expect(panel).to_have_attribute("data-state", "paused", timeout=WAIT)
    expect(cells).to_have_count(6)
    expect(page.locator(".dnn-column-labels")).to_have_text("0.11001000")
    expect(page.locator(".dnn-row-labels")).to_have_text("LinearTanh")
    expect(page.get_by_text("Learning rate: 1000 is not allowed")).to_be_visible()
    expect(page.locator(".dnn-notice:visible")).to_have_count(0)  # nothing was lost
    assert page.evaluate(STRETCHED_BY_A_MESSAGE) == 0

    # every cell that can learns, at one epoch, and pauses where it should; the others say why not
    page.keyboard.press(" ")
    expect(panel).to_have_attribute("data-state", "playing", timeout=WAIT)
    page.evaluate(HIDE, True)
    expect(page).to_have_title(re.compile("^⏸"))  # out of sight it waits
    page.evaluate(HIDE, False)
    expect(panel).to_have_attribute("data-epoch", "30", timeout=WAIT)
    expect(panel).to_have_attribute("data-state", "paused")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.locator('[data-rank="1"]')).to_have_attribute(
        "aria-label", re.compile(r"^Learning rate 0\.1, .*: epoch 30, test cost [\d.]+$")
    )
    assert cells.nth(3).evaluate(COLORS) > 10
    diverged = page.locator('[data-ended="2"]').first
    expect(diverged).to_have_attribute("aria-label", re.compile(r"^Learning rate 100, .*: diverged, epoch \d+"))
    expect(diverged.locator(".dnn-sweep-mark")).to_contain_text("✕")
    expect(cells.nth(2)).to_have_attribute("aria-label", re.compile(r"^Learning rate 1000, .*: .*is not allowed"))
    expect(page.locator(".dnn-sweep-legend")).to_have_text(re.compile(r"^epoch 30 · framed: the best · ✕ diverged: \d"))

    # one cell large: the best, then one that is clicked, then those that the arrow keys go to
    detail = page.get_by_role("region", name="One cell")
    expect(detail).to_contain_text("The best so far")
    cells.nth(1).click()
    expect(detail).to_contain_text("Learning rate 100, Activation Linear, L2 0")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(3)).to_be_focused()
    expect(detail).to_contain_text("Learning rate 0.1, Activation Tanh, L2 0")
    expect(detail.locator("canvas").first).to_be_visible()

    assert violations(page) == []
    page.keyboard.press("k")
    expect(page.get_by_text("Kept: 1 of 24 on the shelf.")).to_be_visible()

    # the slider shows the next layer of the same runs
    page.get_by_role("slider", name="L2").first.press("ArrowRight")
    expect(cells.nth(3)).to_have_attribute("aria-label", re.compile("L2 1: epoch 30"), timeout=WAIT)
    cells.nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("live-panel")).to_have_attribute("data-state", "playing", timeout=WAIT)
    expect(page).to_have_url(re.compile(r"\?(?=.*learning_rate=0\.1)(?=.*l2=1)(?!.*axis)"))
    page.get_by_role("link", name="Sweep").click()
    expect(cells).to_have_count(6, timeout=WAIT)
    expect(page.get_by_label("Across: values")).to_have_value("0.1, 100, 1000")
