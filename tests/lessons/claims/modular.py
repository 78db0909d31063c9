"""Lesson 5, *Forward and backward in halves*: each claim beside what measures it."""

import numpy as np

from dnn.activations import Sigmoid
from dnn.lessons import measures as m
from dnn.losses import BinaryCrossEntropy
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import answers, cost, gradients, growth, moved

SIGMOID = Sigmoid()


CLAIMS = (
    Claim(
        "modular.1",
        "Count the lines in the diagram",
        lambda s: float(s.run(epochs=0).params.weight_mask().sum()),
        28,
        28,
    ),
    Claim(
        "modular.3",
        "Some answers have been rounded to exactly 0 or 1",
        lambda s: float(np.sum((answers(s.run()) == 0) | (answers(s.run()) == 1))),
        1,
    ),
    Claim("modular.3", "is rounded to exactly 1", lambda s: 1.0 - SIGMOID.value(np.array([35.0]))[0], 1e-16),
    Claim("modular.3", "is rounded to exactly 1", lambda s: SIGMOID.value(np.array([38.0]))[0], 1.0, 1.0),
    Claim(
        "modular.3",
        "A sure and wrong answer costs about $|z|$",
        lambda _: BinaryCrossEntropy().cost(np.array([[1000.0], [-1000.0]]), np.array([[0.0], [1.0]])),
        1000,
        1000,
    ),
    Claim("modular.3", "the training goes on", lambda s: float(s.run().epoch), 1000),
    Claim(
        "modular.4",
        "the first layer makes the signal about a hundred times smaller",
        lambda s: 1 / growth(s.run(epochs=0))[0],
        60,
        260,
    ),
    Claim(
        "modular.4",
        "each later one some fifty times",
        lambda s: float(np.exp(-np.log(growth(s.run(epochs=0))[1:]).mean())),
        30,
        90,
    ),
    Claim("modular.4", "gives the same answer to every example", lambda s: np.ptp(answers(s.run())), 0.0, 1e-9),
    Claim("modular.4", "near one half", lambda s: abs(answers(s.run()).mean() - 0.5), 0.0, 0.1),
    Claim(
        "modular.4",
        "The gradient of the first layer is shorter than a billionth",
        lambda s: float(np.linalg.norm(gradients(s.run())[0])),
        0.0,
        1e-9,
    ),
    Claim("modular.4", "so its weights do not change", lambda s: moved(s.run(), s.run(epochs=0))[0], 0.0, 1e-6),
    Claim("modular.4", "The network stalls", lambda s: cost(s.run(epochs=100)) - cost(s.run()), -1e-3, 1e-3),
    Claim(
        "modular.5",
        "in 200 epochs to about that of a straight line",
        lambda s: max(abs(cost(s.run(n)) - cost(s.of("one-neuron.3").run())) for n in "12"),
        0.0,
        0.05,
    ),
    Claim("modular.5", "From three layers on it stays at 0.69", lambda s: min(cost(s.run(n)) for n in "35"), 0.69),
    Claim(
        "modular.6",
        "For eight inputs He's rule comes to 0.5",
        lambda s: float(np.mean([W.std() for W, _ in s.run("He", epochs=0).params[1:-1]])),
        0.42,
        0.58,
    ),
    Claim(
        "modular.6",
        "hand the signal on at about its size",
        lambda s: m.SPREAD_RATIO.read(s.run("He", epochs=0)),
        0.15,
        5.0,
    ),
    Claim(
        "modular.6",
        "With 0.1 it still fades away",
        lambda s: m.SPREAD_RATIO.read(s.run("Normal, spread 0.1", epochs=0)),
        0.0,
        0.01,
    ),
    Claim("modular.6", "with 3 it explodes", lambda s: m.SPREAD_RATIO.read(s.run("Normal, spread 3", epochs=0)), 100),
)
