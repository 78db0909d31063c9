"""Taking things along in a browser: a click makes a file of the run as it is, with pictures as they are on screen."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from dnn import load
from tests.e2e.playground import open_page, pause
from tests.export.scripts import costs, execute

WAIT = 60_000


def test_code_model_and_pictures_are_of_the_run_on_screen(page: Page, server: str, tmp_path: Path) -> None:
    open_page(page, server, "?samples=60&seed=3")
    pause(page)
    expect(page.locator(".dnn-boundary .main-svg").first).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Take it with you").click()
    expect(page.get_by_role("button", name="Boundary PNG")).to_be_visible(timeout=WAIT)
    code_and_model_are_of_the_run_on_screen(page, tmp_path)
    pictures_are_what_is_on_screen(page, tmp_path)
    a_figure_as_a_page_needs_no_network(page, tmp_path)


def taken(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def code_and_model_are_of_the_run_on_screen(page: Page, tmp_path: Path) -> None:
    script, model = taken(page, "NumPy script", tmp_path), taken(page, "Model file", tmp_path)
    assert (script.name, model.name) == ("dnn-moons.py", "dnn-moons.npz")
    run = load(model)
    epoch = page.get_by_test_id("live-panel").get_attribute("data-epoch")
    assert str(run.epoch) == epoch
    printed, _ = execute(script.read_text())
    assert costs(printed)[run.epoch][0] == run.latest["train_cost"]


def pictures_are_what_is_on_screen(page: Page, tmp_path: Path) -> None:
    for label in ("Boundary PNG", "Cost PNG", "Network PNG"):
        path = taken(page, label, tmp_path)
        with Image.open(path) as picture:
            assert min(picture.size) > 300
            assert picture.width == 1800
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20
    for label in ("Boundary SVG", "Cost SVG"):
        content = taken(page, label, tmp_path).read_text(encoding="utf-8")
        assert ElementTree.fromstring(content).tag.endswith("svg")
        assert ("data:image/png;base64" in content) == label.startswith("Boundary")  # the field under the examples


def a_figure_as_a_page_needs_no_network(page: Page, tmp_path: Path) -> None:
    path = taken(page, "Boundary HTML", tmp_path)
    assert path.stat().st_size < 6_000_000
    page.goto(path.as_uri())
    expect(page.locator(".main-svg").first).to_be_visible(timeout=WAIT)
    expect(page.locator("image")).to_have_attribute("href", re.compile("^data:image/png"))
