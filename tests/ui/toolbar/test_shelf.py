"""The shelf on the page: keep, open, rename, remove, undo, and files."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, advance, start
from dnn.ui.compare import shelf_cards
from dnn.ui.session import shelf_actions
from dnn.ui.session.shelf import MOST, Kept, Shelf, read
from dnn.ui.toolbar import shelf as shelf_button
from tests.ui.page import Page, unescaped

pytestmark = pytest.mark.slow


def shelf_page() -> None:
    from dnn.ui import controls, session
    from dnn.ui.compare import shelf_cards
    from dnn.ui.toolbar import transport

    session.open_address()
    controls.draw()
    transport.draw(session.player())
    shelf_cards.draw()


class ShelfPage(Page):
    """The settings and the transport, and the shelf under them."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(shelf_page, default_timeout=60)

    @property
    def shelf(self) -> Shelf:
        found: Shelf = self.at.session_state["shelf"] if "shelf" in self.at.session_state else Shelf()
        return found

    @property
    def toasts(self) -> str:
        return unescaped("\n".join(toast.value for toast in self.at.toast))

    def train(self, epochs: int) -> None:
        with self.player._lock:
            self.player.playing = False
            self.player.run = advance(self.player.run, epochs)

    def click(self, key: str) -> None:
        self.at.button(key=key).click()
        self.run()

    def upload(self, content: bytes) -> None:
        uploader = next(each for each in self.at.file_uploader if each.key == shelf_cards.UPLOADED)
        uploader.set_value(("shelf.json", content, "application/json"))
        self.run()


@pytest.fixture
def page() -> ShelfPage:
    return ShelfPage(samples="60", layers="3")


def kept(epoch: int) -> Kept:
    return Kept(experiment=Experiment(), epoch=epoch)


def test_the_run_on_screen_is_kept_and_says_so(page: ShelfPage) -> None:
    page.train(5)
    page.click("keep")
    (only,) = page.shelf.kept
    assert (only.experiment, only.epoch) == (page.experiment, 5)
    assert only.train_cost == page.player.run.latest["train_cost"]
    assert page.toasts == "Kept: 1 of 24 on the shelf."
    page.click("keep")
    assert len(page.shelf.kept) == 1
    assert page.toasts == "This run is on the shelf already."


def test_the_twenty_fifth_gets_a_sentence(page: ShelfPage) -> None:
    page.at.session_state["shelf"] = Shelf().adding(*(kept(epoch) for epoch in range(MOST)))
    page.click("keep")
    assert len(page.shelf.kept) == MOST
    assert page.toasts == "The shelf is full: it holds 24 runs. Remove one to keep another."


def test_names_are_made_of_what_differs_and_can_be_changed(page: ShelfPage) -> None:
    page.click("keep")
    page.set("Learning rate", 0.3)
    page.click("keep")
    assert {"0.03", "0.3"} <= {unescaped(label) for label in page.buttons}
    page.at.text_input(key="shelf.name.1").set_value("the quick one")
    page.run()
    assert page.shelf.names() == ("0.03", "the quick one")
    assert "the quick one" in page.buttons


def test_a_kept_run_opens_at_its_epoch(page: ShelfPage) -> None:
    page.train(7)
    page.click("keep")
    before = page.player.run
    page.set("Data set", "xor")
    page.click("shelf.open.0")
    assert page.experiment == before.experiment
    assert page.player.run.epoch == 7
    assert np.array_equal(page.player.run.params.vector, before.params.vector)
    page.press("Undo")
    assert page.experiment.data.dataset.kind == "xor"


def test_a_changed_run_opens_with_its_weights(page: ShelfPage) -> None:
    page.train(7)
    page.set("Learning rate", 1.0)
    page.train(3)
    page.click("keep")
    before = page.player.run
    assert before.changed
    assert page.shelf.kept[0].was_changed
    page.press("Reset")
    page.click("shelf.open.0")
    assert np.array_equal(page.player.run.params.vector, before.params.vector)


def test_a_run_that_takes_long_opens_as_far_as_it_came(page: ShelfPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_actions, "SECONDS", 0.3)
    far = shelf_actions.trained_again(kept(10_000_000), seconds=0.2)
    assert 0 < far.epoch < 10_000_000
    assert np.array_equal(advance(start(Experiment()), far.epoch).params.vector, far.params.vector)


def test_every_change_of_the_shelf_is_undone_and_done_again(page: ShelfPage) -> None:
    states = [page.shelf]
    for act in ("keep", "rename", "train", "keep", "remove", "clear"):
        if act == "train":
            page.train(1)
            continue
        if act == "keep":
            page.click("keep")
        elif act == "rename":
            page.at.text_input(key="shelf.name.0").set_value("mine")
            page.run()
        else:
            page.click({"remove": "shelf.remove.0", "clear": "shelf.clear"}[act])
        states.append(page.shelf)
    assert [len(each.kept) for each in states] == [0, 1, 1, 2, 1, 0]
    for expected in states[-2::-1]:
        page.click("undo")
        assert page.shelf == expected
    for expected in states[1:]:
        page.click("redo")
        assert page.shelf == expected


def test_undo_of_settings_leaves_the_shelf_alone(page: ShelfPage) -> None:
    page.set("Noise", 0.4)
    page.click("keep")
    page.set("Noise", 0.2)
    page.click("undo")
    assert (page.experiment.data.dataset.noise, len(page.shelf.kept)) == (0.4, 1)
    page.click("undo")
    assert (page.experiment.data.dataset.noise, len(page.shelf.kept)) == (0.4, 0)
    page.click("undo")
    assert page.experiment.data.dataset.noise == 0.15


def test_a_file_adds_its_runs(page: ShelfPage) -> None:
    page.click("keep")
    other = Shelf().adding(*(kept(epoch) for epoch in range(3)))
    page.upload(other.model_dump_json().encode())
    assert [each.epoch for each in page.shelf.kept][1:] == [0, 1, 2]
    page.upload(b"nonsense")
    assert "Nothing was changed" in page.errors[0]
    page.upload(b'{"version": 1, "experiments": [{}, {}]}')
    assert "the file of a comparison is not allowed; it opens on the page Compare, under Share" in unescaped(
        page.errors[0]
    )
    assert len(page.shelf.kept) == 4


def test_what_is_downloaded_is_read_again(page: ShelfPage) -> None:
    page.click("keep")
    assert read(page.shelf.model_dump_json(indent=2)) == page.shelf


def test_a_class_may_have_no_shelf() -> None:
    assert "Keep" not in Page(show="layers").buttons
    assert "Keep" in Page(show="layers,keep").buttons


# after a reload


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kept": [{"experiment": {"seed": -1}}]}'])
def test_nonsense_in_the_tab_is_an_empty_shelf(text: str) -> None:
    assert shelf_button.stored_shelf(text) == Shelf()


def test_the_tab_returns_what_it_stored() -> None:
    stored = Shelf().adding(kept(1), kept(2)).renamed(1, "mine")
    assert shelf_button.stored_shelf(stored.model_dump_json()) == stored


def test_what_the_tab_stored_stands_before_what_was_kept_meanwhile() -> None:
    stored = Shelf().adding(kept(1), kept(2))
    meanwhile = Shelf().adding(kept(2), kept(3))
    merged = shelf_actions.merged(stored, meanwhile)
    assert [each.epoch for each in merged.kept] == [1, 2, 3]
