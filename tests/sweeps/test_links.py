"""A sweep comes back from JSON and from a link, whatever a link holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment
from dnn.sweeps import Axis, Sweep
from tests.sweeps.axes import ACTIVATION, RATES, sweeps


@given(sweeps())
@settings(max_examples=20)
def test_a_sweep_comes_back_from_json_and_from_a_link(sweep: Sweep) -> None:
    read = Sweep.model_validate_json(sweep.model_dump_json())
    assert read == sweep
    assert hash(read) == hash(sweep)
    assert read.model_dump_json() == sweep.model_dump_json()
    assert Sweep.from_query(sweep.to_query()) == (sweep, ())


def test_a_link_reads_like_its_sweep() -> None:
    sweep = Sweep(base=Experiment.of(data={"dataset": "xor"}), axes=(RATES, ACTIVATION), seeds=3, epochs=50)
    assert sweep.to_query() == {
        "data": "xor",
        "axis.1": "training.learning_rate:0.01,0.1,1.0",
        "axis.2": 'network.activation:"tanh","relu"',
        "sweep.seeds": "3",
        "sweep.epochs": "50",
    }


@pytest.mark.parametrize(
    ("word", "text", "message"),
    [
        ("axis.1", "training.l3:1,2", "Unknown setting 'training.l3' in this sweep; did you mean 'training.l2'"),
        ("axis.1", "training.l2:1,,2", "it must be a setting, a colon and its values"),
        ("axis.1", "training.l2", "an empty list is not allowed"),
        ("axis.x", "", "Name: '' is not allowed"),
        ("axis.1", "training.l2:" + "[" * 9000, "it must be a setting, a colon and its values"),
        ("axis.1", "training.l2:" + "1" * 10_000, "it must be 10000 characters or fewer"),
        ("axis.1", "training.l2:NaN", "nan is not allowed"),
        ("sweep.seeds", "0", "Seeds: '0' is not allowed; it must be a whole number from 1 to 1000000"),
        ("sweep.epochs", "many", "Epochs: 'many' is not allowed"),
        ("sweep.quux", "1", "Unknown setting 'sweep.quux' in this link"),
        ("lerning_rate", "1", "Unknown setting 'lerning_rate' in this link; did you mean 'learning_rate'?"),
    ],
)
def test_a_word_of_a_link_that_cannot_be_read_is_reported_and_the_others_are_kept(
    word: str, text: str, message: str
) -> None:
    sweep, problems = Sweep.from_query({word: text, "activation": "relu", "axis.3": "seed:1,2"})
    assert message in str(problems[0])
    assert len(str(problems[0])) < 1000
    assert sweep == Sweep(base=Experiment.of(network={"activation": "relu"}), axes=(Axis(name="seed", values=(1, 2)),))


@given(st.dictionaries(st.sampled_from(["axis.1", "axis.2", "axis.²", "sweep.seeds", "sweep.draws"]), st.text()))
def test_whatever_a_link_holds_makes_a_sweep_that_has_a_link(query: dict[str, str]) -> None:
    sweep, _ = Sweep.from_query(query)
    assert Sweep.from_query(sweep.to_query()) == (sweep, ())
