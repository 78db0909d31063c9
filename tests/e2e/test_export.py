"""Taking things along in a browser: a click makes a file of the run as it is, with pictures as they are on screen."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from dnn import load
from tests.export.scripts import costs, execute

WAIT = 60_000


@pytest.fixture
def opened(server: str, page: Page) -> Page:
    """The page of a run that stands at an epoch, with its charts drawn and the panel open."""
    page.goto(f"{server}/?samples=60&seed=3")
    panel = page.get_by_test_id("live-panel")
    expect(panel).to_have_attribute("data-state", "playing", timeout=WAIT)
    page.get_by_role("button", name="Pause").click()
    expect(panel).to_have_attribute("data-state", "paused", timeout=WAIT)
    expect(page.locator(".dnn-boundary .main-svg").first).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Take it with you").click()
    expect(page.get_by_role("button", name="Boundary PNG")).to_be_visible(timeout=WAIT)
    return page


def taken(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_code_and_model_are_of_the_run_on_screen(opened: Page, tmp_path: Path) -> None:
    script, model = taken(opened, "NumPy script", tmp_path), taken(opened, "Model file", tmp_path)
    assert (script.name, model.name) == ("dnn-moons.py", "dnn-moons.npz")
    run = load(model)
    epoch = opened.get_by_test_id("live-panel").get_attribute("data-epoch")
    assert str(run.epoch) == epoch
    printed, _ = execute(script.read_text())
    assert costs(printed)[run.epoch][0] == run.latest["train_cost"]


def test_pictures_are_what_is_on_screen(opened: Page, tmp_path: Path) -> None:
    for label in ("Boundary PNG", "Cost PNG", "Network PNG"):
        path = taken(opened, label, tmp_path)
        with Image.open(path) as picture:
            assert min(picture.size) > 300
            assert picture.width == 1800
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
    for label in ("Boundary SVG", "Cost SVG"):
        content = taken(opened, label, tmp_path).read_text(encoding="utf-8")
        assert ElementTree.fromstring(content).tag.endswith("svg")
        assert ("data:image/png;base64" in content) == label.startswith("Boundary")  # the field under the examples


def test_a_figure_as_a_page_needs_no_network(opened: Page, tmp_path: Path) -> None:
    path = taken(opened, "Boundary HTML", tmp_path)
    assert path.stat().st_size < 6_000_000
    opened.goto(path.as_uri())
    expect(opened.locator(".main-svg").first).to_be_visible(timeout=WAIT)
    expect(opened.locator("image")).to_have_attribute("href", re.compile("^data:image/png"))
