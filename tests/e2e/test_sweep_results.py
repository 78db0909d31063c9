"""The results of a sweep in a browser: what is marked in one place is marked everywhere, and a file comes back."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.playground import go

WAIT = 60_000
LINK = (
    "samples=60&layers=3&data=plane&axis.1=training.learning_rate:0.01,0.1"
    '&axis.2=network.activation:"tanh","linear"&sweep.epochs=5'
)


def part(page: Page, name: str) -> Locator:
    """Where Plotly takes the mouse in the newest chart of this name."""
    return page.locator(f"[class*=st-key-sweep-{name}-] .js-plotly-plot .nsewdrag")


def expect_marked(page: Page, *cells: int) -> None:
    """These cells, by their runs, are marked in the grid; the page says so."""
    expect(page.locator(".dnn-sweep-cell[data-marked]")).to_have_count(len(cells), timeout=WAIT)
    for cell in cells:
        expect(page.locator(f'.dnn-sweep-cell[data-run="{cell}"]')).to_have_attribute("data-marked", "")


def test_marks_go_from_picture_to_picture_and_results_into_a_file_and_back(
    page: Page, server: str, tmp_path: Path
) -> None:
    page.goto(f"{server}/sweep?{LINK}")
    panel = page.get_by_test_id("group-panel")
    expect(panel).to_have_attribute("data-state", "paused", timeout=WAIT)
    page.keyboard.press(" ")
    expect(panel).to_have_attribute("data-epoch", "5", timeout=WAIT)
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("at epoch 5", exact=True)).to_be_visible()

    # a click on the upper left cell of the map: learning rate 0.01, linear, which is the second run
    part(page, "map").scroll_into_view_if_needed()
    box = part(page, "map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4, steps=5)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("Linear")
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text("Marked: 0.01, Linear")).to_be_visible(timeout=WAIT)
    expect_marked(page, 1)

    # a brush over the lower end of the first axis: both cells with 0.01
    chart = page.locator("[class*=st-key-sweep-lines-] .js-plotly-plot")
    part(page, "lines").scroll_into_view_if_needed()
    box = part(page, "lines").bounding_box()
    assert box is not None
    count = chart.locator(".annotation", has_text=re.compile("^(Learning.*|Activation|Test.*)$")).count()
    x = box["x"] + box["width"] * 0.1 / (count - 1 + 0.2)
    page.mouse.move(x - 12, box["y"] + box["height"] * 0.7)
    page.mouse.down()
    page.mouse.move(x + 12, box["y"] + box["height"] * 0.95, steps=5)
    page.mouse.up()
    expect(page.get_by_text("2 cells are marked.")).to_be_visible(timeout=WAIT)
    expect_marked(page, 0, 1)

    # and back: from the large cell in the grid
    page.locator('.dnn-sweep-cell[data-run="1"]').click()
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(page.get_by_text("Marked: 0.01, Tanh")).to_be_visible(timeout=WAIT)
    expect_marked(page, 0)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect_marked(page)

    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Results (JSON)").click()
    path = tmp_path / "results.jsonl"
    downloaded.value.save_as(path)
    assert len(path.read_text().splitlines()) == 1 + 4
    go(page, f"/sweep?{LINK.replace('sweep.epochs=5', 'sweep.epochs=6')}")
    expect(page.get_by_role("spinbutton", name="Epochs")).to_have_value("6", timeout=WAIT)
    expect(panel).to_have_attribute("data-state", "paused", timeout=WAIT)
    page.get_by_role("button", name="Open results").click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("there epochs is 5, not 6")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Open that sweep instead").click()
    expect(page.get_by_role("heading", name="Results of a file")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible(timeout=WAIT)


def test_a_large_sweep_trains_in_the_background_and_ends_with_its_tab(page: Page, server: str) -> None:
    rates = ",".join(f"{number / 1000:g}" for number in range(1, 301))
    address = f"{server}/sweep?samples=60&layers=3&axis.1=training.learning_rate:{rates}&sweep.epochs="
    start = re.compile("^Train 300 runs in the background")
    page.goto(f"{address}100000")
    page.get_by_role("button", name=start).click(timeout=WAIT)
    expect(page.get_by_text(re.compile("^0 of 300 runs"))).to_be_visible(timeout=WAIT)
    page.reload()
    expect(page.get_by_text(re.compile(r"^\d+ of 300 runs"))).to_be_visible(timeout=WAIT)
    other = page.context.new_page()
    page.close()
    other.goto(f"{address}2")
    other.get_by_role("button", name=start).click(timeout=WAIT)  # it waits for the first one where there are few cores
    expect(other.get_by_text("All 300 runs are done.")).to_be_visible(timeout=WAIT)
    expect(other.get_by_text(re.compile("^Best: "))).to_be_visible(timeout=WAIT)
