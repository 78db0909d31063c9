"""The cost chart: however long the run, few points, and no peak lost."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from dnn import Experiment, advance, start
from dnn.plots.cost_chart import VIEWS, cost_figure, views
from dnn.plots.curves import MOST_POINTS, accuracy_curves, cost_curves, rate_curve, thinned
from dnn.plots.theme import LIGHT, THEMES, Theme

QUICK = Experiment.of(
    data={"samples": 10}, network={"hidden_layer_sizes": []}, training={"batch_size": None, "learning_rate": 1.0}
)

curves = st.tuples(st.integers(1, 3), st.integers(1, 400)).flatmap(
    lambda shape: npst.arrays(np.float64, shape, elements=st.floats(allow_nan=True, allow_infinity=True))
)


@given(curves, st.integers(10, 500))
def test_thinning_keeps_the_order_the_ends_and_the_bound(given: np.ndarray, most: int) -> None:
    kept = thinned(given, most)
    assert len(kept) <= most
    assert (np.diff(kept) > 0).all()
    assert kept[0] == 0
    assert kept[-1] == given.shape[1] - 1


@given(curves, st.integers(10, 500))
def test_thinning_keeps_the_highest_and_the_lowest_value_of_every_curve(given: np.ndarray, most: int) -> None:
    kept = thinned(given, most)
    for curve in given:
        if not np.isnan(curve).all():
            assert np.nanmax(curve[kept]) == np.nanmax(curve)
            assert np.nanmin(curve[kept]) == np.nanmin(curve)


@given(st.integers(1, 5000), st.data())
def test_thinning_keeps_a_single_spike_wherever_it_is(n: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, n - 1))
    height = data.draw(st.sampled_from([-2.0, 2.0]))
    given = np.ones((2, n))
    given[data.draw(st.integers(0, 1)), place] = height
    assert place in thinned(given, 60)


@given(st.integers(1, 5000), st.data())
def test_a_value_that_is_missing_hides_no_other(n: int, data: st.DataObject) -> None:
    """NaN is neither a peak nor a valley, whatever the sign of the numbers around it."""
    place, missing = (data.draw(st.integers(0, n - 1)) for _ in range(2))
    level = data.draw(st.sampled_from([-5.0, 5.0]))
    given = np.full((1, n), level)
    given[0, place] = level + data.draw(st.sampled_from([-1.0, 1.0]))
    if missing != place:
        given[0, missing] = np.nan
    assert place in thinned(given, 60)


def test_few_points_are_left_as_they_are() -> None:
    np.testing.assert_array_equal(thinned(np.zeros((2, 600)), 600), np.arange(600))


def test_the_first_epochs_of_a_long_run_are_seen_on_a_logarithmic_axis() -> None:
    kept = thinned(np.linspace(1.0, 0.0, 10_001)[None], 600)
    decades = np.histogram(kept, bins=[1, 10, 100, 1000])[0]
    assert (decades >= [5, 10, 10]).all(), decades


def test_the_curves_of_a_run_are_its_history() -> None:
    run = advance(start(QUICK), 50)
    epoch, train, test = cost_curves(run.history)
    np.testing.assert_array_equal(epoch, np.arange(51))
    np.testing.assert_array_equal(train, run.history["train_cost"])
    np.testing.assert_array_equal(test, run.history["test_cost"])


@pytest.mark.parametrize("history_limit", [None, 500])
def test_the_curves_of_a_long_run_stay_few_and_reach_its_end(history_limit: int | None) -> None:
    run = advance(start(QUICK, history_limit=history_limit), 2000)
    epoch, train, test = points = cost_curves(run.history)
    assert points.shape[1] <= MOST_POINTS
    assert epoch[0] == 0
    assert epoch[-1] == run.history["epoch"][-1]
    rows = np.searchsorted(run.history["epoch"], epoch)
    np.testing.assert_array_equal(train, run.history["train_cost"][rows])
    np.testing.assert_array_equal(test, run.history["test_cost"][rows])


def test_without_test_examples_there_is_no_test_curve() -> None:
    alone = QUICK.model_copy(update={"data": QUICK.data.model_copy(update={"test_share": 0.0})})
    points = cost_curves(advance(start(alone), 1000).history)
    assert np.isnan(points[2]).all()
    assert np.isfinite(points[:2]).all()


def test_with_a_validation_set_its_curves_follow_those_of_the_test_examples() -> None:
    with_one = QUICK.model_copy(update={"data": QUICK.data.model_copy(update={"validation_share": 0.3})})
    run = advance(start(with_one), 50)
    for curves, quantity in ((cost_curves, "cost"), (accuracy_curves, "accuracy")):
        *_, test, validation = curves(run.history, validation=True)
        np.testing.assert_array_equal(test, run.history[f"test_{quantity}"])
        np.testing.assert_array_equal(validation, run.history[f"validation_{quantity}"])
    before = cost_curves(advance(start(QUICK), 5).history, validation=True)  # there was none in these epochs
    assert np.isnan(before[3]).all()
    figure = go.Figure(json.loads(cost_figure(LIGHT, validation=True).to_json()))
    assert [line.name for line in figure.data] == ["train", "test", "validation"]
    assert len({line.line.dash for line in figure.data}) == 3  # told apart without colour


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_chart_is_a_valid_figure_with_a_line_for_each_curve(theme: Theme) -> None:
    figure = go.Figure(json.loads(cost_figure(theme).to_json()))
    train, test = figure.data
    assert (train.name, test.name) == ("train", "test")
    assert train.line.dash != test.line.dash  # told apart without colour
    assert figure.layout.uirevision  # zoom survives new data
    assert figure.layout.meta["views"] == VIEWS  # from which the page makes the others


# accuracy, error and learning rate


def test_the_accuracies_of_a_run_are_its_history() -> None:
    run = advance(start(QUICK), 50)
    epoch, train, test = accuracy_curves(run.history)
    np.testing.assert_array_equal(epoch, np.arange(51))
    np.testing.assert_array_equal(train, run.history["train_accuracy"])
    np.testing.assert_array_equal(test, run.history["test_accuracy"])


def test_the_trace_of_the_learning_rate_follows_its_schedule() -> None:
    schedule = {"kind": "step", "factor": 0.5, "every": 20}
    run = advance(start(QUICK.of(**changed(training={"schedule": schedule}))), 50)
    epoch, rate = rate_curve(run.history)
    np.testing.assert_array_equal(epoch, np.arange(51))
    np.testing.assert_array_equal(rate, [1.0] * 20 + [0.5] * 20 + [0.25] * 11)


def test_long_accuracies_and_rates_are_thinned_too() -> None:
    run = advance(start(QUICK), 1500)
    assert accuracy_curves(run.history).shape[1] <= MOST_POINTS
    assert rate_curve(run.history).shape[1] <= MOST_POINTS


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, ["cost", "accuracy", "numbers", "health"]),
        ({"training": {"schedule": "cosine"}}, ["cost", "accuracy", "rate", "numbers", "health"]),
        ({"data": {"dataset": "plane"}}, ["cost", "error", "numbers", "health"]),
        ({"data": {"dataset": "plane"}, "training": {"loss": "huber"}}, ["cost", "numbers", "health"]),
    ],
    ids=str,
)
def test_only_views_that_say_something_are_offered(change: dict[str, dict[str, object]], shown: list[str]) -> None:
    assert views(start(QUICK.of(**changed(**change)))) == shown


def changed(**sections: dict[str, object]) -> dict[str, object]:
    plain = QUICK.model_dump()
    return plain | {name: plain[name] | values for name, values in sections.items()}


@pytest.mark.parametrize("theme", [*THEMES.values(), *(theme.projected() for theme in THEMES.values())])
def test_the_legend_stands_over_the_plot_and_covers_no_curve(theme: Theme) -> None:
    layout = cost_figure(theme).layout
    assert (layout.legend.y, layout.legend.yanchor) == (1, "bottom")
    assert layout.margin.t >= 20 * theme.scale
