"""That a run is finished: it is said of what has learnt, and training as long again changes little."""

from itertools import product

import numpy as np
import pytest

from dnn import Run, advance, advance_many, start, start_many
from dnn.analysis.health import applies, diagnose
from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.measures import health
from tests.analysis.health.runs import TROUBLES, healthy_after, of, trained

KINDS = list(
    product(
        ("moons", "circles", "xor", "sine"),
        ((), (4,), (8, 8), (8, 8, 8, 8)),
        ("sigmoid", "tanh", "relu"),
        ((1.0, {"optimizer": "sgd"}), (0.03, {"optimizer": "adam"})),
    )
)


def shares_still_to_fall(runs: list[Run]) -> list[float]:
    """For each run that is said to be finished: how far the cost moves in as many epochs again as it stood still.

    As a share of the cost of the best constant answer.
    """
    finished: dict[int, list[Run]] = {}  # by the epochs that they stood still: those are advanced in lockstep
    for run in runs:
        finding = applies("finished", run)
        if finding is None:
            continue
        since = finding.evidence.values["since"]
        assert isinstance(since, int)
        assert since <= run.epoch / 2 + 1
        finished.setdefault(run.epoch - since, []).append(run)
    pairs = [
        (Evidence(run, health(run)), Evidence(later, health(later)))
        for epochs, group in finished.items()
        for run, later in zip(group, advance_many(group, epochs), strict=True)
    ]
    return [abs(before.cost - later.cost) / before.baseline for before, later in pairs]


def test_what_has_learnt_is_finished() -> None:
    epochs, cases = TROUBLES["finished"]
    for run in trained(cases, epochs):
        (finding,) = diagnose(run)
        assert finding.rule == "finished"
        assert finding.cure is None
        assert finding.advice is None


@pytest.mark.slow
def test_training_as_long_again_changes_little() -> None:
    """Of 96 kinds of runs, after 100, 250 and 600 epochs: by 5 % at most, and with few exceptions by 2 %."""
    runs = start_many([of(name, hidden, g, rate, batch=None, training=how) for name, hidden, g, (rate, how) in KINDS])
    shares: list[float] = []
    for epochs in (100, 150, 350):
        runs = advance_many(runs, epochs)
        shares += shares_still_to_fall(runs)
    assert len(shares) > 50
    assert max(shares) < 0.05
    assert np.quantile(shares, 0.95) < 0.02


@pytest.mark.slow
def test_healthy_runs_that_are_finished_stay_so() -> None:
    shares = shares_still_to_fall(healthy_after(100))
    assert len(shares) > 10
    assert max(shares) < 0.05


def test_a_plateau_on_the_way_is_no_end() -> None:
    """A straight boundary leaves 0.27 of moons, for hundreds of epochs. Then the cost falls again."""
    run = advance(start(of("moons", (8, 8), "sigmoid", 1.0, batch=None, samples=500)), 470)
    early, late = run.history["train_cost"][[235, 470]]
    assert abs(early - late) < 0.01 * np.log(2)
    assert applies("finished", run) is None
    assert late - advance(run, 470).latest["train_cost"] > 0.1


def test_a_stand_counts_from_the_last_change_of_the_learning_rate() -> None:
    run = advance(start(of("tf_gauss", rate=0.05, training={"optimizer": "adam"})), 150)
    assert applies("finished", run) is not None
    slower = run.experiment.model_copy(
        update={"training": run.experiment.training.model_copy(update={"learning_rate": 1e-6})}
    )
    changed = advance(run.with_settings(slower), 25)
    assert applies("finished", changed) is None  # the slow rate alone keeps the cost where it is
    finding = applies("finished", advance(changed, 25))
    assert finding is not None
    assert finding.evidence.values["since"] >= 150
