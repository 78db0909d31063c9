"""A file of an experiment comes back as it went, nonsense is refused in a sentence, and the link is the address."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from dnn import DATASETS, Experiment, InvalidSetting
from dnn.experiment.documents import read
from dnn.experiment.links import from_query, link
from dnn.experiment.presets import PRESETS
from dnn.ui.toolbar.share import file_name, text
from tests.ui.toolbar.shared_files import NONSENSE

pytestmark = pytest.mark.slow
GOOD = [preset.experiment for preset in PRESETS.values()]


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
