"""Lesson 12, *Your own network*: each claim beside what measures it."""

from __future__ import annotations

import numpy as np

from dnn import Run, start
from dnn.lessons.measures import BEST_OF_A_HUNDRED, LINE_MISFIT
from dnn.training import advance_many
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import Seeded

RATES = ("0.001", "0.01", "0.03", "0.1", "1")


def _lowest(run: Run) -> float:
    return float(run.history["validation_cost"].min())


def _on_new_examples(run: Run) -> float:
    """The accuracy of the best of a hundred networks like ``run`` on 2,000 examples that none of them has seen."""
    draws = (run.experiment.model_copy(update={"draw": draw}) for draw in range(100))
    runs = advance_many([start(experiment) for experiment in draws], run.epoch)
    best = max(runs, key=lambda each: each.latest["test_accuracy"])
    many = run.experiment.data.model_copy(update={"samples": 2000})
    new = run.experiment.model_copy(update={"data": many, "seed": run.experiment.seed + 1000}).make_data()
    return float(np.mean(best.predict(new.points) == new.labels))


def _of_a_single_unit(s: Seeded) -> float:
    """The lowest validation cost of a single unit at any of the rates."""
    return min(_lowest(s.run("1", rate)) for rate in RATES)


CLAIMS = (
    Claim("own-network.2", "280 are left", lambda s: s.run().data.first_test, 280, 280),
    Claim("own-network.2", "70 % of these are 196", lambda s: s.run().data.n_train, 196, 196),
    Claim("own-network.3", "the 30 test examples", lambda s: len(s.run().data.X_test), 30, 30),
    Claim(
        "own-network.3",
        "Among a hundred results of chance there is a high one",
        lambda s: BEST_OF_A_HUNDRED.read(s.run()),
        0.6,
        0.8,
    ),
    Claim(
        "own-network.3",
        "On 2,000 new examples the same network gets half of them right",
        lambda s: _on_new_examples(s.run()),
        0.47,
        0.53,
    ),
    Claim(
        "own-network.4",
        "A single unit draws a straight line",
        lambda s: LINE_MISFIT.read(s.run("1", "0.03")),
        0.0,
        0.005,
    ),
    Claim(
        "own-network.4",
        "learns by heart: then the dashed curve rises",
        lambda s: s.run("32 and 32").latest["validation_cost"] / _lowest(s.run("32 and 32")),
        1.2,
    ),
    Claim(
        "own-network.4",
        "Two layers of eight units bend the boundary of the moons enough",
        lambda s: s.reached("8 and 8", "0.03"),
        1,
    ),
    Claim(
        "own-network.4",
        "for one layer of eight 200 epochs at a rate of 0.001 are too few",
        lambda s: s.reached("8", "0.001"),
        0,
        0,
    ),
    Claim("own-network.4", "With a single unit no rate helps", _of_a_single_unit, 0.2001),
)
