"""Variants: each is the experiment with exactly one setting changed, and none is offered twice."""

from hypothesis import given

from dnn import ACTIVATIONS, OPTIMIZERS, Experiment
from dnn.experiment.differences import differences
from dnn.experiment.variants import variants
from tests.strategies import experiments

PARAMETERS = "."  # of a component that is another one


@given(experiments())
def test_a_variant_differs_in_one_setting(experiment: Experiment) -> None:
    found = variants(experiment)
    assert len(set(found)) == len(found) > 5
    for variant in found:
        changed = {each.setting.partition(PARAMETERS)[0] for each in differences((experiment, variant))}
        assert len(changed) == 1
        assert Experiment.model_validate_json(variant.model_dump_json()) == variant


def test_the_questions_one_asks_most_are_offered() -> None:
    found = variants(Experiment())
    assert {each.training.learning_rate for each in found} == {0.003, 0.009, 0.03, 0.09, 0.3}
    assert {each.network.activation.kind for each in found} == set(ACTIVATIONS)  # type: ignore[union-attr]
    assert {each.training.optimizer.kind for each in found} == set(OPTIMIZERS)
    assert {each.network.hidden_layer_sizes for each in found} == {(4, 2), (4,), (2, 1), (8, 4), (4, 2, 2)}
    assert {(each.training.l2, each.training.dropout) for each in found} == {(0.0, 0.0), (0.1, 0.0), (0.0, 0.2)}
    assert {each.draw for each in found} == {0, 1}


def test_without_hidden_layers_their_settings_are_not_offered() -> None:
    plain = Experiment.of(network={"hidden_layer_sizes": []})
    assert {each.network.hidden_layer_sizes for each in variants(plain)} == {(), (4,)}
    assert len({each.network.activation for each in variants(plain)}) == 1
