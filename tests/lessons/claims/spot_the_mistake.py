"""Lesson 10, *Spot the mistake*: each claim beside what measures it."""

import numpy as np

from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2


def _leap(costs: np.ndarray) -> float:
    return float(np.abs(np.diff(costs[-50:])).max())


CLAIMS = (
    Claim("spot-the-mistake.1", "its cost falls", lambda s: np.subtract(*s.compared().flawed.costs[[0, -1]]), 0.1),
    Claim(
        "spot-the-mistake.1", "at what a single neuron reaches", lambda s: s.compared().flawed.test_accuracy, 0.7, 0.92
    ),
    Claim(
        "spot-the-mistake.2", "The cost stays at ln 2 ≈ 0.693", lambda s: s.compared().flawed.costs[-1], 0.692, 0.694
    ),
    Claim(
        "spot-the-mistake.2", "the right network's cost is below 0.1", lambda s: s.compared().right.costs[-1], 0.0, 0.1
    ),
    Claim(
        "spot-the-mistake.3",
        "The cost leaps and does not settle",
        lambda s: _leap(s.compared().flawed.costs) / _leap(s.compared().right.costs),
        10,
    ),
    Claim(
        "spot-the-mistake.3", "its cost falls in every epoch", lambda s: np.diff(s.compared().right.costs).max(), most=0
    ),
    Claim(
        "spot-the-mistake.4",
        "The very first cost is many times ln 2",
        lambda s: s.compared().flawed.costs[0],
        10,
    ),
    Claim("spot-the-mistake.4", r"past $10^{70}$ after seven epochs", lambda s: s.shown().flawed.costs[7], 1e70),
    Claim("spot-the-mistake.4", "Then it falls", lambda s: s.shown().flawed.costs[15], 0.69, 0.7),  # all of it is drawn
    Claim("spot-the-mistake.4", "ends at ln 2", lambda s: s.shown().flawed.costs[-1], LN2 - 0.01, LN2 + 0.01),
    Claim(
        "spot-the-mistake.5",
        "then the cost is infinite or not a number",
        lambda s: float(s.shown().flawed.broke_at or 0),
        2,
    ),
    Claim("spot-the-mistake.5", "the cost falls as it should", lambda s: float(s.shown().right.broke_at is None), 1),
    Claim(
        "spot-the-mistake.5",
        "Two clouds of examples that are easily parted",
        lambda s: s.compared().right.test_accuracy,
        0.99,
    ),
    Claim("spot-the-mistake.6", "Seventy training examples", lambda s: s.compared().data.n_train, 70, 70),
    Claim(
        "spot-the-mistake.6",
        "The training cost goes on falling where noise should stop it",
        lambda s: s.compared().right.costs[-1] - s.compared().flawed.costs[-1],
        0.0,
    ),
    Claim(
        "spot-the-mistake.6",
        "while test examples gain nothing",
        lambda s: s.compared().flawed.test_accuracy - s.compared().right.test_accuracy,
        most=0.04,
    ),
)
