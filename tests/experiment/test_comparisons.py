"""A comparison as a link and as a file: what is written is read again, and nonsense is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment, InvalidSetting
from dnn.experiment.comparisons import (
    FEWEST,
    MOST,
    Comparison,
    comparison_from_query,
    comparison_to_query,
    read,
)
from tests.strategies import experiments

RELU = Experiment.of(network={"activation": "relu"}, training={"learning_rate": 0.1})
comparisons = st.lists(experiments(), min_size=FEWEST, max_size=MOST).map(
    lambda several: Comparison(experiments=tuple(several))
)


@given(comparisons.filter(lambda comparison: not comparison.needs_file))
def test_a_link_leads_back_to_the_comparison(comparison: Comparison) -> None:
    assert comparison_from_query(comparison_to_query(comparison)) == (comparison, ())


@given(comparisons)
def test_a_file_leads_back_to_the_comparison(comparison: Comparison) -> None:
    assert Comparison.model_validate_json(comparison.model_dump_json()) == comparison


def test_the_link_holds_the_base_and_what_differs() -> None:
    other = RELU.model_copy(update={"training": RELU.training.model_copy(update={"learning_rate": 0.3})})
    three = Comparison(experiments=(RELU, other, Experiment()))
    assert comparison_to_query(three) == {
        "activation": "relu",
        "learning_rate": "0.1",
        "2.learning_rate": "0.3",
        "3.activation": "tanh",
        "3.learning_rate": "0.03",
    }


def test_equal_experiments_need_their_number() -> None:
    both = Comparison(experiments=(RELU, RELU))
    query = comparison_to_query(both)
    assert query == {"activation": "relu", "learning_rate": "0.1", "runs": "2"}
    assert comparison_from_query(query) == (both, ())


def test_the_first_in_the_middle_needs_no_word() -> None:
    several = Comparison(experiments=(RELU, RELU, Experiment()))
    assert comparison_from_query(comparison_to_query(several)) == (several, ())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"1.seed": "3"}, "1.seed: '3' is not allowed; the compared runs have the numbers 2 to 6."),
        ({"7.seed": "3"}, "7.seed: '3' is not allowed; the compared runs have the numbers 2 to 6."),
        ({"2": "3"}, "2: '3' is not allowed; the compared runs have the numbers 2 to 6."),
        ({"22222222222222222222222.seed": "3"}, "the compared runs have the numbers 2 to 6."),
        ({"²": "3"}, "Unknown setting '²'"),
        ({"runs": "70"}, "Runs: '70' is not allowed; it must be a whole number from 2 to 6."),
        ({"2.learning_rate": "-3"}, "Learning rate: '-3' is not allowed"),
        ({"2.colour": "red"}, "Unknown setting 'colour'"),
        ({"2.data": "file"}, "the data were too many for a link, so open the file of this experiment"),
    ],
)
def test_a_word_that_cannot_be_read_is_reported_once(query: dict[str, str], said: str) -> None:
    comparison, problems = comparison_from_query({"seed": "5", **query})
    assert len(problems) == 1
    assert said in str(problems[0])
    assert comparison is None or comparison.experiments == (Experiment(seed=5),) * 2


def test_one_experiment_is_no_comparison() -> None:
    assert comparison_from_query({"seed": "3"}) == (None, ())


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=5))
def test_no_address_raises(query: dict[str, str]) -> None:
    comparison_from_query(query)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "it must be the JSON of a comparison, as Download gives it"),
        (b"\xff\xfe", "a file that is not text"),
        ("{}", "Experiments: 0 of them is not allowed; it must be a list of 2 to 6 experiments."),
        ('{"experiments": 3}', "Experiments: 3 is not allowed; it must be a list of 2 to 6 experiments."),
        ('{"experiments": [{}, 3]}', "3 is not allowed"),
        ("[]", "[] is not allowed"),
        ('{"version": 2, "experiments": [{}, {}]}', "Version: 2 is not allowed"),
        ('{"experiments": [{}, {"training": {"learning_rate": -1}}]}', "Learning rate: -1"),
        ('{"experiments": [{}, {"data": {"features": ["1/(x1-x1)"]}}]}', "1/(x1-x1)"),
        ('{"experiments": [{}, {}', "JSON that is broken"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(document: bytes | str, said: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read(document)
    assert said in str(refused.value)
