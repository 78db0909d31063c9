"""What the scripts and styles suppose of Streamlit's page and of Plotly is so: if not, a new version has changed it.

Where this fails, look at ``dnn/ui/live/static/streamlit_dom.js`` and ``dnn/ui/page.css`` first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dnn import ui
from dnn.ui.navigation import NO_SIDEBAR
from tests.e2e.playground import PANEL, open_page, pause

STYLES = Path(ui.__file__).with_name("page.css").read_text(encoding="utf-8") + NO_SIDEBAR
NAMED = set(re.findall(r'data-testid="?(st\w+)"\]', STYLES))
# Elements that are there only where a file is opened or was refused, columns of a table are chosen, a lesson asks a
# question, or the settings are put away.
SOMETIMES = {
    "stFileUploader",
    "stFileChips",
    "stTooltipErrorHoverTarget",
    "stMultiSelect",
    "stRadio",
    "stRadioGroup",
    "stExpandSidebarButton",
}
THEME = ["text-color", "background-color", "secondary-background-color", "border-color", "primary-color", "font"]


def run(page: Page, code: str, value: object = None) -> Any:
    """What ``code`` returns, which has ``streamlit_dom.js`` as ``dom``, the page's ``keys``, and ``value``."""
    return page.evaluate(
        f"""async (value) => {{
            const load = (name) => import(new URL(`ui/live/static/${{name}}.js`, document.baseURI).href);
            const [dom, {{ KEYS }}] = await Promise.all([load('streamlit_dom'), load('keyboard')]);
            const keys = Object.values(KEYS);
            {code}
        }}""",
        value,
    )


def ids_of(page: Page) -> set[str]:
    return set(page.evaluate("() => [...document.querySelectorAll('[data-testid]')].map((e) => e.dataset.testid)"))


def test_streamlits_page_and_plotlys_charts_are_as_the_scripts_and_styles_suppose(page: Page, server: str) -> None:
    open_page(page, server)
    page.wait_for_function("() => document.querySelector('.dnn-chart .js-plotly-plot .ytick')")
    pause(page)
    plotly_lays_charts_out_where_its_elements_are(page)
    streamlits_page_is_as_the_scripts_and_styles_suppose(page)


def streamlits_page_is_as_the_scripts_and_styles_suppose(page: Page) -> None:
    pressed = "[dom.STREAMLIT.control(key), `[data-pressed-by=${key}]`].some((part) => document.querySelector(part))"
    assert run(page, f"return keys.filter((key) => !{pressed})") == []
    assert run(page, "return document.querySelector(dom.STREAMLIT.button('play')).tagName") == "BUTTON"
    assert run(page, "return document.querySelector(dom.STREAMLIT.transport) !== null")
    link = "[...document.querySelectorAll('p')].find((each) => each.textContent === 'Compare')"
    assert run(page, f"return dom.isPageLink({link})")
    colours = run(page, f"return value.map((name) => dom.themeOf(document.querySelector('{PANEL}'), name))", THEME)
    assert all(colours), colours
    there = ids_of(page)
    assert len(NAMED) > 15
    opens = "return document.querySelector(dom.STREAMLIT.control('stop')).matches(dom.STREAMLIT.opensPopover)"
    assert run(page, opens)
    run(page, "dom.press('stop')")
    field = page.locator("[data-testid=stPopoverBody] input").first
    expect(field).to_be_visible()
    assert run(page, "return document.querySelector(dom.STREAMLIT.popover) !== null")
    run(page, "dom.focusPopover()")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    run(page, "dom.focusFormulas()")
    expect(page.locator(".st-key-formulas input").first).to_be_focused()
    there |= ids_of(page)
    page.get_by_role("button", name="Curve").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_test_id("stPlotlyChart")).to_be_visible()
    there |= ids_of(page)
    assert NAMED - there == SOMETIMES
    expect(page.locator("[data-testid=stSidebar]")).to_have_attribute("data-collapsed", "false")
    assert page.locator("[data-testid=stSidebar] ~ * .st-key-navigation").count() == 1


def plotly_lays_charts_out_where_its_elements_are(page: Page) -> None:
    found = run(
        page,
        """
        const chart = document.querySelector('.dnn-chart .js-plotly-plot'), box = chart.getBoundingClientRect();
        const area = chart.querySelector('.nsewdrag').getBoundingClientRect();
        const ticks = [...chart.querySelectorAll('.xtick text')].map((text) => {
            const { left, width } = text.getBoundingClientRect();
            return [dom.acrossAt(chart, Number(text.textContent.replaceAll(',', ''))), left + width / 2 - area.left];
        });
        const { l, t, w, h } = dom.plotArea(chart), { width, height } = dom.drawnSize(chart);
        return {
            size: [[width, height], [box.width, box.height]],
            plot: [[l, t, w, h], [area.left - box.left, area.top - box.top, area.width, area.height]],
            left: dom.leftMargin(chart), ticks,
        };
        """,
    )
    for ours, seen in (found["size"], found["plot"]):
        assert ours == pytest.approx(seen, abs=1)
    assert found["left"]["margin"] == pytest.approx(found["plot"][0][0], abs=1)
    assert 0 < found["left"]["widest"] < found["left"]["margin"]
    assert len(found["ticks"]) > 1
    for ours, seen in found["ticks"]:
        assert ours == pytest.approx(seen, abs=2)
