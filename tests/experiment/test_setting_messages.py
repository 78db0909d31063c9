"""What a person reads when a setting is not allowed: which one, what was given, what is allowed. Never a code."""

import json
from typing import Any

import pytest

from dnn import Experiment, InvalidSetting
from dnn.schedules import DECAYS
from tests.experiment.places import PLACES
from tests.experiment.refusals import complaint


@pytest.mark.parametrize(
    ("settings_", "sentence"),
    [
        (
            {"network": {"activation": "swish"}},
            "Activation: 'swish' is not allowed; choose one of linear, sigmoid, tanh",
        ),
        ({"network": {"initializer": 3}}, "Initialiser: 3 is not allowed; choose one of zeros, constant, normal"),
        ({"data": {"dataset": None}}, "Data set: None is not allowed; choose one of moons, circles"),
        ({"training": {"loss": "hinge"}}, "Loss: 'hinge' is not allowed; choose one of binary_cross_entropy"),
        ({"training": {"optimizer": {"kind": "x"}}}, "Optimiser: 'x' is not allowed; choose one of sgd"),
        ({"training": {"dtype": "float16"}}, "Dtype: 'float16' is not allowed; it must be one of float64, float32."),
        (
            {"network": {"activation": {"kind": "tanh", "slope": 0.1}}},
            "Unknown setting 'slope' in tanh, which has no settings.",
        ),
        (
            {"training": {"momentun": 0.9}},
            "Unknown setting 'momentun' in training. Known settings: loss, optimizer, learning_rate, ",
        ),
        (
            {"training": {"schedule": {"kind": "step", "factr": 0.1}}},
            "Unknown setting 'factr' in step; did you mean 'factor'? Known settings: factor, every.",
        ),
        (
            {"training": {"optimizer": {"beta": 0.9}}},
            "Optimiser: {'beta': 0.9} is not allowed; it lacks its 'kind', one of sgd, momentum, ",
        ),
        (
            {"colour": "red"},
            "Unknown setting 'colour' in experiment. Known settings: version, data, network, training, seed, draw.",
        ),
        ({"data": 3}, "Data: 3 is not allowed; it must be an object with settings by name."),
        (
            {"network": {"hidden_layer_sizes": [4, 0]}},
            "Hidden layer sizes: 0 is not allowed; it must be a whole number",
        ),
        ({"network": {"hidden_layer_sizes": [4.5]}}, "4.5 is not allowed; it must be a whole number from 1 to 1024."),
        (
            {"network": {"hidden_layer_sizes": 8}},
            "8 is not allowed; it must be a list of whole numbers, each from 1 to",
        ),
        ({"network": {"hidden_layer_sizes": [1] * 33}}, "there may be 32 at most."),
        (
            {"network": {"activation": {"kind": "leaky_relu", "slope": 1.0}}},
            "it must be a number from 0 to less than 1.",
        ),
        ({"seed": -1}, "Seed: -1 is not allowed; it must be a whole number from 0 to 2147483647."),
        ({"version": 3}, "Version: 3 is not allowed; it must be 2; 1 is read too"),
        ({"data": {"weights": "heavy"}}, "Weights: 'heavy' is not allowed; it must be one of equal, balanced."),
        (
            {"network": {"activation": ["tanh", "relu", "tanh"]}},
            "Activation: a list of 3 activations is not allowed; there must be one for all hidden layers or a list of "
            "2, one for each.",
        ),
        (
            {"network": {"hidden_layer_sizes": [3, 3, 3], "activation": []}},
            "Activation: a list of 0 activations is not allowed; there must be one for all hidden layers or a list of "
            "3, one for each.",
        ),
        (
            {"training": {"dropout": [0.1, 0.2, 0.3]}},
            "Dropout: a list of 3 shares is not allowed; there must be one for all hidden layers or a list of 2, one "
            "for each.",
        ),
        (
            {"network": {"hidden_layer_sizes": []}, "training": {"dropout": [0.1, 0.2]}},
            "Dropout: a list of 2 shares is not allowed; there must be one for all hidden layers or a list of 0, one",
        ),
        ({"training": {"dropout": [0.1, 0.95]}}, "0.95] is not allowed; it must be a number from 0 to 0.9."),
        (
            {"network": {"activation": ["tanh", {"kind": "leaky_relu", "slope": 2}]}},
            "Slope: 2 is not allowed; it must be a number from 0 to less than 1.",
        ),
        ({"training": {"clip_norm": 0}}, "Clip norm: 0 is not allowed; it must be a number from 1e-06 to 1000000."),
        (
            {"training": {"patience": 2.5}},
            "Patience: 2.5 is not allowed; it must be a whole number from 1 to 1000000.",
        ),
        (
            {"training": {"schedule": {"kind": "warm_up", "then": {"kind": "cosine", "epochs": 0}}}},
            "Epochs: 0 is not allowed; it must be a whole number from 1 to 1000000.",
        ),
        (
            {"training": {"optimizer": {"kind": "adam", "beta1": 1}}},
            "Beta1: 1 is not allowed; it must be a number from 0 to less than 1.",
        ),
    ],
    ids=str,
)
def test_the_sentence_says_what_was_given_and_what_is_allowed(settings_: dict[str, Any], sentence: str) -> None:
    assert sentence in str(complaint(**settings_))


@pytest.mark.parametrize(
    ("settings_", "unknown", "owner", "nearest"),
    [
        ({"training": {"optimzer": "adam"}}, "optimzer", "training", "optimizer"),
        ({"training": {"Learning-Rate": 1}}, "Learning-Rate", "training", "learning_rate"),
        ({"network": {"hidden_layers": [3]}}, "hidden_layers", "network", "hidden_layer_sizes"),
        ({"trainig": {}}, "trainig", "experiment", "training"),
        ({"training": {"optimizer": {"kind": "adam", "beta_1": 0.5}}}, "beta_1", "adam", "beta1"),
        ({"data": {"dataset": {"kind": "spiral", "turn": 2}}}, "turn", "spiral", "turns"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_slip_of_the_keyboard_is_told_with_the_name_that_was_meant(
    settings_: dict[str, Any], unknown: str, owner: str, nearest: str
) -> None:
    """In Python and in JSON alike; the value does not matter, for it was never looked at."""
    asked = f"Unknown setting {unknown!r} in {owner}; did you mean {nearest!r}? Known settings: "
    (problem,) = complaint(**settings_).problems
    assert str(problem).startswith(asked)
    assert nearest in str(problem).partition("Known settings: ")[2]
    with pytest.raises(InvalidSetting) as caught:
        Experiment.model_validate_json(json.dumps(settings_))
    assert str(caught.value) == str(problem)


@pytest.mark.parametrize("given", ["quux", {"kind": "quux"}], ids=["name", "fields"])
@pytest.mark.parametrize(
    ("place", "table"),
    PLACES.items(),
    ids=lambda part: part[1] if isinstance(part, tuple) else "",
)
def test_an_unknown_choice_is_refused_with_all_that_there_are(place: Any, table: Any, given: object) -> None:
    section, field = place
    (problem,) = complaint(**{section: {field: given}}).problems
    assert (problem.given, problem.allowed) == ("'quux'", f"choose one of {', '.join(table)}")


@pytest.mark.parametrize("given", ["quux", "warm_up"])
def test_what_follows_a_warm_up_is_another_schedule_and_no_second_warm_up(given: str) -> None:
    (problem,) = complaint(training={"schedule": {"kind": "warm_up", "then": given}}).problems
    assert (problem.given, problem.allowed) == (repr(given), f"choose one of {', '.join(DECAYS)}")


def test_a_spread_that_suits_weights_only_is_no_choice_for_biases() -> None:
    (problem,) = complaint(network={"bias_initializer": "he_normal"}).problems
    assert problem.given == "'he_normal'"
    assert "he_normal" not in problem.allowed


def test_every_wrong_setting_gets_a_sentence_of_its_own() -> None:
    error = complaint(
        data={"samples": 3, "dataset": {"kind": "spiral", "noise": -1, "turns": 99}},
        network={"hidden_layer_sizes": [0]},
        training={"l1": -2, "l2": -1, "learning_rate": "fast", "dropout": 1, "patience": 0, "clip_norm": "no"},
        seed=0.5,
    )
    fields = {problem.field for problem in error.problems}
    of_training = {"l1", "l2", "learning_rate", "dropout", "patience", "clip_norm"}
    assert fields == of_training | {"samples", "noise", "turns", "hidden_layer_sizes", "seed"}
    assert str(error).count(" is not allowed; ") == len(fields)
