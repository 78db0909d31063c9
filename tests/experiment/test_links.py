"""An experiment as a link: nothing is lost on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import ACTIVATIONS, SCHEDULES, Experiment
from dnn.activations import LeakyReLU, Tanh
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import WORDS, from_query, to_query
from dnn.schedules import Cosine, WarmUp
from tests.strategies import components, experiments


@given(experiments())
def test_an_experiment_comes_back_from_its_link_as_it_was(experiment: Experiment) -> None:
    assert from_query(to_query(experiment)) == (experiment, ())


@given(experiments())
@settings(max_examples=25)
def test_a_link_holds_no_word_too_many(experiment: Experiment) -> None:
    query = to_query(experiment)
    for word in query:
        without = {other: value for other, value in query.items() if other != word}
        assert from_query(without)[0] != experiment


def test_the_longest_lists_come_back_too() -> None:
    layers = 32
    activations = [{"kind": name} for name in ("leaky_relu", "softplus")] * (layers // 2)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [1024] * layers, "activation": activations},
        training={"dropout": [0.1 + k * 1.1e-16 for k in range(layers)]},
    )
    assert from_query(to_query(experiment)) == (experiment, ())


@pytest.mark.parametrize("word", ["batch_size", "clip_norm", "patience", "loss"])
def test_none_can_be_said(word: str) -> None:
    assert from_query({word: "none"}) == (Experiment.of(training={word: None}), ())


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


@given(components(SCHEDULES))
def test_a_schedule_comes_back_with_the_schedule_inside_it(schedule: object) -> None:
    experiment = Experiment.of(training={"schedule": schedule})
    assert from_query(to_query(experiment)) == (experiment, ())


@given(st.lists(components(ACTIVATIONS), max_size=4), st.data())
@settings(max_examples=50)
def test_activations_and_dropout_of_each_layer_come_back_with_all_that_they_hold(
    activations: list[object], data: st.DataObject
) -> None:
    shares = data.draw(st.lists(st.floats(0.0, 0.9), min_size=len(activations), max_size=len(activations)))
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [3] * len(activations), "activation": activations}, training={"dropout": shares}
    )
    assert from_query(to_query(experiment)) == (experiment, ())


def test_a_schedule_inside_another_reads_as_what_follows_it() -> None:
    experiment = Experiment.of(training={"schedule": WarmUp(then=Cosine(epochs=50))})
    query = {"schedule": "warm_up", "schedule.then": "cosine", "schedule.then.epochs": "50"}
    assert to_query(experiment) == query
    assert from_query(query) == (experiment, ())


def test_layers_of_their_own_read_as_a_list_and_their_parameters_follow_their_number() -> None:
    experiment = Experiment.of(
        network={"activation": [Tanh(), LeakyReLU(slope=0.2)]}, training={"dropout": [0.1, 0.5], "batch_size": None}
    )
    query = {
        "activation": "tanh-leaky_relu",
        "activation.2.slope": "0.2",
        "batch_size": "full",
        "dropout": "0.1~0.5",
    }
    assert to_query(experiment) == query
    assert from_query(query) == (experiment, ())


def test_a_share_too_small_to_be_written_without_an_exponent_is_read_back() -> None:
    experiment = Experiment.of(training={"dropout": [1e-5, 0.5]})
    assert to_query(experiment) == {"dropout": "1e-05~0.5"}
    assert from_query({"dropout": "1e-05~0.5"}) == (experiment, ())


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"activation": "tanh-relu-relu"}, "activation"),
        ({"layers": "4", "activation": "tanh-relu"}, "activation"),
        ({"layers": "none", "activation": "tanh-relu"}, "activation"),
        ({"activation": "none"}, "activation"),
        ({"dropout": "0.1~0.2~0.3"}, "dropout"),
        ({"layers": "4-4-4", "dropout": "0.1~0.2"}, "dropout"),
        ({"dropout": "none"}, "dropout"),
    ],
    ids=str,
)
def test_a_list_for_more_or_fewer_layers_than_there_are_is_reported_and_the_layers_are_kept(
    query: dict[str, str], field: str
) -> None:
    experiment, (problem,) = from_query(query)
    layers = {word: value for word, value in query.items() if word == "layers"}
    assert experiment == from_query(layers)[0]
    assert problem.field == field
    assert problem.given.startswith("a list of ")
    assert f"a list of {len(experiment.network.hidden_layer_sizes)}, one for each" in problem.allowed


NESTED = {
    "activation.3.slope": "0.2",
    "schedule.then.epochs": "50",
    "dropout": "0.1~0.2~0.3",
    "schedule.then": "cosine",
    "layers": "3-4-5",
    "activation": "tanh-relu-leaky_relu",
    "schedule": "warm_up",
    "optimizer.beta1": "0.8",
    "optimizer": "adam",
    "loss.delta": "2.0",
    "loss": "huber",
}


@given(st.permutations(list(NESTED)))
@settings(max_examples=30)
def test_nested_words_are_read_alike_in_any_order(words: list[str]) -> None:
    experiment, problems = from_query({word: NESTED[word] for word in words})
    assert problems == ()
    assert to_query(experiment) == NESTED


def test_the_order_of_the_words_does_not_matter() -> None:
    query = {"activation.slope": "0.2", "learning_rate": "0.1", "activation": "leaky_relu"}
    backwards = dict(reversed(query.items()))
    assert from_query(query) == from_query(backwards)
    assert from_query(query)[0].network.activation == ACTIVATIONS["leaky_relu"](kind="leaky_relu", slope=0.2)  # type: ignore[call-arg]


def test_every_setting_has_a_word() -> None:
    """A new field of a spec must get into links too."""
    sections = {("data",): DataSpec, ("network",): NetworkSpec, ("training",): TrainingSpec}
    paths = {(*path, field) for path, model in sections.items() for field in model.model_fields}
    alone = {(field,) for field in Experiment.model_fields} - {*sections, ("version",)}
    assert set(WORDS.values()) == paths | alone
