"""An experiment as a link: nothing is lost on the way, and nothing that a link says can do harm."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from dnn import ACTIVATIONS, DATASETS, Experiment
from dnn.errors import Problem
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.kinds import limits
from dnn.links import LONGEST, WORDS, from_query, to_query
from tests.strategies import experiments

# (word, where its bounds are declared): every number that a link can hold
NUMBERS: list[tuple[str, type[BaseModel], str]] = [
    ("samples", DataSpec, "samples"),
    ("test_share", DataSpec, "test_share"),
    ("data.noise", DATASETS["moons"], "noise"),
    ("layers", NetworkSpec, "hidden_layer_sizes"),
    ("learning_rate", TrainingSpec, "learning_rate"),
    ("batch_size", TrainingSpec, "batch_size"),
    ("l2", TrainingSpec, "l2"),
    ("seed", Experiment, "seed"),
    ("draw", Experiment, "draw"),
]

HOSTILE = [
    "",
    " ",
    "nan",
    "-nan",
    "inf",
    "1e999",
    "-0",
    "-1",
    "0x10",
    "1_000",
    "٣",
    "½",
    "null",
    "None",
    "true",
    "[]",
    "{}",
    '{"kind": "relu"}',
    "[" * 5000,
    "9" * 5000,
    "a" * 10_000,
    "8-" * 5000,
    "-" * 50,
    "8-8-",
    "\0\n\r\t",
    "‮🦆\ud800",
    "__class__",
    "{0.__class__}",
    "%s%n",
    "../../etc/passwd",
    "<script>alert(1)</script>",
]


@given(experiments())
def test_an_experiment_comes_back_from_its_link_as_it_was(experiment: Experiment) -> None:
    assert from_query(to_query(experiment)) == (experiment, ())


@given(experiments())
def test_a_link_holds_no_word_too_many(experiment: Experiment) -> None:
    query = to_query(experiment)
    for word in query:
        without = {other: value for other, value in query.items() if other != word}
        assert from_query(without)[0] != experiment


def test_the_default_needs_no_words() -> None:
    assert to_query(Experiment()) == {}
    assert from_query({}) == (Experiment(), ())


def test_a_link_reads_like_its_experiment() -> None:
    experiment = Experiment.of(
        data={"dataset": {"kind": "spiral", "turns": 2.0}},
        network={"hidden_layer_sizes": [8, 8], "activation": {"kind": "leaky_relu", "slope": 0.2}},
        training={"learning_rate": 0.1, "batch_size": None},
    )
    assert to_query(experiment) == {
        "data": "spiral",
        "data.turns": "2.0",
        "layers": "8-8",
        "activation": "leaky_relu",
        "activation.slope": "0.2",
        "learning_rate": "0.1",
        "batch_size": "full",
    }


def test_no_hidden_layer_has_a_word_of_its_own() -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": []})
    assert from_query(to_query(experiment)) == (experiment, ())
    assert to_query(experiment)["layers"] == "none"


def test_the_order_of_the_words_does_not_matter() -> None:
    query = {"activation.slope": "0.2", "learning_rate": "0.1", "activation": "leaky_relu"}
    backwards = dict(reversed(query.items()))
    assert from_query(query) == from_query(backwards)
    assert from_query(query)[0].network.activation == ACTIVATIONS["leaky_relu"](kind="leaky_relu", slope=0.2)  # type: ignore[call-arg]


@pytest.mark.parametrize(("word", "model", "field"), NUMBERS)
@pytest.mark.parametrize("side", ["below", "above", "no number"])
def test_a_bad_number_keeps_its_default_and_the_sentence_names_value_and_range(
    word: str, model: type[BaseModel], field: str, side: str
) -> None:
    low, high = limits(model, field)
    given = {"below": f"{low - 1:.10g}", "above": f"{high + 1:.10g}", "no number": "seven"}[side]
    if word == "layers" and side == "below":
        given = "0"
    experiment, problems = from_query({word: given, "activation": "relu"})
    assert experiment == from_query({"activation": "relu"})[0]  # the good word beside it is kept
    assert len(problems) == 1
    sentence = str(problems[0])
    assert repr(given) in sentence
    assert f"{low:.10g} to " in sentence
    assert f"{high:.10g}" in sentence


@pytest.mark.parametrize("word", ["data", "activation", "initializer", "optimizer", "loss", "dtype"])
def test_an_unknown_choice_keeps_its_default_and_the_sentence_lists_the_choices(word: str) -> None:
    experiment, problems = from_query({word: "quux"})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert "'quux'" in str(problems[0])
    assert "one of" in str(problems[0])


@pytest.mark.parametrize("word", ["quux", "version", "activation.quux", "samples.quux", "data.noise.quux", ".", ""])
def test_an_unknown_word_is_reported(word: str) -> None:
    experiment, problems = from_query({word: "1"})
    assert experiment == Experiment()
    assert [problem.allowed for problem in problems] == ["there is no such setting"]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("word", ["test_share", "data.noise", "learning_rate", "l2"])
def test_only_finite_numbers_pass(word: str, number: str) -> None:
    experiment, problems = from_query({word: number})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert repr(number) in str(problems[0])


def test_of_several_bad_words_each_is_reported() -> None:
    _, problems = from_query({"samples": "5", "learning_rate": "fast", "quux": "1", "layers": "4-x"})
    assert {problem.field for problem in problems} == {"samples", "learning_rate", "quux", "hidden_layer_sizes"}


def assert_short_lines(problems: Iterable[Problem]) -> None:
    for problem in problems:
        assert len(str(problem)) < 250
        assert str(problem).isprintable()


@pytest.mark.parametrize("word", [*WORDS, "data.noise", "activation.slope", "data.kind", "quux"])
def test_hostile_values_are_read_or_reported_in_a_short_line(word: str) -> None:
    for text in HOSTILE:
        experiment, problems = from_query({word: text})
        assert problems or from_query(to_query(experiment)) == (experiment, ())
        assert_short_lines(problems)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_reported_in_a_short_line(word: str) -> None:
    experiment, problems = from_query({word: "1", word + ".kind": "1", "activation." + word: "1"})
    assert experiment == Experiment()
    assert problems
    assert_short_lines(problems)


@given(
    st.dictionaries(
        st.sampled_from([*WORDS, "data.noise", "data.turns", "activation.slope", "initializer.scale"]) | st.text(),
        st.text(max_size=2 * LONGEST)
        | st.integers().map(str)
        | st.floats().map(str)
        | st.lists(st.integers()).map(lambda widths: "-".join(map(str, widths)))
        | st.sampled_from([*ACTIVATIONS, *DATASETS]),
        max_size=6,
    )
)
def test_whatever_a_link_says_it_gives_an_experiment_that_has_a_link(query: dict[str, str]) -> None:
    experiment, _ = from_query(query)
    assert from_query(to_query(experiment)) == (experiment, ())


def test_every_setting_has_a_word() -> None:
    """A new field of a spec must get into links too."""
    sections = {("data",): DataSpec, ("network",): NetworkSpec, ("training",): TrainingSpec}
    paths = {(*path, field) for path, model in sections.items() for field in model.model_fields}
    alone = {(field,) for field in Experiment.model_fields} - {*sections, ("version",)}
    assert set(WORDS.values()) == paths | alone
