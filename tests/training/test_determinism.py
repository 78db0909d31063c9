"""The same run every time, however it is cut into pieces, and no run changed by another."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, advance, start
from dnn.training.run import Measure
from tests.strategies import small_experiments
from tests.training.runs import assert_same, few, measures, moons

ROOT = Path(__file__).parents[2]


@given(
    small_experiments(dtype=st.sampled_from(["float64", "float32"])),
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.sampled_from([None, 2, 5]),
    measures,
)
@settings(max_examples=30)
def test_a_run_advanced_in_pieces_equals_the_run_advanced_at_once(
    experiment: Experiment, pieces: list[int], limit: int | None, measure: Measure
) -> None:
    run = first = start(experiment, history_limit=limit, measure=measure)
    for epochs in pieces:
        run = advance(run, epochs)
    assert_same(run, advance(first, sum(pieces)))
    assert_same(run, advance(start(experiment, history_limit=limit, measure=measure), sum(pieces)))


def test_pieces_across_a_change_of_shuffling_block_are_equal_too() -> None:
    assert_same(advance(advance(start(moons()), 15), 20), advance(start(moons()), 35))


@given(small_experiments())
@few
def test_advancing_leaves_the_run_it_was_given_untouched(experiment: Experiment) -> None:
    run = advance(start(experiment), 2)
    epoch, stopped = run.epoch, run.stopped
    params, table, latest = run.params.vector.copy(), run.history.table().copy(), dict(run.latest)
    state, best = [array.copy() for array in run.state], run.best and (run.best.epoch, run.best.vector.tolist())
    later = advance(run, 3)
    again = advance(run, 3)
    assert_same(later, again)
    assert_same(advance(later, 2), advance(again, 2))
    assert (run.epoch, run.stopped) == (epoch, stopped)
    np.testing.assert_array_equal(run.params.vector, params)
    np.testing.assert_array_equal(run.history.table(), table)
    np.testing.assert_array_equal([*run.latest.values()], [*latest.values()])
    for ours, before in zip(run.state, state, strict=True):
        np.testing.assert_array_equal(ours, before)
    assert best == (run.best and (run.best.epoch, run.best.vector.tolist()))


def test_two_threads_may_advance_the_same_run_at_once() -> None:
    run = advance(start(moons(optimizer="adam", dropout=0.2)), 3)
    expected = advance(run, 40)
    with ThreadPoolExecutor(4) as pool:
        for later in pool.map(lambda _: advance(run, 40), range(12)):
            assert_same(later, expected)


FINGERPRINT = """
import hashlib
from dnn import Experiment, advance, start
run = advance(start(Experiment.of(data={"dataset": "xor", "samples": 50}, seed=11)), 12)
print(hashlib.sha256(run.params.vector.tobytes() + run.history.table().tobytes()).hexdigest())
"""


def test_another_process_makes_the_same_run_to_the_last_bit() -> None:
    run = advance(start(Experiment.of(data={"dataset": "xor", "samples": 50}, seed=11)), 12)
    here = hashlib.sha256(run.params.vector.tobytes() + run.history.table().tobytes()).hexdigest()
    there = subprocess.run(
        [sys.executable, "-W", "error", "-c", FINGERPRINT],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1234"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_a_saved_experiment_makes_the_same_run_on_every_machine_and_in_every_version() -> None:
    run = advance(start(Experiment.of(data={"dataset": "xor"}, seed=4, draw=2)), 20)
    assert run.data.X_train.sum() == pytest.approx(-6.062583, abs=2e-6)  # the data and their split
    assert run.history["train_cost"][0] == pytest.approx(0.696429, abs=2e-6)  # the starting weights
    assert run.latest["train_cost"] == pytest.approx(0.615208, abs=2e-6)  # the order of the examples


@pytest.mark.parametrize("changed", [{"seed": 1}, {"draw": 1}])
def test_another_seed_or_draw_is_another_run(changed: dict[str, int]) -> None:
    run, other = start(Experiment()), start(Experiment.of(**changed))
    assert (run.params[0][0] != other.params[0][0]).all()
    assert np.array_equal(run.data.X, other.data.X) == ("draw" in changed)
