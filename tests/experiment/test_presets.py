"""Every preset shows what its sentence says, by a margin; what it compares with is trained beside it."""

import inspect
import sys
from functools import cache

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.experiment.links import from_query, to_query
from dnn.experiment.presets import PRESETS, Preset
from dnn.network import forward


@cache
def after(experiment: Experiment, epochs: int) -> Run:
    return advance(start(experiment), epochs)


def trained(name: str) -> Run:
    return after(PRESETS[name].experiment, PRESETS[name].epochs)


def otherwise(name: str, section: str, **changes: object) -> Run:
    """The preset's run, had these settings of one section been others."""
    experiment = PRESETS[name].experiment
    sections = experiment.model_dump()
    return after(Experiment.of(**sections | {section: sections[section] | changes}), PRESETS[name].epochs)


def last(run: Run, column: str) -> float:
    return float(run.history[column][-1])


def dead(run: Run) -> float:
    """Share of the hidden units that are 0 for every training example."""
    activations = forward(run.params, run.data.X_train, run.network).a[:-1]
    return float(np.concatenate([(a <= 0.0).all(axis=0) for a in activations]).mean())


def first_by_last_gradient(run: Run) -> float:
    norms = run.history["gradient_norm"]
    return float(norms[0, 0] / norms[0, -1])


def explained(run: Run) -> float:
    """R² on the test examples."""
    y, points = run.data.y_test, run.data.points[run.data.n_train :]
    return 1.0 - float(((run.predict(points) - y) ** 2).mean() / y.var())


# the list itself


def test_there_is_a_gallery_full_and_names_and_titles_are_unique() -> None:
    assert len(PRESETS) >= 13
    assert [preset.name for preset in PRESETS.values()] == list(PRESETS)
    assert len({preset.title for preset in PRESETS.values()}) == len(PRESETS)
    assert len({preset.experiment for preset in PRESETS.values()}) == len(PRESETS)
    assert next(iter(PRESETS)) == "linear_is_enough"


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_said_in_one_breath_and_can_be_linked_to_and_saved(preset: Preset) -> None:
    assert 40 <= len(preset.sentence) <= 140
    assert preset.sentence.endswith(".")
    assert len(preset.title) <= 28
    assert from_query(to_query(preset.experiment)) == (preset.experiment, ())
    assert Experiment.model_validate_json(preset.experiment.model_dump_json()) == preset.experiment
    assert preset.epochs <= 200  # seconds on the page


def test_every_preset_has_a_test_of_its_claim() -> None:
    module = inspect.getsource(sys.modules[__name__])
    assert [name for name in PRESETS if f'trained("{name}")' not in module] == []


# the claims


def test_a_line_parts_two_clouds() -> None:
    run = trained("linear_is_enough")
    assert run.params.sizes == (2, 1)
    assert last(run, "test_accuracy") >= 0.97


def test_without_a_hidden_layer_circles_stay_a_coin_toss() -> None:
    run = trained("circles_without")
    assert run.params.sizes == (2, 1)
    assert last(run, "train_accuracy") < 0.65
    assert last(run, "test_accuracy") < 0.65
    assert last(run, "train_cost") > 0.67


def test_a_hidden_layer_closes_around_the_disc() -> None:
    run = trained("circles_hidden")
    assert len(run.params) == 2
    assert last(run, "test_accuracy") >= 0.93
    assert last(run, "train_cost") < 0.25
    assert run.data.X.tobytes() == trained("circles_without").data.X.tobytes()


def test_xor_takes_two_units_and_three_do_better() -> None:
    one, two, three = (otherwise("xor", "network", hidden_layer_sizes=[units]) for units in (1, 2, 3))
    assert two.history["train_cost"][-1] == trained("xor").history["train_cost"][-1]
    assert 0.6 <= last(one, "train_accuracy") <= 0.76
    assert 0.82 <= last(two, "train_accuracy") <= 0.93
    assert last(three, "train_accuracy") >= 0.95


def test_softmax_parts_three_clouds() -> None:
    run = trained("three_blobs")
    assert run.params.sizes == (2, 3)
    assert last(run, "test_accuracy") >= 0.97
    np.testing.assert_allclose(run.predict_proba(run.data.X).sum(axis=1), 1.0)


def test_six_units_follow_hill_and_valley_and_a_plane_does_not() -> None:
    assert explained(trained("regression")) > 0.85
    assert explained(otherwise("regression", "network", hidden_layer_sizes=[])) < 0.72


def test_depth_finds_the_spiral_and_a_line_does_not() -> None:
    assert last(trained("spiral_deep"), "test_accuracy") >= 0.97
    assert 0.58 <= last(otherwise("spiral_deep", "network", hidden_layer_sizes=[]), "test_accuracy") <= 0.75


def test_the_right_feature_finds_the_spiral_without_a_hidden_layer() -> None:
    run = trained("spiral_features")
    assert run.params.sizes == (3, 1)
    assert last(run, "test_accuracy") >= 0.98
    sizes = np.abs(run.params.layers[0][0][:, 0])  # of x1, x2 and the formula
    assert sizes[2] > 5.0 * sizes[:2].max()
    assert last(otherwise("spiral_features", "data", features=["x1", "x2"]), "test_accuracy") < 0.75


def test_too_high_a_rate_swings_and_a_hundredth_of_it_does_not() -> None:
    cost = trained("rate_too_high").history["train_cost"]
    assert (np.diff(cost) > 0.0).mean() > 0.25
    late = cost[len(cost) // 2 :]
    assert late.max() > 3.0 * late.min()
    assert late.max() > 2.0 * cost[0]
    calm = otherwise("rate_too_high", "training", learning_rate=0.3).history["train_cost"]
    assert (np.diff(calm) < 0.0).all()


def test_the_cost_grows_until_no_number_holds_it() -> None:
    run = trained("diverges")
    assert run.diverged
    assert 30 < run.epoch < PRESETS["diverges"].epochs  # seen for half a second at least
    cost = run.history["train_cost"]
    assert (np.diff(cost[1:]) > 0.0).all()
    assert cost[-1] > 1e100
    assert last(otherwise("diverges", "training", learning_rate=0.3), "train_cost") < 0.01


def test_zeros_stay_at_ln_2() -> None:
    run = trained("zeros_never_learn")
    np.testing.assert_allclose(run.history["train_cost"], np.log(2.0), atol=0.002)
    assert all((W == 0.0).all() for W, _ in run.params.layers)
    assert last(otherwise("zeros_never_learn", "network", initializer="glorot_uniform"), "train_cost") < 0.4


def test_the_gradient_vanishes_through_sigmoids_and_not_through_tanh() -> None:
    sigmoids, tanh = trained("vanishing_sigmoids"), otherwise("vanishing_sigmoids", "network", activation="tanh")
    assert first_by_last_gradient(sigmoids) < 1e-3
    assert last(sigmoids, "train_cost") > 0.68
    assert first_by_last_gradient(tanh) > 0.1
    assert last(tanh, "train_cost") < 0.2


def test_relus_die_of_large_steps_and_not_of_small_ones() -> None:
    run = trained("dying_relus")
    assert dead(run) > 0.5
    assert last(run, "train_cost") > 0.6
    calm = otherwise("dying_relus", "training", learning_rate=0.1)
    assert dead(calm) < 0.2
    assert last(calm, "train_cost") < 0.2


def test_momentum_is_faster_down_the_valley_at_the_same_rate() -> None:
    crawling = otherwise("momentum", "training", optimizer="sgd")
    assert last(crawling, "train_cost") > 4.0 * last(trained("momentum"), "train_cost")


def test_adam_learns_where_plain_descent_at_the_same_rate_does_not_yet() -> None:
    run, plain = trained("adam"), otherwise("adam", "training", optimizer="sgd")
    assert last(run, "test_accuracy") > 0.9
    assert last(plain, "train_cost") > 5.0 * last(run, "train_cost")


def test_the_test_cost_climbs_while_the_train_cost_falls() -> None:
    history = trained("overfitting").history
    turn = int(history["test_cost"].argmin())
    assert 0 < turn < 100
    assert history["test_cost"][-1] > 2.0 * history["test_cost"][turn]
    assert history["train_cost"][-1] < 0.5 * history["train_cost"][turn]


def test_l2_keeps_the_test_cost_low_on_the_same_points() -> None:
    noisy, cured = trained("overfitting"), trained("l2_cures")
    assert PRESETS["l2_cures"].experiment.training.l2 > 0.0
    assert noisy.data.X.tobytes() == cured.data.X.tobytes()
    assert last(cured, "test_cost") < 0.65 * last(noisy, "test_cost")
    assert last(cured, "test_cost") < 1.2 * cured.history["test_cost"].min()
