"""Share, without a browser: the link is the page's address, a file comes back as it went, nonsense changes nothing."""

import re
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import DATASETS, Experiment, InvalidSetting, advance
from dnn.experiment.comparisons import Comparison
from dnn.experiment.documents import read
from dnn.experiment.links import from_query, link
from dnn.experiment.presets import PRESETS
from dnn.sweeps import Axis, Result, Sweep
from dnn.sweeps.documents import to_lines
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.session.shelf import Shelf
from dnn.ui.toolbar.share import BY_HAND, MOST_SENTENCES, PAST, PASTED, file_name, text
from tests.ui.page import Page, unescaped

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
GOOD = [preset.experiment for preset in PRESETS.values()]
NONSENSE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "an empty text"),
    "blanks": (b" \n\t ", "an empty text"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "a file that is not text"),
    "a web page": (b"<!doctype html><h1>404</h1>", "'<!doctype html><h1>404</h1>'"),
    "half a file": (b'{"version": 2, "data": {', "it must be an object with settings by name"),
    "a comma too many": (b'{"version": 2,\n "seed": 3,\n}', "JSON that is broken in line 3, column 1 is not allowed"),
    "a list": (b"[1, 2, 3]", "[1, 2, 3]"),
    "a number": (b"42", "42"),
    "nothing said": (b"null", "None"),
    "lists in lists": (b"[" * 400_000, "it must be an object"),
    "objects in objects": (b'{"data":' * 100_000, "it must be an object"),
    "closed objects in objects": (b'{"data":' * 50_000 + b"1" + b"}" * 50_000, "it must be an object"),
    "another version": (b'{"version": 3}', "Version: 3 is not allowed; it must be 2; 1 is read too."),
    "a strange version": (b'{"version": [2]}', "Version: [2] is not allowed"),
    "a package": (
        b'{"name": "left-pad", "main": "index.js"}',
        "Unknown setting 'main' in experiment. Known settings: version, data, network",
    ),
    "an unknown setting": (
        b'{"data": {"colour": "red"}}',
        "Unknown setting 'colour' in data. Known settings: dataset, samples, ",
    ),
    "too few": (b'{"data": {"samples": 3}}', "Samples: 3 is not allowed; it must be a whole number from 10 to 20000."),
    "not a number": (b'{"training": {"learning_rate": NaN}}', "Learning rate: nan is not allowed"),
    "infinite": (b'{"training": {"l2": 1e999}}', "L2: inf is not allowed; it must be a number from 0 to 100."),
    "another kind": (b'{"data": {"dataset": "irises"}}', "Data set: 'irises' is not allowed; choose one of moons"),
    "code": (b'{"data": {"features": ["__import__"]}}', "Feature: '__import__' is not allowed"),
    "an input there is not": (b'{"data": {"features": ["x7"]}}', "x7"),
    "a formula without a value": (b'{"data": {"features": ["1/(x1-x1)"]}}', "1/(x1-x1)"),
    "half a character": (b'{"seed": "\\ud800"}', "is not allowed"),
    "much too much": (b"[" + b" " * 20_000_000 + b"]", "a text of 20.0 MB is not allowed; it may have 10 MB at most."),
}


# reading


@pytest.mark.parametrize("experiment", GOOD, ids=PRESETS)
def test_what_is_written_is_read_again(experiment: Experiment) -> None:
    assert read(text(experiment)) == experiment
    assert read(text(experiment).encode("utf-8-sig")) == experiment  # as Windows' editor saves it


def test_a_file_of_the_first_version_is_read() -> None:
    assert read('{"version": 1, "data": {"dataset": "xor"}}') == Experiment.of(data={"dataset": "xor"})


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_in_a_sentence(name: str) -> None:
    content, said = NONSENSE[name]
    with pytest.raises(InvalidSetting) as refused:
        read(content)
    assert said in str(refused.value)
    assert re.search("is not allowed|^Unknown setting ", str(refused.value))
    assert len(str(refused.value)) < 400


def test_half_a_character_in_a_pasted_text_is_refused_too() -> None:
    with pytest.raises(InvalidSetting, match="is not allowed"):
        read('{"seed": "\ud800"}')


def test_a_name_without_end_is_cut() -> None:
    with pytest.raises(InvalidSetting) as refused:
        read('{"' + "a" * 100_000 + '": 1}')
    assert str(refused.value).startswith("Unknown setting 'aaaa")
    assert len(str(refused.value)) < 200


# the link and the file


def test_the_link_is_the_address_of_the_page() -> None:
    experiment = PRESETS["spiral_features"].experiment
    address = link(experiment, "https://example.org/dnn/")
    assert address.startswith("https://example.org/dnn/?data=spiral&")
    assert " " not in address
    assert from_query(dict(parse_qsl(urlsplit(address).query))) == (experiment, ())
    assert link(Experiment(), "http://localhost:8501") == "http://localhost:8501/"
    assert link(Experiment(seed=4), "http://localhost:8501") == "http://localhost:8501/?seed=4"


def test_the_file_is_named_after_its_data() -> None:
    names = {file_name(Experiment.of(data={"dataset": kind})) for kind in DATASETS}
    assert names == {f"dnn-{kind}.json" for kind in DATASETS}


def test_share_has_a_name_on_everything(shared: SharePage) -> None:
    assert [block.label for block in shared.at.get("download_button")] == ["Download"]
    assert [widget.label for widget in shared.at.file_uploader] == ["Open a file"]
    assert [widget.label for widget in shared.at.text_area] == ["Or paste its text"]
    assert "Use the text" in [button.label for button in shared.at.button]
    assert shared.said == ""


# a good one plays


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


# a bad one changes nothing


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
