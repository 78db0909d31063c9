"""The values of an axis as a visitor writes them, and those that are offered."""

from typing import Any

import pytest

from dnn import Experiment
from dnn.errors import InvalidSetting
from dnn.sweeps import Sweep
from dnn.ui.sweep.offers import names, offered
from dnn.ui.sweep.values import MOST_VALUES, axis, text_of

BASES = (
    Experiment(),
    Experiment.of(data={"dataset": "plane"}, training={"optimizer": "adam", "schedule": "cosine"}),
    Experiment.of(data={"dataset": "iris"}, network={"activation": "leaky_relu", "hidden_layer_sizes": []}),
    Experiment.of(network={"hidden_layer_sizes": [3, 2], "activation": ["tanh", "leaky_relu"]}),
)


@pytest.mark.parametrize("base", BASES, ids=["classes", "numbers", "table", "layers"])
def test_every_offer_can_be_written_is_read_back_and_fits(base: Experiment) -> None:
    found = names(base)
    assert found[:2] == ["training.learning_rate", "network.activation"]
    for name in found:
        values = offered(name, base)
        read = axis(name, text_of(name, values))
        assert read.values == values, name
        alone = Sweep(base=base, axes=(read,))
        fits = [cell.problem for cell in alone.cells() if cell.problem]
        assert fits == [] or name in ("network.hidden_layer_sizes", "data.dataset"), (name, fits)


def test_parameters_of_the_components_are_offered_around_their_own_value() -> None:
    base = Experiment.of(training={"optimizer": {"kind": "adam", "beta1": 0.7}})
    assert "training.optimizer.beta1" in names(base)
    assert 0.7 in offered("training.optimizer.beta1", base)
    assert "training.optimizer.beta1" not in names(Experiment())


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("training.learning_rate", "0.1, 1", (0.1, 1)),
        ("training.learning_rate", " 1e-3 ,.5,", (0.001, 0.5)),
        ("training.learning_rate", "0.001:1:4:log", (0.001, 0.01, 0.1, 1.0)),
        ("training.learning_rate", "0.1, 1 : 3 : 3", (0.1, 1, 2, 3)),
        ("training.l2", "−1，0", (-1, 0)),  # as other keyboards have minus and comma
        ("training.batch_size", "1, full", (1, None)),
        ("training.patience", "None, 5", (None, 5)),
        ("network.hidden_layer_sizes", "none, 4, 8-8", ([], [4], [8, 8])),
        ("network.activation", "tanh, Leaky ReLU, relu-sin", ("tanh", "leaky_relu", ["relu", "sin"])),
        ("training.optimizer", '{"kind": "adam", "beta1": 0.5}, SGD', ({"kind": "adam", "beta1": 0.5}, "sgd")),
        ("data.features", "none, x1 x2^2", ([], ["x1", "x2^2"])),
        ("data.standardize", "none, each", ("none", "each")),
        ("data.standardize_target", "yes, false", (True, False)),
        ("training.loss", "none, huber", (None, "huber")),
        ("data.dataset", "moons, tf_spiral", ("moons", "tf_spiral")),
    ],
)
def test_a_text_is_read(name: str, text: str, values: tuple[Any, ...]) -> None:
    assert axis(name, text).values == values


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("training.learning_rate", "", "an empty list"),
        ("training.learning_rate", " , ,", "an empty list"),
        ("training.learning_rate", "1, 1", "each value may stand there once"),
        ("training.learning_rate", "0:1", "0:1"),
        ("training.learning_rate", "0:1:x", "a range is 0:1:5"),
        ("training.learning_rate", "0:1:5:cubic", "a range is 0:1:5"),
        ("training.learning_rate", "0:1:5:log", "it must be a number above 0"),
        ("training.learning_rate", "0:1:0", "there may be up to 10000"),
        ("training.learning_rate", "0:1:999999999999", "there may be up to 10000"),
        ("seed", f"0:1:{MOST_VALUES},2", "10001 values"),
        ("training.learning_rate", "1," * 10_001, "it must be shorter"),
        ("training.optimizer", '{"kind": ', "its brackets hold no JSON"),
        ("training.optimizer", "[" * 4000, "its brackets hold no JSON"),
        ("network.hidden_layer_sizes", "8-x", "layers are written 8-8"),
        ("network.hidden_layer_sizes", "8²", "layers are written 8-8"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, text: str, said: str) -> None:
    if text == "0:1":  # a word like any other: the setting itself refuses it
        (cell,) = Sweep(axes=(axis(name, text),)).cells()
        assert said in cell.problem
        return
    with pytest.raises(InvalidSetting, match=r".") as error:
        axis(name, text)
    assert said in str(error.value)
