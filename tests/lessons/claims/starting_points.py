"""Lesson 6, *Starting points*: each claim beside what measures it."""

import numpy as np

from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2, Seeded, answers, cost, growth, hidden


def _unit_difference(s: Seeded, *labels: str) -> float:
    """The largest difference between two units of a hidden layer, in any layer."""
    return max(float(np.ptp(a, axis=1).max()) for a in hidden(s.run(*labels)))


def _quick(s: Seeded, start: str) -> int:
    """The first epoch with a train cost of 0.3 or less."""
    return int(np.argmax(s.run(start).history["train_cost"] <= 0.3))


CLAIMS = (
    Claim(
        "starting-points.1", "Every hidden unit gives 0", lambda s: max(np.abs(a).max() for a in hidden(s.run())), 0, 0
    ),
    Claim(
        "starting-points.1",
        "After 100 epochs all weights are still exactly 0",
        lambda s: max(np.abs(W).max() for W, _ in s.run().params),
        0.0,
        0.0,
    ),
    Claim(
        "starting-points.1",
        "Only the output's bias has moved",
        lambda s: max(np.abs(b).max() for _, b in s.run().params[:-1]),
        0.0,
        0.0,
    ),
    Claim("starting-points.1", "that changes all answers alike", lambda s: np.ptp(answers(s.run())), 0.0, 1e-12),
    Claim("starting-points.2", "the cost does fall", lambda s: cost(s.run()) / cost(s.run(epochs=0)), 0.0, 0.7),
    Claim("starting-points.2", "take equal steps, in all three layers", _unit_difference, 0.0, 1e-9),
    Claim("starting-points.2", "A layer of eight is worth one", lambda s: m.UNIT_DIFFERENCE.read(s.run()), 0.0, 1e-9),
    Claim(
        "starting-points.2",
        "Random weights are needed to break the symmetry",
        lambda s: m.UNIT_DIFFERENCE.read(s.run(network__initializer="glorot_normal")),
        0.1,
    ),
    Claim(
        "starting-points.3",
        "The first layer makes the signal some seventy times smaller",
        lambda s: 1 / growth(s.run(epochs=0))[0],
        40,
        130,
    ),
    Claim(
        "starting-points.3", "each later one some thirty-five times", lambda s: 1 / growth(s.run(epochs=0))[1], 20, 50
    ),
    Claim(
        "starting-points.3", "each later one some thirty-five times", lambda s: 1 / growth(s.run(epochs=0))[2], 20, 50
    ),
    Claim("starting-points.3", "The output sees nearly a constant", lambda s: np.ptp(answers(s.run())), 0.0, 1e-5),
    Claim("starting-points.3", "the cost stays at ln 2", lambda s: cost(s.run()), LN2 - 0.003, LN2 + 0.001),
    Claim(
        "starting-points.4",
        "each layer makes its numbers about four times as large",
        lambda s: float(np.exp(np.log(growth(s.run(epochs=0))[1:]).mean())),
        3.3,
        4.7,
    ),
    Claim(
        "starting-points.4",
        "within five epochs the cost is no number any more",
        lambda s: float(s.run(epochs=5).diverged),
        1,
    ),
    Claim(
        "starting-points.4",
        "With a tenth of that rate the cost still jumps by more than a thousand",
        lambda s: np.ptp(s.run("0.0001").history["train_cost"]),
        1000,
    ),
    Claim(
        "starting-points.4",
        "a first cost far above ln 2 points to them",
        lambda s: cost(s.run(epochs=0)) / cost(s.run("0.001", "He", epochs=0)),
        100,
    ),
    Claim(
        "starting-points.5",
        "the spread of the last hidden layer is about that of the inputs",
        lambda s: m.SPREAD_RATIO.read(s.run(epochs=0)),
        0.6,
        1.4,
    ),
    Claim(
        "starting-points.5",
        "the gradient of the first layer is no less than a tenth of the last one's",
        lambda s: m.GRADIENT_RATIO.read(s.run(epochs=0)),
        0.0,
        10.0,
    ),
    Claim(
        "starting-points.5",
        "With Xavier's rule ReLU makes the spread fifty to a hundred times smaller",
        lambda s: 1 / m.SPREAD_RATIO.read(s.run(epochs=0, network__initializer="glorot_normal")),
        50,
        100,
    ),
    Claim(
        "starting-points.5",
        "the first answers are nearly the same for all examples",
        lambda s: np.ptp(answers(s.run(epochs=0, network__initializer="glorot_normal"))),
        0.0,
        0.03,
    ),
    Claim(
        "starting-points.5",
        "He's 2 makes up for the half that ReLU sets to",
        lambda s: m.ZERO_ACTIVATIONS.read(s.run(epochs=0)),
        0.4,
        0.6,
    ),
    Claim(
        "starting-points.6",
        "He's and Xavier's rules",
        lambda s: min(s.reached(n) for n in ("He", "Xavier / Glorot")),
        1,
    ),
    Claim(
        "starting-points.6",
        "He's keeps the numbers at about their size",
        lambda s: m.SPREAD_RATIO.read(s.run("He", epochs=0)),
        0.4,
        2.5,
    ),
    Claim(
        "starting-points.6",
        "With Xavier's they become 30 to 100 times smaller",
        lambda s: 1 / m.SPREAD_RATIO.read(s.run("Xavier / Glorot", epochs=0)),
        30,
        100,
    ),
    Claim(
        "starting-points.6",
        "here that costs only some epochs at the start",
        lambda s: _quick(s, "Xavier / Glorot") - _quick(s, "He"),
        5,
        20,
    ),
    Claim(
        "starting-points.6",
        "Zeros and equal weights keep all units alike",
        lambda s: _unit_difference(s, "Zeros"),
        0.0,
        1e-9,
    ),
    Claim(
        "starting-points.6",
        "Zeros and equal weights keep all units alike",
        lambda s: _unit_difference(s, "Constant"),
        0.0,
        1e-9,
    ),
    Claim(
        "starting-points.6",
        "With a spread of 0.01 the numbers become nearly 0",
        lambda s: m.SPREAD_RATIO.read(s.run("Normal, spread 0.01", epochs=0)),
        0.0,
        1e-4,
    ),
    Claim(
        "starting-points.6",
        "With a spread of 1 the first cost is above 1000",
        lambda s: m.FIRST_COST.read(s.run("Normal, spread 1", epochs=0)),
        1000,
    ),
)
