"""The panel to take things along, without a browser: every format is there, and a model file comes back."""

import numpy as np
import pytest

from dnn import EXPORTS, Experiment, advance, start
from dnn.export import load
from dnn.ui.limits import WIDEST
from dnn.ui.toolbar.export import GROUPS, _write
from tests.ui.page import Page, unescaped


class Taken(Page):
    """The page with its panel to take things along opened."""

    def __init__(self, **link: str) -> None:
        super().__init__(**link)
        self.at.session_state["take"] = True
        self.run()

    def give(self, content: bytes) -> None:
        (uploader,) = [each for each in self.at.file_uploader if each.label == "Open a model file"]
        uploader.set_value(("mine.npz", content, "application/octet-stream"))
        self.run()

    @property
    def outcome(self) -> str:
        found = [message.value for kind in ("error", "success") for message in self.at.get(kind)]
        return unescaped("\n".join(found))


@pytest.fixture
def page() -> Taken:
    return Taken(data="xor", seed="3")


def test_every_format_has_a_button(page: Taken) -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(EXPORTS)
    labels = [button.label for button in page.at.get("download_button")]
    assert [export.label for export in EXPORTS.values() if export.label not in labels] == []


def test_what_is_exported_is_on_screen_and_the_panel_says_which_epoch_that_is(page: Taken) -> None:
    page.player.restore(advance(page.player.run, 9))
    page.player.look(4)
    page.player.settle()
    page.run()
    assert "All files are of the epoch on screen: 4 of 9." in [caption.value for caption in page.at.caption]
    assert load(_write(page.player, EXPORTS["npz"])).epoch == 4


def test_a_model_file_plays_on_and_undo_brings_back_what_was_there(page: Taken) -> None:
    before = page.experiment
    experiment = Experiment.of(network={"hidden_layer_sizes": (3,)}, training={"optimizer": "adam"}, seed=8)
    saved = advance(start(experiment), 17)
    page.player.play(False)
    page.give(EXPORTS["npz"](saved))
    assert page.outcome == "It goes on from epoch 17."
    assert page.experiment == experiment
    assert page.player.run.epoch == 17
    np.testing.assert_array_equal(page.player.run.params.vector, saved.params.vector)
    np.testing.assert_array_equal(advance(page.player.run, 3).params.vector, advance(saved, 3).params.vector)
    assert page.link["layers"] == "3"
    page.press("Undo")
    assert page.experiment == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nonsense", "Nothing was changed: this is no model file"),
        (
            EXPORTS["npz"](start(Experiment.of(network={"hidden_layer_sizes": (WIDEST + 1,)}))),
            "Nothing was changed: Hidden layer sizes",
        ),
    ],
)
def test_what_cannot_be_opened_gets_a_sentence_and_changes_nothing(page: Taken, content: bytes, said: str) -> None:
    before, run = page.experiment, page.player.run
    page.give(content)
    assert page.outcome.startswith(said)
    assert page.experiment == before
    assert page.player.run is run
