"""The trainability map in a browser: it grows finer, a drag zooms, keys do too, and a click opens a network."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dnn.sweeps.trainability import MAPS

WAIT = 60_000
LEARNS = (0.2, 0.4)  # places of the whole map, in shares from its lower left corner: what becomes of them is known
BREAKS = (0.9, 0.4)


def wait_for_networks(page: Page, count: int) -> None:
    page.wait_for_function(
        "(count) => Number(document.querySelector('.dnn-map')?.dataset.networks ?? 0) >= count",
        arg=count,
        timeout=WAIT,
    )


def at(page: Page, place: tuple[float, float]) -> tuple[float, float]:
    """Where a place of the picture is on the screen."""
    box = page.locator(".dnn-map-stage").bounding_box()
    assert box is not None
    return box["x"] + place[0] * box["width"], box["y"] + (1.0 - place[1]) * box["height"]


def window_of(page: Page) -> str:
    return page.locator(".dnn-map").get_attribute("data-window") or ""


def expect_another_window(page: Page, before: str) -> None:
    expect(page.locator(".dnn-map")).not_to_have_attribute("data-window", before, timeout=WAIT)
    wait_for_networks(page, 256)


def color_at(page: Page, place: tuple[float, float]) -> list[int]:
    """Red, green and blue of the picture."""
    found: list[int] = page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector('.dnn-map-stage canvas');
            return [...canvas.getContext('2d').getImageData(512 * x, 512 * (1 - y), 1, 1).data.slice(0, 3)];
        }""",
        place,
    )
    return found


def test_drag_keys_and_click_lead_into_the_map_and_to_a_network(page: Page, server: str) -> None:
    page.goto(f"{server}/trainability")
    wait_for_networks(page, 1024)
    stage = page.locator(".dnn-map-stage")
    expect(stage).to_have_attribute("aria-label", re.compile(r"^Map of \d+ networks: learning rates from 0.01 to 100"))
    for place, says in ((LEARNS, "converges"), (BREAKS, "diverges")):
        page.mouse.move(*at(page, place))
        expect(page.locator(".dnn-map-readout")).to_contain_text(says)
        red, _, blue = color_at(page, place)
        assert (blue > red) == (says == "converges")

    whole = window_of(page)
    page.mouse.move(*at(page, (0.25, 0.75)))
    page.mouse.down()
    page.mouse.move(*at(page, (0.5, 0.6)), steps=4)
    expect(page.locator(".dnn-map-part")).to_be_visible()
    page.mouse.up()
    expect_another_window(page, whole)
    expect(page.get_by_text("Learning rate: 0.1 to 1")).to_be_visible()
    expect(page.get_by_text("Magnified 4 times")).to_be_visible()

    zoomed = window_of(page)
    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dnn-map-cursor")).to_be_visible()
    page.keyboard.press("+")
    expect_another_window(page, zoomed)
    expect(page.get_by_text("Magnified 16 times")).to_be_visible()
    deeper = window_of(page)
    page.keyboard.press("Home")
    expect_another_window(page, deeper)
    expect(page.get_by_role("button", name="Back")).to_be_disabled()

    wait_for_networks(page, 1024)
    page.mouse.click(*at(page, BREAKS))
    panel = page.get_by_test_id("live-panel")
    expect(panel).to_have_attribute("data-state", "diverged", timeout=WAIT)
    link = parse_qs(urlsplit(page.url).query)
    sides = [32 << power for power in range(5)]
    possible = [MAPS["tanh"].experiment(int(BREAKS[0] * side), int(BREAKS[1] * side), side) for side in sides]
    assert float(link["learning_rate"][0]) in [experiment.training.learning_rate for experiment in possible]
    assert float(panel.get_attribute("data-learning-rate") or 0) == pytest.approx(float(link["learning_rate"][0]))

    page.get_by_role("link", name="Trainability map").click()
    wait_for_networks(page, 1024)
