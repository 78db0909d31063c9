"""Activation and dropout are one for all hidden layers, or one for each."""

import pytest

from dnn import Experiment, InvalidSetting, start
from dnn.activations import LeakyReLU, ReLU, Tanh
from dnn.experiment import TrainingSpec


def test_activations_and_dropout_of_each_layer_are_kept_in_json() -> None:
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [4, 3], "activation": ["tanh", {"kind": "leaky_relu", "slope": 0.2}]},
        training={"dropout": [0.1, 0.5]},
    )
    assert experiment.network.activation == (Tanh(), LeakyReLU(slope=0.2))
    assert experiment.training.dropout == (0.1, 0.5)
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment


def test_a_list_of_one_means_the_one() -> None:
    one = Experiment.of(network={"activation": ["relu"]}, training={"dropout": [0.2]})
    assert one == Experiment.of(network={"activation": "relu"}, training={"dropout": 0.2})
    assert one.network.activation == ReLU()
    assert one.training.dropout == 0.2


@pytest.mark.parametrize("layers", [0, 2, 3, 32])
@pytest.mark.parametrize("given", [0, 2, 3, 33])
def test_a_list_must_have_one_for_each_hidden_layer(layers: int, given: int) -> None:
    hidden = {"hidden_layer_sizes": [2] * layers}
    for field, noun, settings_ in (
        ("activation", "activations", {"network": {**hidden, "activation": ["tanh"] * given}}),
        ("dropout", "shares", {"network": hidden, "training": {"dropout": [0.1] * given}}),
    ):
        if given == layers:
            Experiment.of(**settings_)
            continue
        with pytest.raises(InvalidSetting) as caught:
            Experiment.of(**settings_)
        (problem,) = caught.value.problems
        assert (problem.field, problem.given) == (field, f"a list of {given} {noun}")
        assert problem.allowed == f"there must be one for all hidden layers or a list of {layers}, one for each"


def test_one_dropout_is_that_of_every_hidden_layer() -> None:
    assert TrainingSpec(dropout=0.2).dropout_of(3) == (0.2, 0.2, 0.2)
    assert TrainingSpec(dropout=(0.2, 0.0)).dropout_of(2) == (0.2, 0.0)
    assert TrainingSpec(dropout=0.2).dropout_of(0) == ()


def test_the_network_bends_each_layer_as_the_experiment_says() -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": [4, 3], "activation": ["tanh", "relu"]})
    assert start(experiment).network.activations(3)[:2] == (Tanh(), ReLU())
