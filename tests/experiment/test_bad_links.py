"""What is wrong in a link keeps its default, and its sentence names the value and what is allowed."""

import pytest
from pydantic import BaseModel

from dnn import Experiment
from dnn.components import limits
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import from_query
from tests.experiment.link_words import KINDS, NUMBERS, NUMBERS_OF_KINDS, unknown_part


def assert_refused(before: dict[str, str], word: str, given: str, field: str, model: type[BaseModel]) -> None:
    """The bad word keeps its default, the good ones before it are kept, the sentence names field, value and range."""
    low, high = limits(model, field)
    experiment, problems = from_query({word: given, **before})
    assert experiment == from_query(before)[0]
    (problem,) = problems
    assert problem.field == field
    assert repr(given) in str(problem)
    assert f" from {low:.10g} to " in str(problem)
    assert f"{high:.10g}." in str(problem)


def bad_number(model: type[BaseModel], field: str, side: str) -> str:
    low, high = limits(model, field)
    return {"below": f"{low - 1:.10g}", "above": f"{high + 1:.10g}", "no number": "seven"}[side]


@pytest.mark.parametrize(("word", "model", "field"), NUMBERS)
@pytest.mark.parametrize("side", ["below", "above", "no number"])
def test_a_bad_number_keeps_its_default_and_the_sentence_names_value_and_range(
    word: str, model: type[BaseModel], field: str, side: str
) -> None:
    assert_refused({"activation": "relu"}, word, bad_number(model, field, side), field, model)


@pytest.mark.parametrize(("before", "word", "model", "field"), NUMBERS_OF_KINDS)
@pytest.mark.parametrize("side", ["below", "above", "no number"])
def test_a_bad_number_of_a_kind_does_so_too(
    before: dict[str, str], word: str, model: type[BaseModel], field: str, side: str
) -> None:
    assert_refused(before, word, bad_number(model, field, side), field, model)


def test_every_number_of_every_setting_is_in_the_tables_above() -> None:
    specs_ = (DataSpec, NetworkSpec, TrainingSpec, Experiment)
    bounded = {(spec, field) for spec in specs_ for field in spec.model_fields if limits(spec, field)[1] < float("inf")}
    assert {(model, field) for _, model, field in NUMBERS} == bounded


@pytest.mark.parametrize(("word", "table"), KINDS.items(), ids=KINDS)
def test_an_unknown_kind_keeps_the_default_and_the_sentence_lists_the_table(
    word: str, table: dict[str, object]
) -> None:
    before = {"schedule": "warm_up"} if "." in word else {}
    experiment, (problem,) = from_query({**before, word: "quux"})
    assert experiment == from_query(before)[0]
    assert (problem.given, problem.allowed) == ("'quux'", f"choose one of {', '.join(table)}")


@pytest.mark.parametrize("word", ["weights", "dtype"])
def test_an_unknown_choice_keeps_its_default_and_the_sentence_lists_the_choices(word: str) -> None:
    experiment, problems = from_query({word: "quux"})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert "'quux'" in str(problems[0])
    assert "one of" in str(problems[0])


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "optimzer",
            "Unknown setting 'optimzer' in this link; did you mean 'optimizer'? Known settings: data, samples, ",
        ),
        ("Learning rate", "Unknown setting 'Learning rate' in this link; did you mean 'learning_rate'?"),
        ("data.nois", "Unknown setting 'nois' in moons; did you mean 'noise'? Known settings: noise."),
        ("samples.quux", "Unknown setting 'quux' in samples, which has no settings."),
        ("activation.1.slope", "Unknown setting 'slope' in activation.1, which has no settings."),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_the_word_that_was_meant(word: str, sentence: str) -> None:
    (problem,) = from_query({word: "1"})[1]
    assert str(problem).startswith(sentence)


@pytest.mark.parametrize("word", ["quux", "version", "activation.quux", "samples.quux", "data.noise.quux", ".", ""])
def test_an_unknown_word_is_reported(word: str) -> None:
    experiment, problems = from_query({word: "1"})
    assert experiment == Experiment()
    assert [str(problem).split(" in ")[0] for problem in problems] == [f"Unknown setting {unknown_part(word)}"]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("word", ["test_share", "data.noise", "learning_rate", "l1", "l2", "dropout", "clip_norm"])
def test_only_finite_numbers_pass(word: str, number: str) -> None:
    experiment, problems = from_query({word: number})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert repr(number) in str(problems[0])


def test_of_several_bad_words_each_is_reported() -> None:
    _, problems = from_query({"samples": "5", "learning_rate": "fast", "quux": "1", "layers": "4-x"})
    assert {problem.field for problem in problems} == {"samples", "learning_rate", "quux", "hidden_layer_sizes"}
