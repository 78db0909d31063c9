"""Lesson 3, *Deeper with sigmoids*: each claim beside what measures it."""

import numpy as np

from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import Seeded, accuracy, answers, cost, hidden, moved

RATES = ("0.03", "0.1", "0.3")


def _slopes_of_sigmoids(s: Seeded) -> list[float]:
    """The largest slope in each hidden layer."""
    return [float((a * (1 - a)).max()) for a in hidden(s.run())]


def _slopes_of_tanh(s: Seeded) -> list[float]:
    return [float((1 - a**2).mean()) for a in hidden(s.run(epochs=1))]


CLAIMS = (
    Claim("sigmoid-net.1", "gets nearly all of them", lambda s: accuracy(s.run()), 0.94),
    Claim("sigmoid-net.1", "bends its decision boundary", lambda s: m.LINE_MISFIT.read(s.run()), 0.1),
    Claim("sigmoid-net.2", "No slope is larger than a quarter", lambda s: max(_slopes_of_sigmoids(s)), 0.2, 0.25),
    Claim(
        "sigmoid-net.2", "eight of them multiply to less", lambda s: np.prod(_slopes_of_sigmoids(s)), 0.0, 1 / 65_000
    ),
    Claim(
        "sigmoid-net.2",
        "The weights multiply as well, so the quotient is another number",
        lambda s: abs(np.log(m.GRADIENT_RATIO.read(s.run()) / 4**8)),
        0.05,
    ),
    Claim(
        "sigmoid-net.2",
        "almost nothing of the error reaches the first layer",
        lambda s: m.GRADIENT_RATIO.read(s.run()),
        5000,
    ),
    Claim(
        "sigmoid-net.3",
        "for ten times as long as one neuron needed",
        lambda s: s.of("one-neuron.3").run(epochs=60).latest["train_cost"] - cost(s.of("one-neuron.3").run()),
        0.0,
        0.02,
    ),
    Claim(
        "sigmoid-net.3",
        "learns to answer about one half to everything",
        lambda s: float(np.abs(answers(s.run()) - 0.5).max()),
        0.0,
        0.12,
    ),
    Claim(
        "sigmoid-net.3",
        "the weights of the first layer changed by less than a hundredth",
        lambda s: moved(s.run(), s.run(epochs=0))[0],
        0.0,
        0.01,
    ),
    Claim("sigmoid-net.3", "by more than a fifth", lambda s: moved(s.run(), s.run(epochs=0))[-1], 0.2),
    Claim(
        "sigmoid-net.3",
        "The first layers pass on nearly what they passed on at the start",
        lambda s: float(np.abs(hidden(s.run())[0] - hidden(s.run(epochs=0))[0]).max()),
        0.0,
        0.02,
    ),
    Claim(
        "sigmoid-net.4",
        "With one and two layers of sigmoids the network soon finds the straight line of a single neuron",
        lambda s: max(abs(cost(s.run(n, epochs=60)) - cost(s.of("one-neuron.3").run())) for n in "12"),
        0.0,
        0.03,
    ),
    Claim(
        "sigmoid-net.4",
        "in 300 epochs no more than that",
        lambda s: max(m.LINE_MISFIT.read(s.run(n)) for n in "12"),
        0.0,
        0.03,
    ),
    Claim(
        "sigmoid-net.4",
        "at that rate one layer bends the boundary in 300 epochs",
        lambda s: m.LINE_MISFIT.read(s.run("1", training__learning_rate=1.0)),
        0.1,
    ),
    Claim(
        "sigmoid-net.4",
        "With four layers the cost is still at 0.69 after 60",
        lambda s: cost(s.run("4", epochs=60)),
        0.685,
    ),
    Claim("sigmoid-net.4", "With eight layers it still is after 300", lambda s: cost(s.run("8")), 0.685),
    Claim("sigmoid-net.5", "between 0.7 and 0.95 on average", lambda s: min(_slopes_of_tanh(s)), 0.7),
    Claim("sigmoid-net.5", "between 0.7 and 0.95 on average", lambda s: max(_slopes_of_tanh(s)), most=0.95),
    Claim(
        "sigmoid-net.5",
        "at the first layer it is more than a third as long as at the last",
        lambda s: m.GRADIENT_RATIO.read(s.run(epochs=1)),
        0.0,
        3.0,
    ),
    Claim("sigmoid-net.5", "all eight layers learn", lambda s: moved(s.run(), s.run(epochs=0)).min(), 0.1),
    Claim(
        "sigmoid-net.6",
        "Tanh lets the gradient through",
        lambda s: min(s.reached("4", "Tanh", rate) for rate in RATES),
        1,
    ),
    Claim(
        "sigmoid-net.6", "no rate here makes up", lambda s: max(s.reached("4", "Sigmoid", rate) for rate in RATES), 0, 0
    ),
)
