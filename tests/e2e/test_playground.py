"""The page in a real browser, used as a visitor would."""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

PANEL = "[data-testid=live-panel]"


def open_page(page: Page, server: str, query: str = "") -> Locator:
    page.goto(f"{server}/{query}")
    panel = page.locator(PANEL)
    expect(panel).to_have_attribute("data-state", "playing", timeout=30_000)
    return panel


def number(panel: Locator, name: str) -> int:
    return int(panel.get_attribute(f"data-{name}") or -1)


def wait_for(page: Page, condition: str) -> None:
    """Wait until the JavaScript ``condition`` on the panel's data attributes, ``d``, holds."""
    page.wait_for_function(f"() => {{ const d = document.querySelector('{PANEL}').dataset; return {condition}; }}")


def wait_for_charts(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelectorAll('.dnn-stage .js-plotly-plot .scatterlayer path').length > 2"
    )


def pause(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    wait_for(page, "d.state === 'paused'")


def colours_of(page: Page, selector: str) -> int:
    """How many different colours a canvas shows."""
    return page.evaluate(
        """selector => {
            const canvas = document.querySelector(selector);
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
        }""",
        selector,
    )


def drag(page: Page, label: str, key: str, times: int = 1) -> None:
    """Move a slider by the keyboard, as a visitor without a mouse would."""
    thumb = page.get_by_role("slider", name=label)
    thumb.focus()
    for _ in range(times):
        thumb.press(key)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_network_is_learning_when_the_page_opens(page: Page, server: str, console_errors: list[str]) -> None:
    panel = open_page(page, server)
    wait_for(page, "+d.epoch > 20 && +d.frame > 5")
    wait_for_charts(page)
    assert colours_of(page, ".dnn-boundary canvas") > 50
    assert colours_of(page, ".dnn-network canvas + canvas") > 50
    expect(panel.locator("[data-number=train_accuracy]")).to_have_text(re.compile(r"^\d+\.\d %$"))
    curves = page.evaluate("() => document.querySelector('.dnn-cost .js-plotly-plot').data.map(line => line.y.length)")
    assert len(curves) == 2
    assert min(curves) > 5
    assert console_errors == []


def test_the_picture_of_the_readme(page: Page, server: str, tmp_path: Path) -> None:
    """Sixty epochs stepped by hand look the same every time; `make picture` says where the picture is to be."""
    panel = open_page(page, server, "?learning_rate=0.1&layers=6-4&data.noise=0.2")
    wait_for_charts(page)
    page.locator("body").press("Space")
    wait_for(page, "d.state === 'paused'")
    page.locator("body").press("r")
    wait_for(page, "d.epoch === '0'")
    for epoch in range(1, 61):
        page.locator("body").press("s")
        wait_for(page, f"d.epoch === '{epoch}'")
    page.wait_for_timeout(500)
    page.screenshot(path=os.environ.get("PICTURE") or tmp_path / "playground.png")
    assert number(panel, "epoch") == 60


def test_learning_rate_batch_size_and_l2_change_while_it_plays(page: Page, server: str) -> None:
    panel = open_page(page, server)
    wait_for(page, "+d.epoch > 10")
    page.get_by_text("Regularisation").click()
    expect(page.get_by_role("slider", name="L2")).to_be_visible()
    for label, word in (("Learning rate", "learning_rate"), ("Batch size", "batch_size"), ("L2", "l2")):
        before = number(panel, "epoch")
        drag(page, label, "ArrowRight")
        expect(page).to_have_url(re.compile(rf"[?&]{word}="))
        wait_for(page, f"+d.epoch > {before + 5} && d.state === 'playing'")


def test_a_change_of_data_or_shape_starts_again_and_goes_on(page: Page, server: str) -> None:
    panel = open_page(page, server)
    wait_for(page, "+d.epoch > 60")
    choose(page, "Data set", "Circles")
    wait_for(page, "+d.epoch < 60")
    wait_for(page, "+d.epoch > 60 && d.state === 'playing'")
    page.get_by_role("button", name="Add layer").click()
    expect(panel.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 4, 2, 2, 1 units"))
    wait_for(page, "+d.epoch > 5 && d.state === 'playing'")
    page.get_by_role("button", name="Remove hidden layer 1").click()
    expect(panel.locator(".dnn-network")).to_have_attribute("aria-label", re.compile("layers of 2, 2, 2, 1 units"))
    choose(page, "Activation", "Leaky ReLU")
    drag(page, "Slope", "ArrowRight", 2)
    expect(page).to_have_url(re.compile(r"activation=leaky_relu&activation\.slope=0\.03"))
    pause(page)
    choose(page, "Data set", "XOR")
    wait_for(page, "d.epoch === '0' && d.state === 'paused'")


def test_the_back_button_brings_the_last_settings_back(page: Page, server: str) -> None:
    open_page(page, server)
    drag(page, "Learning rate", "ArrowRight")
    expect(page).to_have_url(re.compile("learning_rate=0.1"))
    choose(page, "Data set", "XOR")
    expect(page).to_have_url(re.compile("data=xor"))
    page.go_back()
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Moons")
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.1")


def test_quick_changes_all_arrive(page: Page, server: str) -> None:
    panel = open_page(page, server)
    for key in ["ArrowRight"] * 4 + ["ArrowLeft"]:
        drag(page, "Learning rate", key)
        page.wait_for_timeout(60)
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "1")
    expect(page).to_have_url(re.compile(r"learning_rate=1\.0$"))
    expect(panel).to_have_attribute("data-learning-rate", "1")


def test_transport_by_mouse(page: Page, server: str) -> None:
    panel = open_page(page, server)
    pause(page)
    at = number(panel, "epoch")
    page.get_by_role("button", name="Step", exact=True).click()
    wait_for(page, f"+d.epoch === {at + 1} && d.state === 'paused'")
    page.get_by_role("button", name="Reset", exact=True).click()
    wait_for(page, "d.epoch === '0'")
    first = page.locator("[data-number=train_cost]").text_content()
    page.get_by_role("button", name="New weights").click()
    expect(page).to_have_url(re.compile("draw=1"))
    expect(page.locator("[data-number=train_cost]")).not_to_have_text(first or "")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, "d.state === 'playing' && +d.epoch > 3")


def test_transport_by_keyboard(page: Page, server: str) -> None:
    panel = open_page(page, server)
    body = page.locator("body")
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


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("Samples", "50000", "Samples: 50000 is not allowed; it must be a whole number from 10 to 20000."),
        ("Units in hidden layer 1", "0", "Hidden layer sizes: 0 is not allowed"),
        ("Units in hidden layer 1", "65", "a layer may have 1 to 64 on this page"),
        ("Seed", "-3", "Seed: -3 is not allowed"),
    ],
)
def test_a_bad_number_gets_its_sentence_and_the_run_goes_on(
    page: Page, server: str, field: str, given: str, sentence: str
) -> None:
    panel = open_page(page, server)
    box = page.get_by_role("spinbutton", name=field)
    good = box.input_value()
    box.fill(given)
    box.press("Enter")
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar.get_by_role("alert")).to_contain_text(sentence)
    at = number(panel, "epoch")
    wait_for(page, f"+d.epoch > {at} && d.state === 'playing'")
    box.fill(good)
    box.press("Enter")
    expect(sidebar.get_by_role("alert")).to_have_count(0)


def test_a_bad_link_says_what_it_cannot_be_and_plays_the_rest(page: Page, server: str) -> None:
    open_page(page, server, "?learning_rate=fast&layers=3-zero&samples=1000000&data=spiral&nonsense=1")
    warning = page.get_by_role("alert")
    for words in ("'fast'", "1e-06 to 100", "'zero'", "1 to 1024", "10 to 20000", "'nonsense'"):
        expect(warning).to_contain_text(words)
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Spiral")
    expect(page).to_have_url(re.compile(r"\?data=spiral$"))
    page.get_by_role("button", name="Understood").click()
    expect(warning).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0


def test_too_large_a_learning_rate_stops_with_its_reason(page: Page, server: str) -> None:
    panel = open_page(page, server, "?activation=linear&layers=8-8-8-8-8-8")
    drag(page, "Learning rate", "End")
    wait_for(page, "d.state === 'diverged'")
    notice = panel.locator(".dnn-notice:not(.dnn-waited)")
    expect(notice).to_contain_text("Start again with a learning rate smaller than 10")
    drag(page, "Learning rate", "Home")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(panel).to_have_attribute("data-state", re.compile("playing|paused"))
    expect(panel.locator(".dnn-notice:not(.dnn-waited)")).to_be_hidden()


def test_zoom_into_the_cost_survives_new_points_and_the_axis_can_be_logarithmic(page: Page, server: str) -> None:
    open_page(page, server)
    wait_for_charts(page)
    zoom = "() => Plotly.relayout(document.querySelector('.dnn-cost .js-plotly-plot'), {'xaxis.range': [2, 9]})"
    page.evaluate(zoom)
    wait_for(page, "+d.epoch > 60")
    shown = "() => document.querySelector('.dnn-cost .js-plotly-plot')._fullLayout"
    assert page.evaluate(f"({shown})().xaxis.range") == [2, 9]
    page.get_by_role("button", name="log y").click()
    assert page.evaluate(f"({shown})().yaxis.type") == "log"
    choose(page, "Data set", "Blobs")
    wait_for(page, "+d.epoch > 5")
    assert page.evaluate(f"({shown})().yaxis.type") == "log"


def test_paused_the_plane_answers_with_a_probability(page: Page, server: str) -> None:
    open_page(page, server)
    wait_for_charts(page)
    pause(page)
    page.wait_for_timeout(300)
    box = page.locator(".dnn-boundary .nsewdrag").bounding_box()  # the square inside the axes
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.85, box["y"] + box["height"] * 0.2)
    page.mouse.move(box["x"] + box["width"] * 0.86, box["y"] + box["height"] * 0.21)
    expect(page.locator(".dnn-boundary .hoverlayer")).to_contain_text(re.compile(r"P\(class 1\) [01]\.\d{3}"))


def test_two_tabs_are_two_runs_and_a_closed_one_is_given_up(browser: Browser, server: str) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    sockets: list[str] = []
    first.on("websocket", lambda socket: sockets.append(socket.url) if "/live/" in socket.url else None)
    open_page(first, server)
    open_page(second, server, "?data=circles")
    pause(first)
    at = number(first.locator(PANEL), "epoch")
    wait_for(second, "+d.epoch > 30 && d.state === 'playing'")
    assert number(first.locator(PANEL), "epoch") == at
    first.close()
    code = """async url => {
        for (let tries = 0; tries < 8; tries++) {
            const code = await new Promise(resolve => {
                const socket = new WebSocket(url);
                socket.onclose = event => resolve(event.code);
                socket.onopen = () => setTimeout(() => socket.close(), 50);
            });
            if (code === 4404) return code;
            await new Promise(resolve => setTimeout(resolve, 8000));
        }
    }"""
    assert second.evaluate(code, sockets[0]) == 4404
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen(browser: Browser, server: str, size: tuple[int, int], scheme: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    open_page(page, server)
    wait_for_charts(page)
    page.screenshot(path=tmp_path / "page.png")
    boxes = {
        name: page.locator(name).bounding_box()
        for name in (".dnn-network", ".dnn-boundary", ".dnn-cost", ".st-key-play")
    }
    assert all(box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0] for box in boxes.values()), (
        boxes
    )
    if size[0] == 1440:  # everything in sight without scrolling
        assert all(box is not None and box["y"] + box["height"] <= size[1] for box in boxes.values()), boxes
    paper = page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert (sum(json.loads(paper.replace("rgb(", "[").replace(")", "]"))) < 200) == (scheme == "dark")
    context.close()
