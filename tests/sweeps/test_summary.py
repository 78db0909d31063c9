"""What the words say of results: exact small cases, and that nothing is said that does not hold."""

import itertools
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.sweeps import Axis, Cell, Result, Sweep
from dnn.sweeps.axes import is_logarithmic, is_numeric
from dnn.sweeps.outcomes import MEASURES, Measure, best, measures_of, outcomes, table_of
from dnn.sweeps.summary import summary
from tests.sweeps.results import ACTIVATION, RATE, grid, results_of

ACCURACY, COST = MEASURES["test_accuracy"], MEASURES["test_cost"]


def said(sweep: Sweep, results: list[Result], measure: str = "test_accuracy") -> list[str]:
    return list(map(str, summary(sweep, results, MEASURES[measure])))


def learns(cell: Cell) -> float:
    """Accuracies by the learning rate mostly, with a little for the activation and the seed."""
    by_rate = {0.001: 0.6, 0.01: 0.7, 0.1: 0.97, 1.0: 0.8}[cell.settings[RATE]]
    return by_rate + 0.01 * (cell.settings[ACTIVATION] == "tanh") + 0.01 * (cell.seed % 3 - 1)


def test_the_best_cell_is_named_with_mean_and_spread_over_its_seeds() -> None:
    sweep = grid(seeds=3)
    assert said(sweep, results_of(sweep, learns))[0] == "Best: Tanh, 0.1: test accuracy 98 ± 1 %."
    assert said(sweep, results_of(sweep, learns), "test_cost")[0] == "Best: Tanh, 0.1: test cost 0.22 ± 0.01."
    one = grid()
    assert said(one, results_of(one, learns))[0] == "Best: Tanh, 0.1: test accuracy 97 %."


def test_cells_as_good_within_the_spread_are_said() -> None:
    sweep = grid(seeds=3)
    results = results_of(sweep, learns)
    assert said(sweep, results)[1] == "ReLU, 0.1 is as good within the spread over seeds."
    apart = results_of(sweep, lambda cell: learns(cell) - 0.05 * (cell.settings[ACTIVATION] == "relu"))
    assert not any("as good" in sentence for sentence in said(sweep, apart))


def test_a_cell_of_which_a_run_diverged_is_not_the_best() -> None:
    sweep = grid(seeds=3)
    results = results_of(sweep, lambda cell: "diverged" if cell.index == 4 else learns(cell))  # one of tanh, 0.1
    assert said(sweep, results)[0] == "Best: ReLU, 0.1: test accuracy 97 ± 1 %."
    assert "1 of 18 runs diverge." in said(sweep, results)


def test_from_where_on_every_run_diverges() -> None:
    sweep = grid((0.1, 10.0, 1.0, 100.0))  # in any order
    results = results_of(sweep, lambda cell: "diverged" if cell.settings[RATE] > 1 else 0.9)
    assert "Learning rate above 1: every run diverges." in said(sweep, results)
    below = results_of(sweep, lambda cell: "diverged" if cell.settings[RATE] < 1 else 0.9)
    assert "Learning rate below 1: every run diverges." in said(sweep, below)
    relu = results_of(sweep, lambda cell: "diverged" if cell.settings[ACTIVATION] == "relu" else 0.9)
    assert "Activation ReLU: every run diverges." in said(sweep, relu)
    every = results_of(sweep, lambda cell: "diverged")
    assert said(sweep, every) == ["Every run diverges."]


def test_a_threshold_is_said_only_where_all_runs_beyond_it_are_there_and_diverged() -> None:
    sweep = grid((0.1, 1.0, 10.0))
    results = results_of(sweep, lambda cell: "diverged" if cell.settings[RATE] > 1 else 0.9)
    assert not any("above" in sentence for sentence in said(sweep, results[:-1]))  # not there yet
    one = [replace(result, diverged=result.diverged and result.index != results[-1].index) for result in results]
    assert not any("above" in sentence for sentence in said(sweep, one))
    assert "1 of 6 runs diverge." in said(sweep, one)


def test_runs_that_could_not_start_are_no_runs_that_diverge() -> None:
    sweep = grid((0.1, 1.0, 10.0))
    results = results_of(sweep, lambda cell: "It does not fit." if cell.settings[RATE] > 1 else 0.9)
    assert "2 runs could not start, the first of them: It does not fit." in said(sweep, results)
    assert not any("diverge" in sentence for sentence in said(sweep, results))


def test_what_matters_less_is_said_with_how_much_it_explains() -> None:
    sweep = grid((0.001, 0.01, 0.1, 1.0), seeds=3)
    *_, last = said(sweep, results_of(sweep, learns))
    found = re.fullmatch(
        r"\*Activation\* matters less than \*Learning rate\*: it explains (\d+) % of the variance, the other (\d+) %\.",
        last,
    )
    assert found is not None
    assert int(found[1]) <= 1
    assert int(found[2]) >= 97


def test_nothing_is_compared_where_both_matter_alike_or_there_is_one_axis() -> None:
    sweep = grid((0.01, 0.1), seeds=3)
    alike = results_of(sweep, lambda cell: 0.5 + 0.1 * (cell.settings[RATE] > 0.01) + 0.1 * (cell.settings[ACTIVATION] == "tanh") + 0.01 * (cell.seed % 3))  # fmt: skip  # noqa: E501
    assert not any("matters" in sentence for sentence in said(sweep, alike))
    single = Sweep(base=sweep.base, axes=sweep.axes[1:], seeds=3)
    results = results_of(single, lambda cell: 0.5 + 0.1 * (cell.settings[RATE] > 0.01) + 0.01 * (cell.seed % 3))
    assert not any("matters" in sentence for sentence in said(single, results))


def test_values_with_which_runs_diverged_are_left_out_of_the_comparison_and_that_is_said() -> None:
    sweep = grid((0.001, 0.01, 0.1, 1.0, 10.0), seeds=3)
    results = results_of(sweep, lambda cell: "diverged" if cell.settings[RATE] > 1 else learns(cell))
    sentences = said(sweep, results)
    assert "Learning rate above 1: every run diverges." in sentences
    assert sentences[-2].startswith("*Activation* matters less than *Learning rate*")
    assert sentences[-1] == "This compares the 24 runs with those values with which none diverged."


@given(st.permutations(range(24)), st.integers(0, 24))
def test_the_order_and_the_number_of_results_raise_nothing_and_the_order_changes_nothing(
    order: list[int], count: int
) -> None:
    sweep = grid((0.001, 0.01, 0.1, 1.0), seeds=3)
    results = results_of(sweep, lambda cell: "diverged" if cell.index % 5 == 4 else learns(cell))
    some = [results[place] for place in order[:count]]
    assert said(sweep, some) == said(sweep, sorted(some, key=lambda result: result.index))


@given(st.lists(st.sampled_from([0.5, 0.7, 0.9, "diverged", "It does not fit.", None]), min_size=12, max_size=12))
def test_what_is_said_holds(numbers: list[float | str | None]) -> None:
    sweep = grid(seeds=2)
    results = results_of(sweep, lambda cell: numbers[cell.index])
    for sentence in said(sweep, results):
        if bound := re.match(r"Learning rate above (.+): every", sentence):
            beyond = [result for result in results if result.settings[RATE] > float(bound[1]) and not result.problem]
            assert beyond
            assert all(result.diverged for result in beyond)
        if top := re.match(r"Best: (\w+), (.+): test accuracy ([\d.]+)", sentence):
            of_cells = outcomes(sweep, results, ACCURACY)
            means = [each.mean for each in of_cells if not np.isnan(each.values).any()]
            assert math.isclose(float(top[3]) / 100, max(means), abs_tol=0.005)


# outcomes


def test_outcomes_have_the_place_on_the_grid_and_the_numbers_of_their_runs() -> None:
    sweep = grid(seeds=2)
    results = results_of(sweep, lambda cell: "diverged" if cell.index == 3 else 0.5 + cell.index / 100)
    found = outcomes(sweep, reversed(results), ACCURACY)
    assert [outcome.place for outcome in found] == list(itertools.product(range(2), range(3)))
    assert [outcome.diverged for outcome in found] == [0, 1, 0, 0, 0, 0]
    assert found[0].mean == pytest.approx(0.505)
    assert found[0].spread == pytest.approx(np.std([0.5, 0.51], ddof=1))
    assert (found[1].mean, found[1].spread) == (pytest.approx(0.52), None)
    table = table_of(sweep, found)
    assert table.shape == (2, 3, 2)
    assert np.isnan(table[0, 1, 1])
    assert np.nansum(table) == pytest.approx(sum(0.5 + k / 100 for k in range(12) if k != 3))
    assert best(found, ACCURACY) is found[-1]
    assert best(outcomes(sweep, results, COST), COST).combination == 5


def test_values_that_are_equal_numbers_but_other_words_stay_apart() -> None:
    sweep = Sweep(base=grid().base, axes=(Axis(name="training.learning_rate", values=(1, 1.0)),))
    found = outcomes(sweep, results_of(sweep, lambda cell: cell.index / 10), ACCURACY)
    assert [outcome.place for outcome in found] == [(0,), (1,)]


def test_random_draws_find_their_places() -> None:
    sweep = grid(draws=4)
    found = outcomes(sweep, results_of(sweep, lambda cell: 0.5), ACCURACY)
    assert len({outcome.place for outcome in found}) == 4
    for outcome in found:
        values = tuple(axis.values[level] for axis, level in zip(sweep.axes, outcome.place, strict=True))
        assert values == tuple(outcome.settings.values())


def test_the_measures_are_those_that_a_result_has() -> None:
    sweep = grid()
    results = results_of(sweep, learns)
    names = ["test_accuracy", "test_cost", "train_accuracy", "train_cost"]
    assert [measure.name for measure in measures_of(results)] == names
    validated = [replace(result, validation_cost=0.1, validation_accuracy=0.9) for result in results]
    assert [measure.name for measure in measures_of(validated)] == list(MEASURES)
    regression = [replace(result, train_accuracy=None, test_accuracy=None) for result in results]
    assert [measure.name for measure in measures_of(regression)] == ["test_cost", "train_cost"]
    assert measures_of([]) == []


@pytest.mark.parametrize(
    ("measure", "value", "spread", "text"),
    [
        (ACCURACY, 0.98, 0.0102, "98 ± 1 %"),
        (ACCURACY, 0.98123, 0.0032, "98.1 ± 0.3 %"),
        (ACCURACY, 0.98123, 0.0, "98.1 ± 0.0 %"),
        (ACCURACY, 0.98123, None, "98.1 %"),
        (ACCURACY, 1.0, None, "100 %"),
        (ACCURACY, 0.9999, None, "100 %"),
        (COST, 0.012345, 0.00042, "0.0123 ± 0.0004"),
        (COST, 0.01234, 0.0, "0.01234 ± 0.00000"),
        (COST, 0.012345, None, "0.0123"),
        (COST, 3.2e12, 4.0e11, "3.2e+12 ± 4e+11"),
        (COST, 2e-14, 3e-15, "2e-14 ± 3e-15"),
        (COST, 0.0, 0.0, "0 ± 0"),
    ],
)
def test_numbers_have_the_digits_that_the_spread_leaves(
    measure: Measure, value: float, spread: float | None, text: str
) -> None:
    assert measure.text(value, spread) == text


def test_which_axes_are_numbers_and_which_by_their_logarithm() -> None:
    assert is_numeric((1, 2.5))
    assert not is_numeric((1, True))
    assert not is_numeric((1, "a"))
    assert is_logarithmic((0.01, 0.1))
    assert not is_logarithmic((0.0, 1.0))
    assert not is_logarithmic((1, 2, 3))
