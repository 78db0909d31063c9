"""The cost chart and the transport in a real browser: tabs, axes, smoothing, marks, numbers, keys and stopping."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.playground import PANEL, open_page, play, visit, visit_page, wait_for

CHART = "document.querySelector('.dnn-chart .js-plotly-plot')"
NOTICE = ".dnn-notice:not(.dnn-waited)"


def wait_for_chart(page: Page) -> None:
    page.wait_for_selector(".dnn-chart .scatterlayer path", state="attached")


def names_of_lines(page: Page) -> list[str]:
    found: list[str] = page.evaluate(f"() => {CHART}.data.map(line => line.name)")
    return found


# the chart


def test_tabs_axes_smoothing_numbers_and_marks_of_the_cost_chart(
    page: Page, server: str, console_errors: list[str]
) -> None:
    open_page(page, server, "?schedule=cosine&learning_rate=1&data.noise=0.4")
    wait_for_chart(page)
    tabs_by_mouse_and_by_arrow_keys(page)
    both_axes_can_be_logarithmic(page)
    the_numbers_are_a_table_that_adds_up(page)
    smoothing_leaves_the_raw_curves_faintly_behind(page)
    the_transport_is_one_row_on_a_wide_screen_and_wraps_on_a_phone(page)
    play(page)
    it_pauses_at_the_epoch_that_was_asked_for_and_goes_on(page)
    a_setting_changed_while_it_plays_is_marked_with_what_changed(page)
    batches_undo_and_the_table_of_keys_by_keyboard(page)
    visit(page, "?data=plane")
    regression_has_its_error_and_no_accuracy(page)
    visit_page(page, "lessons", "?lesson=one-hidden&step=2")
    the_axis_title_and_its_numbers_stand_apart_and_nothing_is_cut_in_both_languages(page)
    visit_page(page, "", "?data=weather&lang=zh")
    the_numbers_call_the_classes_what_the_legend_calls_them(page)
    assert console_errors == []


def tabs_by_mouse_and_by_arrow_keys(page: Page) -> None:
    tabs = page.get_by_role("tablist", name="Charts").get_by_role("tab")
    assert tabs.all_text_contents() == ["Cost", "Accuracy", "Rate", "Numbers", "Health"]
    page.get_by_role("tab", name="Accuracy").click()
    expect(page.get_by_role("tabpanel", name="Accuracy")).to_be_visible()
    page.wait_for_function(f"() => {CHART}.data[0].y.length > 5 && {CHART}.data[0].y.every(y => y >= 0 && y <= 1)")
    expect(page.get_by_role("button", name="log y")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Rate")).to_be_focused()
    assert names_of_lines(page) == ["learning rate"]
    page.wait_for_function(f"() => {{ const {{ y }} = {CHART}.data[0]; return y.length > 5 && y.at(-1) < y[0]; }}")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Health")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Numbers")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Rate")).to_have_attribute("tabindex", "-1")
    expect(page.locator(".dnn-chart")).to_be_hidden()
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Cost")).to_be_focused()
    expect(page.get_by_role("img", name=re.compile("^Cost against epoch: epoch"))).to_be_visible()


def both_axes_can_be_logarithmic(page: Page) -> None:
    axes = f"() => [{CHART}._fullLayout.xaxis.type, {CHART}._fullLayout.yaxis.type]"
    assert page.evaluate(axes) == ["linear", "linear"]
    for name in ("log x", "log y"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(axes) == ["log", "log"]
    page.get_by_role("tab", name="Numbers").click()
    page.get_by_role("tab", name="Cost").click()
    assert page.evaluate(axes) == ["log", "log"]
    page.get_by_role("button", name="log x").click()
    assert page.evaluate(axes) == ["linear", "log"]
    page.get_by_role("button", name="log y").click()
    assert page.evaluate(axes) == ["linear", "linear"]


def smoothing_leaves_the_raw_curves_faintly_behind(page: Page) -> None:
    page.get_by_role("tab", name="Cost").click()
    page.get_by_role("button", name="smooth: none").click()
    page.get_by_role("button", name="smooth: some").click()
    expect(page.get_by_role("button", name="smooth: much")).to_be_visible()
    lines = page.evaluate(f"() => {CHART}.data.map(({{ name, opacity, y }}) => ({{ name, opacity, y: [...y] }}))")
    raw, smooth = lines[0], lines[2]
    assert (raw["name"], smooth["name"], len(lines)) == ("train", "train", 4)
    assert raw["opacity"] < 0.5
    assert wiggles(smooth["y"]) < 0.3 * wiggles(raw["y"])
    page.get_by_role("button", name="smooth: much").click()
    assert names_of_lines(page) == ["train", "test"]


def wiggles(values: list[float]) -> float:
    """How much a curve turns, once its first fall is over."""
    late = values[15:]
    return sum(abs(a - 2 * b + c) for a, b, c in zip(late, late[1:], late[2:], strict=False))


def the_numbers_are_a_table_that_adds_up(page: Page) -> None:
    page.get_by_role("tab", name="Numbers").click()
    table = page.get_by_role("table", name="150 test examples: true class in rows, predicted class in columns")
    expect(table.get_by_role("columnheader")).to_have_text(["as class 0", "as class 1", "recall"])
    expect(table.get_by_role("rowheader")).to_have_text(["class 0", "class 1", "precision"])
    wait_for(page, "+d.epoch > 40")
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    page.wait_for_function(
        """() => {
            const cells = [...document.querySelectorAll('.dnn-report table td')].map((cell) => cell.textContent);
            const counts = cells.filter((cell) => /^[0-9]+$/.test(cell)).map(Number);
            const accuracy = `${(100 * (counts[0] + counts[3]) / 150).toFixed(1)} %`;
            return counts.reduce((sum, count) => sum + count, 0) === 150
                && document.querySelector('[data-number=test_accuracy]').textContent === accuracy;
        }"""
    )


def regression_has_its_error_and_no_accuracy(page: Page) -> None:
    expect(page.get_by_role("tab")).to_have_text(["Cost", "Error", "Numbers", "Health"])
    expect(page.locator("[data-number=test_accuracy]")).to_be_hidden()
    page.get_by_role("tab", name="Numbers").click()
    expect(page.get_by_role("rowheader")).to_have_text(["R²", "RMSE"])


def the_numbers_call_the_classes_what_the_legend_calls_them(page: Page) -> None:
    page.get_by_role("tab", name="数字").click()
    table = page.locator(".dnn-report table")
    expect(table.get_by_role("rowheader").nth(1)).to_have_text("下雨")
    expect(table.get_by_role("columnheader").nth(1)).to_have_text("判为 下雨")


def the_axis_title_and_its_numbers_stand_apart_and_nothing_is_cut_in_both_languages(page: Page) -> None:
    page.locator(".st-key-lesson-text").get_by_text(re.compile(r"^About ln 2 = 0\.69")).click()
    page.get_by_test_id("live-panel").wait_for()
    page.locator(".st-key-play button:enabled").first.click(timeout=30_000)
    wait_for(page, "d.epoch === '1'")
    axis_title_and_numbers_stand_apart(page, "cost")
    page.get_by_role("radio", name="中文").click()
    axis_title_and_numbers_stand_apart(page, "代价")


def axis_title_and_numbers_stand_apart(page: Page, title: str) -> None:
    expect(page.locator(".dnn-chart .ytitle")).to_have_text(title)
    page.wait_for_function("() => document.querySelectorAll('.dnn-chart .ytick').length > 1")
    page.wait_for_function(
        """() => {
            const all = (name) => [...document.querySelectorAll(`.dnn-chart ${name}`)];
            const boxes = (name) => all(name).map((e) => e.getBoundingClientRect());
            const [title] = boxes('.ytitle'), [epoch] = boxes('.xtitle');
            const chart = document.querySelector('.dnn-chart')?.getBoundingClientRect();
            if (!title || !epoch || !chart) return false;  // the switch has the panel drawn anew
            return boxes('.ytick text').every((b) => b.left >= title.right) && title.left >= chart.left - 1
                && boxes('.xtick text').every((b) => b.right <= chart.right) && epoch.bottom <= innerHeight;
        }"""
    )


# marks and transport


def it_pauses_at_the_epoch_that_was_asked_for_and_goes_on(page: Page) -> None:
    panel = page.locator(PANEL)
    page.locator("body").press("t")
    epoch = page.get_by_role("spinbutton", name="Epoch")
    expect(epoch).to_be_focused()
    at = int(panel.get_attribute("data-epoch") or 0) + 100
    epoch.fill(str(at))
    epoch.press("Enter")
    page.keyboard.press("Escape")
    wait_for(page, "d.state === 'paused'")
    expect(panel).to_have_attribute("data-epoch", str(at))
    expect(page.locator(NOTICE)).to_have_text(f"Paused at epoch {at}, as asked.")
    play(page)
    wait_for(page, f"+d.epoch > {at} && d.state === 'playing'")
    expect(page.locator(NOTICE)).to_be_hidden()


def a_setting_changed_while_it_plays_is_marked_with_what_changed(page: Page) -> None:
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    mark = page.get_by_role("button", name=re.compile(r"^Epoch \d+: learning rate 1 → 3$"))
    expect(mark).to_be_visible()
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    page.wait_for_timeout(300)
    box, epoch = mark.bounding_box(), re.findall(r"\d+", mark.get_attribute("aria-label") or "")[0]
    place = """epoch => {
        const { xaxis } = CHART._fullLayout;
        return CHART.getBoundingClientRect().x + xaxis._offset + xaxis.d2p(epoch);
    }"""
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(page.evaluate(place.replace("CHART", CHART), int(epoch)), abs=1)
    mark.hover(position={"x": 8, "y": 4})
    expect(page.locator(".dnn-mark-text")).to_contain_text("learning rate 1 → 3")
    page.keyboard.press("r")
    wait_for(page, "d.epoch === '0'")
    expect(mark).to_have_count(0)


def batches_undo_and_the_table_of_keys_by_keyboard(page: Page) -> None:
    body = page.locator("body")
    body.press("b")
    wait_for(page, "d.state === 'paused'")
    expect(page.locator(PANEL)).to_contain_text(re.compile(r"Epoch · batch \d+ of 35"))
    body.press("n")
    expect(page).to_have_url(re.compile("draw=1"))
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()
    body.press("u")
    expect(page).not_to_have_url(re.compile("draw=1"))
    expect(page.get_by_role("button", name="Redo", exact=True)).to_be_enabled()
    body.press("Control+y")
    expect(page).to_have_url(re.compile("draw=1"))
    body.press("Control+z")
    expect(page).not_to_have_url(re.compile("draw=1"))
    body.press("?")
    expect(page.get_by_role("table").filter(has_text="play or pause")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("table").filter(has_text="play or pause")).to_have_count(0)
    body.press("v")
    expect(page.get_by_role("slider", name="Speed")).to_be_focused()


def the_transport_is_one_row_on_a_wide_screen_and_wraps_on_a_phone(page: Page) -> None:
    keys = ("play", "step", "batch", "reset", "new_weights", "undo", "redo", "stop", "keys")
    boxes = [page.locator(f".st-key-{key} button:visible").first.bounding_box() for key in keys]
    tops = {round(box["y"]) for box in boxes if box}
    assert max(tops) - min(tops) <= 2, boxes
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    boxes = [page.locator(f".st-key-{key} button:visible").first.bounding_box() for key in keys]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes), boxes
    tops = {round(box["y"]) for box in boxes if box}
    assert max(tops) - min(tops) < 110, boxes  # three rows
    page.set_viewport_size({"width": 1440, "height": 900})
