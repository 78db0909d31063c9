"""In lockstep each run stops alone: one that diverges or stops early leaves the others as they are."""

import numpy as np
import pytest

from dnn import Data, Experiment, Run, advance, advance_many, start
from tests.training.lockstep import assert_close, runs_at_rates


@pytest.mark.parametrize("batch_size", [7, None])
@pytest.mark.parametrize(("hidden", "activation"), [((), "linear"), ((8, 8), "leaky_relu")], ids=str)
def test_a_member_that_diverges_neither_stops_nor_changes_the_others(
    hidden: tuple[int, ...], activation: str, batch_size: int | None
) -> None:
    group = runs_at_rates([0.01, 8.0, 0.02, 3.0, 0.05, 100.0], hidden, activation, batch_size=batch_size)
    together = advance_many(group, 300)
    assert [bool(run.stopped) for run in together] == [False, True, False, True, False, True]
    assert len({run.epoch for run in together}) > 2  # they stop at different epochs
    for later, run in zip(together, group, strict=True):
        assert_close(later, advance(run, 300))
        assert np.isfinite(later.params.vector).all()
        assert np.isfinite([*later.latest.values()]).all()


@pytest.mark.parametrize("test_share", [0.0, 0.2])
def test_a_member_that_stops_early_neither_stops_nor_changes_the_others(test_share: float) -> None:
    group = [
        start(
            Experiment.of(
                data={"samples": 30, "test_share": test_share},
                training={"optimizer": "adam", "learning_rate": 0.3, "patience": patience, "dropout": 0.3},
                seed=seed,
            )
        )
        for seed, patience in enumerate([None, 1, 3, None, 1, 6])
    ]
    together = advance_many(group, 40)
    assert [bool(run.stopped) for run in together] == [False, True, True, False, True, True]
    assert len({run.epoch for run in together}) > 2  # they stop at different epochs
    for later, run in zip(together, group, strict=True):
        assert_close(later, advance(run, 40))
        assert not later.diverged


def test_one_member_diverges_and_another_stops_early_in_the_same_epoch() -> None:
    quick = runs_at_rates([0.01, 8.0, 0.02, 0.02])
    diverges = advance(quick[1], 3000).epoch + 1
    patient = [start(_with(quick[2], patience=diverges, min_improvement=1000.0), data=quick[2].data)]
    group = [quick[0], quick[1], *patient, quick[3]]
    together = advance_many(group, diverges + 5)
    assert [run.epoch for run in together] == [diverges + 5, diverges - 1, diverges, diverges + 5]
    for later, run in zip(together, group, strict=True):
        assert_close(later, advance(run, diverges + 5))


def test_a_member_that_clips_leaves_the_huge_gradients_of_the_others_as_they_are() -> None:
    data = Data.split([[1e155], [-1e155]], [1, 0])
    group = [
        start(
            Experiment.of(
                network={"hidden_layer_sizes": []},
                training={"learning_rate": 1e-6, "batch_size": "full", "clip_norm": clip_norm},
            ),
            data=data,
            params=[(np.zeros((1, 1)), [0.0])],
        )
        for clip_norm in (None, 1.0)
    ]
    together, alone = advance_many(group, 1)[0], advance(group[0], 1)
    assert together.stopped == alone.stopped == ""
    np.testing.assert_allclose(together.params.vector, alone.params.vector, rtol=1e-12)


def _with(run: Run, **training: object) -> Experiment:
    changed = run.experiment.training.model_copy(update=training)
    return run.experiment.model_copy(update={"training": changed})


def test_runs_that_have_stopped_pass_through_as_they_are() -> None:
    group = advance_many(runs_at_rates([0.01, 8.0, 0.02]), 300)
    again = advance_many(group, 5)
    assert again[1] is group[1]
    assert [run.epoch for run in again] == [305, group[1].epoch, 305]
