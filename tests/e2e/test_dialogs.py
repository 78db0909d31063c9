"""Dialogs stay open, with what is in them, whatever the page behind them does."""

from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Page, expect

from dnn import Experiment
from dnn.data.names import Names
from dnn.datasets.custom_data import CustomData
from dnn.experiment.links import to_query
from tests.e2e.playground import PANEL, open_page, play, visit

TABLE = "a;b;c\n1;2;x\n3;4;y\n5;7;x\n8;9;y\n"


def ending_soon() -> str:
    """The address of a run on custom data that stops by itself after 200 epochs, in three seconds."""
    X = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]] * 3)
    own = CustomData.of(X, np.array([0.0, 1.0] * 6), Names(("left", "right"), ("", ""), classes=("no", "yes")))
    training = {"learning_rate": 1e-6, "patience": 200, "min_improvement": 1.0}
    return urlencode(to_query(Experiment.of(data={"dataset": own}, training=training)))


def test_dialogs_stay_closed_or_open_with_their_file_and_say_who_can_open_a_link(page: Page, server: str) -> None:
    open_page(page, server)
    a_link_for_pupils_says_that_only_this_machine_can_open_it(page, server)
    a_dialog_that_is_closed_stays_closed(page)
    visit(page, f"?{ending_soon()}")
    a_dialog_keeps_its_file_when_the_run_behind_it_ends(page)


def a_link_for_pupils_says_that_only_this_machine_can_open_it(page: Page, server: str) -> None:
    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Only this machine can open this link.")
    expect(dialog).to_contain_text("dnn serve")
    dialog.get_by_label("Title").fill("Bend it")
    dialog.get_by_label("Title").press("Enter")
    expect(dialog.get_by_role("link", name="Preview")).to_have_attribute("href", f"{server}/?title=Bend+it")


def a_dialog_that_is_closed_stays_closed(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Pause", exact=True).first.click()
    expect(page.get_by_role("button", name="Play", exact=True).first).to_be_visible()  # the page was run again
    expect(dialog).to_have_count(0)


def a_dialog_keeps_its_file_when_the_run_behind_it_ends(page: Page) -> None:
    play(page)
    panel = page.locator(PANEL)
    page.get_by_role("button", name="Open a table").click()
    dialog = page.get_by_role("dialog")
    file = {"name": "four.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog).to_contain_text("4 rows, 3 columns")
    expect(panel).to_have_attribute("data-state", "ended")
    expect(page.locator(".st-key-play button").first).to_be_disabled()  # the page was run again
    expect(dialog).to_contain_text("four.csv")
    expect(dialog).to_contain_text("4 rows, 3 columns")
    dialog.get_by_role("button", name="Use this table").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("4 examples of a, b; target: c (x, y)")
