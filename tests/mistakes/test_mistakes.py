"""Planted mistakes: the right rule is the engine's, and each flawed one shows what its text says."""

from collections.abc import Callable

import numpy as np
import pytest

from dnn import ACTIVATIONS, Data, advance, start
from dnn.losses import BinaryCrossEntropy
from dnn.mistakes import MISTAKES, ReferenceNetwork, Setting, check_rule, compare, network_with
from dnn.reference import Layers
from tests.mistakes.comparisons import compared

LN2 = np.log(2)
NAMED = {
    "last_layer_stays", "summed_bias", "bias_per_example", "output_reads_z", "wrong_count", "unscaled_start",
    "divides_by_output", "one_mean",
}  # fmt: skip


def test_the_eight_mistakes_that_the_tutorials_print_are_here() -> None:
    assert MISTAKES.keys() >= NAMED
    assert {tutorial for mistake in MISTAKES.values() for tutorial in mistake.tutorials} == {
        "sigmoid-net", "one-hidden", "relu-net", "weather", "modular",
    }  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_says_all_about_itself(name: str) -> None:
    mistake = MISTAKES[name]
    assert mistake.id == name
    assert mistake.step in vars(mistake.rule)
    assert mistake.step in vars(ReferenceNetwork)
    for text in (mistake.wrong, mistake.why, *mistake.symptoms):
        assert text.endswith(".")


@pytest.mark.parametrize("name", MISTAKES)
def test_the_gradient_check_finds_what_the_table_says_and_accepts_the_right_rule(name: str) -> None:
    comparison = compared(name)
    assert comparison.flawed.check.caught == MISTAKES[name].caught
    assert not comparison.right.check.caught


def test_the_right_network_is_trained_once_beside_all_mistakes_of_a_setting_and_stays_as_it_is() -> None:
    one, another = (compare(name, epochs=2) for name in ("cost_sign", "slope_sign"))
    assert one.setting == another.setting
    assert one.right is another.right
    assert compare("slope_sign", epochs=3).right is not one.right
    for array in (one.right.costs, *one.right.layers[0]):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0.0


@pytest.mark.parametrize("name", MISTAKES)
def test_the_right_rule_is_the_engine(name: str) -> None:
    """The same data and starting weights, trained by the engine, cost the same in every epoch."""
    comparison, epochs = compared(name), 30
    setting, right, given = comparison.setting, comparison.right, comparison.data
    mean, deviation = right.scales
    data = Data((given.X - mean) / deviation, given.y, given.n_train, given.task)
    sizes = (2, *setting.experiment.network.hidden_layer_sizes, 1)
    seed = [setting.experiment.seed, 2, 0]
    params = right.rule.start(sizes, given.n_train, np.random.default_rng(seed))
    run = advance(start(setting.experiment, data=data, params=params), epochs)
    np.testing.assert_allclose(right.costs[: epochs + 1], run.history["train_cost"], rtol=1e-9)


def test_the_right_network_learns_in_every_setting() -> None:
    for name in MISTAKES:
        right = compared(name).right
        assert right.costs[-1] < 0.3 * right.costs[0]
        assert right.test_accuracy >= 0.85


# what the symptoms say


def test_a_last_layer_that_is_not_updated_keeps_its_weights_and_learns_less() -> None:
    comparison = compared("last_layer_stays")
    first = compared("last_layer_stays", epochs=0).flawed.layers[-1]
    np.testing.assert_array_equal(comparison.flawed.layers[-1][0], first[0])
    assert LN2 > comparison.flawed.costs[-1] > 5 * comparison.right.costs[-1]
    assert comparison.flawed.costs[-1] < comparison.flawed.costs[0]


def test_biases_that_share_a_sum_stay_alike() -> None:
    comparison = compared("summed_bias")
    for _, b in comparison.flawed.layers:
        np.testing.assert_allclose(b, b[0])
    assert np.ptp(comparison.right.layers[0][1]) > 0.1
    assert comparison.flawed.costs[-1] > 3 * comparison.right.costs[-1]


def test_summing_over_one_unit_is_no_mistake() -> None:
    rule = MISTAKES["summed_bias"].rule()
    layers: Layers = [(np.ones((2, 1)), np.zeros(1)), (np.ones((1, 1)), np.zeros(1))]
    X = np.random.default_rng(0).standard_normal((7, 2))
    assert not check_rule(rule, layers, X, (X[:, :1] > 0).astype(float)).caught


def test_a_bias_for_every_example_learns_the_noise_by_heart() -> None:
    comparison = compared("bias_per_example")
    assert comparison.flawed.train_accuracy == 1.0
    assert comparison.flawed.costs[-1] < 0.1 * comparison.right.costs[-1]
    assert comparison.flawed.test_accuracy < comparison.right.test_accuracy - 0.1


def test_an_output_that_reads_z_has_a_straight_boundary() -> None:
    """The logit changes by as much for every step along a line."""
    comparison = compared("output_reads_z")
    line = np.linspace([-2.0, -1.0], [2.0, 2.0], 30)
    answers = {name: outcome.predict(line) for name, outcome in (("f", comparison.flawed), ("r", comparison.right))}
    bends = {name: np.abs(np.diff(np.log(a / (1 - a)), 2)).max() for name, a in answers.items()}
    assert bends["f"] < 1e-8 < 0.1 < bends["r"]
    assert comparison.flawed.costs[-1] > 5 * comparison.right.costs[-1]


def test_a_wrong_count_makes_the_steps_longer_in_proportion_and_the_cost_leap() -> None:
    comparison = compared("wrong_count")
    X, y = comparison.data.X_train, comparison.data.y_train
    layers = comparison.right.layers
    longer = comparison.flawed.rule.backward(layers, X, y)[0][0] / comparison.right.rule.backward(layers, X, y)[0][0]
    np.testing.assert_allclose(longer, len(X) / X.shape[1])
    assert comparison.flawed.costs.max() > 10 * comparison.flawed.costs[0]
    assert np.sum(np.diff(comparison.flawed.costs) > 0) > 20
    assert np.all(np.diff(comparison.right.costs) < 0)


def test_weights_that_are_too_large_cost_much_at_first_and_leave_dead_units() -> None:
    comparison = compared("unscaled_start")
    assert comparison.flawed.costs[0] > 10 * LN2
    assert comparison.right.costs[0] < 2 * LN2
    assert comparison.flawed.costs[-1] == pytest.approx(LN2, abs=0.01)
    assert comparison.right.train_accuracy > 0.95 > 0.6 > comparison.flawed.train_accuracy


def test_weights_that_are_too_small_stay_where_they_are() -> None:
    comparison = compared("tiny_start")
    np.testing.assert_allclose(comparison.flawed.costs, LN2, atol=1e-3)
    data, flawed = comparison.data, compared("tiny_start", epochs=0).flawed
    X = (data.X_train - flawed.scales[0]) / flawed.scales[1]
    gradients = flawed.rule.backward(flawed.layers, X, data.y_train)
    assert np.linalg.norm(gradients[0][0]) * 1000 < np.linalg.norm(gradients[-1][1])


def test_dividing_by_the_output_goes_well_until_an_answer_is_rounded() -> None:
    comparison = compared("divides_by_output")
    broke_at = comparison.flawed.broke_at
    assert broke_at is not None
    assert broke_at > 20
    np.testing.assert_allclose(comparison.flawed.costs[:broke_at], comparison.right.costs[:broke_at], rtol=1e-6)
    assert all(np.isnan(array).all() for pair in comparison.flawed.layers[-1:] for array in pair)
    assert comparison.right.train_accuracy == 1.0


def test_one_mean_for_all_inputs_centres_none() -> None:
    comparison = compared("one_mean")
    X = comparison.data.X_train
    mean, deviation = comparison.flawed.scales
    seen = (X - mean) / deviation
    assert np.abs(seen.mean(axis=0)).min() > 0.9
    assert seen.std(axis=0).max() < 0.1
    assert comparison.flawed.costs[-1] == pytest.approx(LN2, abs=0.02)
    assert comparison.right.train_accuracy > 0.95


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_does_harm_from_the_first_starting_weights(name: str) -> None:
    assert not compared(name).alike


@pytest.mark.parametrize(("name", "draw"), [("divides_by_output", 1), ("output_reads_z", 2), ("summed_bias", 2)])
def test_a_mistake_that_does_no_harm_is_known(name: str, draw: int) -> None:
    assert compared(name, draw).alike


# several at once, and others' settings


def test_the_sigmoid_tutorial_as_it_is_printed() -> None:
    """Its three mistakes at once: a bias (m, n), all of it moved by one sum, and a last layer that stays."""
    comparison = compare("bias_per_example", "summed_bias", "last_layer_stays", epochs=20)
    assert [mistake.id for mistake in comparison.mistakes] == ["last_layer_stays", "summed_bias", "bias_per_example"]
    _, b = comparison.flawed.layers[0]
    assert b.shape == (comparison.data.n_train, 3)
    np.testing.assert_allclose(b, b[0, 0])
    assert comparison.flawed.check.caught


def test_a_setting_of_ones_own_and_other_starting_weights() -> None:
    setting = Setting(MISTAKES["output_reads_z"].setting.experiment, 5)
    one, other = (compare("one_mean", setting=setting, draw=draw) for draw in (0, 1))
    assert one.flawed.costs.shape == (6,)
    assert one.right.costs[0] != other.right.costs[0]


@pytest.mark.parametrize("names", [(), ("no_such",), ("one_mean", "no_such")])
def test_an_unknown_mistake_is_named_with_those_that_there_are(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="last_layer_stays") as error:
        compare(*names)
    assert ("no_such" if names else "none") in str(error.value)


def test_the_rules_cost_is_the_losses() -> None:
    z = np.random.default_rng(0).standard_normal((20, 1)) * 50
    y = (z > 10).astype(float)
    assert ReferenceNetwork().cost(z, y) == pytest.approx(float(BinaryCrossEntropy().cost(z, y)), rel=1e-14)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_the_checks_of_all_hidden_activations_pass(name: str) -> None:
    rng: Callable[..., np.ndarray] = np.random.default_rng(1).standard_normal
    rule, X = network_with(ReferenceNetwork, ACTIVATIONS[name](kind=name)), rng((15, 3))
    layers = rule.start((3, 4, 3, 1), 15, np.random.default_rng(0))
    assert not check_rule(rule, layers, X, (X[:, :1] > 0).astype(float)).caught
