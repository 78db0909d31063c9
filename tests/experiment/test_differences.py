"""Names and tables of differences: they say what differs, all of it, and nothing else."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment
from dnn.experiment.differences import ABSENT, MOST_PARTS, differences, names
from tests.strategies import experiments


def of(**sections: Any) -> Experiment:
    return Experiment.of(**sections)


RELU = of(network={"activation": "relu"}, training={"learning_rate": 0.1})
TANH = of(network={"activation": "tanh"}, training={"learning_rate": 0.1})
QUICK = of(network={"activation": "relu"}, training={"learning_rate": 0.3})


def titles(*found: Experiment) -> dict[str, tuple[str, ...]]:
    return {difference.title: difference.texts for difference in differences(found)}


@pytest.mark.parametrize(
    ("compared", "expected"),
    [
        ((RELU, TANH), ("ReLU", "Tanh")),
        ((RELU, QUICK), ("0.1", "0.3")),
        ((RELU, TANH, QUICK), ("ReLU, 0.1", "Tanh, 0.1", "ReLU, 0.3")),
        (
            (RELU, of(network={"activation": "relu"}, training={"learning_rate": 0.1, "l2": 0.3})),
            ("L2 0", "L2 0.3"),
        ),
        (
            (of(training={"learning_rate": 0.1, "l2": 0.3}), of(training={"batch_size": None})),
            ("learning rate 0.1, batch size 10, L2 0.3", "learning rate 0.03, batch size full, L2 0"),
        ),
        ((of(network={"hidden_layer_sizes": []}), of()), ("no hidden layer", "4-2")),
        (
            (of(training={"optimizer": "adam"}), of(training={"optimizer": {"kind": "adam", "beta1": 0.5}})),
            ("beta 1 0.9", "beta 1 0.5"),
        ),
        ((of(), of(data={"dataset": "spiral"})), ("Moons", "Spiral")),
        ((of(), of(data={"dataset": {"kind": "spiral", "turns": 2.0}})), ("Moons", "Spiral, turns 2")),
        ((of(training={"optimizer": "adam"}), of()), ("Adam", "Gradient descent (SGD)")),
        ((of(),), ("Moons",)),
        ((RELU,), ("ReLU, 0.1",)),
        ((RELU, RELU), ("ReLU, 0.1", "ReLU, 0.1 (2)")),
        ((), ()),
    ],
)
def test_a_name_is_made_of_what_differs(compared: tuple[Experiment, ...], expected: tuple[str, ...]) -> None:
    assert names(compared) == expected


def test_epochs_tell_equal_experiments_apart_and_only_those() -> None:
    assert names((RELU, RELU, TANH), (10, 20, 20)) == ("ReLU, epoch 10", "ReLU, epoch 20", "Tanh")


def test_names_are_translated() -> None:
    words = {"Learning rate": "学习率", "L2": "L2", "ReLU": "ReLU"}
    pair = (of(training={"learning_rate": 0.1, "l2": 0.3}), of())
    assert names(pair, say=lambda text: words.get(text, text))[0] == "学习率 0.1, L2 0.3"


def test_a_parameter_that_a_component_lacks_is_absent_not_none() -> None:
    leaky = of(network={"activation": {"kind": "leaky_relu", "slope": 0.2}})
    table = titles(leaky, of())
    assert table == {"Activation": ("Leaky ReLU", "Tanh"), "Slope": ("0.2", ABSENT)}


def test_one_activation_a_layer_is_written_with_its_parameters() -> None:
    kinds = [["tanh", "leaky_relu"], ["tanh", {"kind": "leaky_relu", "slope": 0.3}]]
    pair = [of(network={"activation": each}) for each in kinds]
    assert [(each.setting, each.texts) for each in differences(pair)] == [("activation.2.slope", ("0.01", "0.3"))]


def test_other_values_than_the_first_are_marked() -> None:
    (first, second) = differences((RELU, TANH, QUICK))
    assert (first.setting, first.marked()) == ("activation", (False, True, False))
    assert (second.setting, second.marked(), second.is_number) == ("learning_rate", (False, False, True), True)


@given(st.lists(experiments(), min_size=1, max_size=6))
def test_there_are_differences_exactly_where_experiments_differ(several: list[Experiment]) -> None:
    found = differences(several)
    assert bool(found) == any(each != several[0] for each in several)
    for difference in found:
        assert len(difference.values) == len(difference.texts) == len(several)
        assert len(set(zip(map(repr, difference.values), difference.texts, strict=True))) > 1
    for place, each in enumerate(several):  # equal columns belong to equal experiments
        for other_place, other in enumerate(several):
            alike = all(
                d.values[place] == d.values[other_place] and d.texts[place] == d.texts[other_place] for d in found
            )
            assert (each == other) <= alike
            assert (each != other) <= (not alike)


@given(st.lists(experiments(), max_size=6), st.data())
def test_every_name_is_there_once_and_short(several: list[Experiment], data: st.DataObject) -> None:
    epochs = data.draw(st.lists(st.integers(0, 3), min_size=len(several), max_size=len(several)))
    found = names(several, epochs)
    assert len(set(found)) == len(found) == len(several)
    assert all(name and len(re.split(", (?=[a-z…])", name)) <= MOST_PARTS + 40 for name in found)
