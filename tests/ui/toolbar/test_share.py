"""Share, without a browser: a good file plays, and nonsense changes nothing."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, advance
from dnn.experiment.comparisons import Comparison
from dnn.experiment.links import from_query
from dnn.experiment.presets import PRESETS
from dnn.sweeps import Axis, Result, Sweep
from dnn.sweeps.documents import to_lines
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.session.shelf import Shelf
from dnn.ui.toolbar.share import BY_HAND, MOST_SENTENCES, PAST, PASTED, text
from tests.ui.page import Page, unescaped
from tests.ui.toolbar.shared_files import NONSENSE

pytestmark = pytest.mark.slow


def page() -> None:
    from dnn.ui import controls, session
    from dnn.ui.toolbar import share

    session.open_address()
    controls.draw()
    session.player()
    share.button()


class SharePage(Page):
    """A page with nothing but the settings and Share."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(page, default_timeout=60)

    @property
    def said(self) -> str:
        """Every message as it is read, without the signs that keep Markdown away."""
        found = [message.value for kind in ("error", "warning", "success") for message in self.at.get(kind)]
        return unescaped("\n".join(found))

    def paste(self, content: str) -> None:
        self.at.text_area[0].set_value(content)
        self.press("Use the text")

    def upload(self, content: bytes, name: str = "mine.json") -> None:
        self.at.file_uploader[0].set_value((name, content, "application/json"))
        self.run()


@pytest.fixture
def shared() -> SharePage:
    return SharePage(data="xor", seed="3")


SWEEP = Sweep(axes=(Axis(name="seed", values=(0, 1)),))


def test_share_has_a_name_on_everything(shared: SharePage) -> None:
    assert [block.label for block in shared.at.get("download_button")] == ["Download"]
    assert [widget.label for widget in shared.at.file_uploader] == ["Open a file"]
    assert [widget.label for widget in shared.at.text_area] == ["Or paste its text"]
    assert "Use the text" in [button.label for button in shared.at.button]
    assert shared.said == ""


@pytest.mark.parametrize("way", ["paste", "upload"])
def test_a_good_file_plays_on_every_widget_and_in_the_address(shared: SharePage, way: str) -> None:
    wanted = PRESETS["circles_hidden"].experiment
    if way == "paste":
        shared.paste(text(wanted))
    else:
        shared.upload(text(wanted).encode())
    assert shared.experiment == wanted
    assert shared.player.run.experiment == wanted
    assert from_query(dict(shared.at.query_params)) == (wanted, ())
    assert shared.said == "It plays now."
    shared.run()
    assert shared.experiment == wanted  # the widgets say the same
    (seed,) = [number for number in shared.at.number_input if number.label == "Seed"]
    seed.set_value(41)
    shared.run()
    assert shared.experiment == wanted.model_copy(update={"seed": 41})
    assert shared.said == ""  # something else plays now


def test_what_is_beyond_the_page_is_said_and_the_rest_plays(shared: SharePage) -> None:
    sizes = [WIDEST + 1] * (MOST_LAYERS + 1)
    shared.paste(Experiment.of(network={"hidden_layer_sizes": sizes}, seed=5).model_dump_json())
    assert shared.experiment == Experiment(seed=5)
    assert shared.said.startswith("It plays, with defaults for what this page cannot show")
    assert "Hidden layer sizes" in shared.said


def is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_nonsense_leaves_the_experiment_and_the_text_as_they_were(shared: SharePage) -> None:
    """One text after the other: each is answered with its own sentence alone."""
    before, run, query = shared.experiment, shared.player.run, dict(shared.at.query_params)
    for name, (content, said) in NONSENSE.items():
        if is_text(content):
            shared.paste(content.decode())
            assert shared.at.session_state[PASTED] == content.decode(), name
            assert shared.said.count("Nothing was changed") == 1, name
            assert shared.said.startswith("Nothing was changed"), name
            assert said in shared.said, name
            assert shared.experiment == before, name
            assert shared.player.run is run, name
            assert dict(shared.at.query_params) == query, name


@pytest.mark.parametrize("name", [name for name, (content, _) in NONSENSE.items() if not is_text(content)])
def test_a_file_that_is_no_text_changes_nothing(shared: SharePage, name: str) -> None:
    content, said = NONSENSE[name]
    before, run, query = shared.experiment, shared.player.run, dict(shared.at.query_params)
    shared.upload(content)
    assert shared.said.startswith("Nothing was changed")
    assert said in shared.said
    assert shared.experiment == before
    assert shared.player.run is run
    assert dict(shared.at.query_params) == query


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            Shelf().model_dump_json(indent=2),
            "the file of a shelf is not allowed; it opens on the page Compare, under Shelf.",
        ),
        (
            Comparison(experiments=(Experiment(), Experiment(seed=1))).model_dump_json(),
            "the file of a comparison is not allowed; it opens on the page Compare, under Share.",
        ),
        (
            to_lines(SWEEP, [Result(0, {}, 0)]).decode(),
            "the results file of a sweep is not allowed; it opens on the page Sweep, under Open results.",
        ),
        (SWEEP.model_dump_json(), "the file of a sweep is not allowed; the command dnn sweep runs it."),
    ],
    ids=["shelf", "comparison", "results", "sweep"],
)
def test_a_file_that_opens_elsewhere_says_where(shared: SharePage, content: str, said: str) -> None:
    before = shared.experiment
    shared.upload(content.encode())
    assert shared.said == f"Nothing was changed:\n- Experiment: {said}"
    assert shared.experiment == before


def test_what_a_stranger_wrote_is_no_markdown(shared: SharePage) -> None:
    shared.paste('{"![x](https://example.org/spy.png)": "<b>**bold** $x$</b>"}')
    (error,) = shared.at.error
    quoted = error.value.partition("\n- ")[2]
    assert re.findall(r"(?<!\\)[]!$()*<>[]", quoted) == []
    assert "![x](https://example.org/spy.png)" in shared.said


def test_a_file_full_of_mistakes_gets_a_list_that_can_be_read(shared: SharePage) -> None:
    shared.paste("{" + ", ".join(f'"a{number}": 1' for number in range(2000)) + "}")
    assert shared.said.count("Unknown setting ") == MOST_SENTENCES
    assert shared.said.endswith(f"- and {2000 - MOST_SENTENCES} more")


def test_a_mistake_is_forgotten_with_its_file_and_after_a_good_one(shared: SharePage) -> None:
    shared.upload(b"[]")
    assert shared.said
    shared.at.file_uploader[0].set_value(None)
    shared.run()
    assert shared.said == ""
    shared.paste("[]")
    shared.paste('{"seed": 8}')
    assert shared.said == "It plays now."
    assert shared.experiment == Experiment(seed=8)


def test_a_mistake_among_the_widgets_does_not_stop_a_file(shared: SharePage) -> None:
    (samples,) = [each for each in shared.at.number_input if each.label == "Samples"]
    samples.set_value(5)
    shared.run()
    assert "Samples" in shared.said
    shared.paste('{"seed": 8}')
    assert shared.experiment == Experiment(seed=8)
    assert shared.said == "It plays now."


def test_that_an_epoch_of_the_past_is_in_no_link_is_said_beside_it(shared: SharePage) -> None:
    assert PAST not in [caption.value for caption in shared.at.caption]
    shared.player.restore(advance(shared.player.run, 3))
    shared.player.look(1)
    shared.run()
    assert PAST in [caption.value for caption in shared.at.caption]


def test_that_numbers_set_by_hand_are_in_no_link_is_said_beside_it(shared: SharePage) -> None:
    captions = [caption.value for caption in shared.at.caption]
    assert BY_HAND not in captions
    run = shared.player.run
    frozen = np.zeros(len(run.params.vector))
    frozen[0] = 1
    shared.player.restore(run.with_params(run.params.vector, frozen))
    shared.run()
    assert BY_HAND in [caption.value for caption in shared.at.caption]
