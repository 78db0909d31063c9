"""Lesson 8, *Getting there faster*: each claim beside what measures it."""

import numpy as np

from dnn.analysis.curvature import sharpness
from dnn.lessons import measures as m
from dnn.lessons.drawings import Ravine
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import Seeded, cost, gradients


def _same_direction(s: Seeded) -> float:
    """The cosine between two steps of plain descent that are 20 epochs apart."""
    plain = s.of("faster.3")
    one, other = (
        plain.run(epochs=epoch + 1).params.vector - plain.run(epochs=epoch).params.vector for epoch in (40, 60)
    )
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def _uneven(lengths: list[float]) -> float:
    return max(lengths) / min(lengths)


def _steps(s: Seeded, optimizer: str) -> list[float]:
    """How far the weights of each layer have moved after one epoch: root mean square."""
    later, earlier = (s.run(epochs=epochs, training__optimizer=optimizer) for epochs in (1, 0))
    return [float(np.sqrt(np.mean((W - V) ** 2))) for (W, _), (V, _) in zip(later.params, earlier.params, strict=True)]


CLAIMS = (
    Claim(
        "faster.2",
        "Twenty-one rough steps get further than one exact step",
        lambda s: cost(s.run()) / cost(s.of("faster.1").run(epochs=50)),
        0.0,
        0.5,
    ),
    Claim("faster.2", "an epoch of these 210 examples now has 21 steps", lambda s: s.run().data.n_train, 210, 210),
    Claim(
        "faster.2",
        "the cost fluctuates more from epoch to epoch",
        lambda s: m.COST_SCATTER.read(s.run()) / m.COST_SCATTER.read(s.of("faster.1").run(epochs=50)),
        1.3,
    ),
    Claim(
        "faster.3",
        r"about $8^2 = 64$ times flatter along than across",
        lambda s: np.divide(*np.linalg.eigvalsh(np.cov(s.run().data.X_train.T))[::-1]),
        50,
        75,
    ),
    Claim("faster.3", "safe up to 2", lambda s: 2 / sharpness(s.run(epochs=0)), 1.9, 2.1),
    Claim("faster.3", "about forty times as steep", lambda s: Ravine(()).steep / sharpness(s.run(epochs=0)), 38, 42),
    Claim(
        "faster.3",
        "how slowly the cost falls from then on",
        lambda s: cost(s.run()) / float(s.run().history["train_cost"][15]),
        0.33,
        0.9,
    ),
    Claim("faster.4", "Along the valley the gradients nearly agree", _same_direction, 0.8),
    Claim(
        "faster.4",
        "100 epochs with momentum get about as far as 1000 without",
        lambda s: cost(s.run()) / cost(s.of("faster.3").run(epochs=1000)),
        0.7,
        1.3,
    ),
    Claim(
        "faster.5",
        "the cost is still above 0.6",
        lambda s: cost(s.run(training__optimizer="sgd")),
        0.6,
    ),
    Claim(
        "faster.5",
        "shorter in some layers than in others",
        lambda s: _uneven([float(np.sqrt(np.mean(dW**2))) for dW in gradients(s.run(epochs=0))]),
        1.8,
    ),
    Claim(
        "faster.5",
        "Adam's are more alike in all layers",
        lambda s: _uneven(_steps(s, "adam")) / _uneven(_steps(s, "sgd")),
        0.0,
        0.95,
    ),
    Claim(
        "faster.5",
        "many times longer at the same rate",
        lambda s: min(a / b for a, b in zip(_steps(s, "adam"), _steps(s, "sgd"), strict=True)),
        5,
    ),
    Claim("faster.6", "at the end the rate is nearly 0", lambda s: s.run().latest["learning_rate"], 0.0, 0.001),
    Claim(
        "faster.6",
        "the cost fluctuates by more than 0.01 to the end",
        lambda s: m.COST_SCATTER.read(s.run("Constant")),
        0.01,
    ),
    Claim("faster.6", "ends higher", lambda s: cost(s.run("Constant")) - cost(s.run()), 0.01),
    Claim(
        "faster.7",
        "Adam gets there at rates up to 0.01",
        lambda s: min(s.reached("Adam", rate) for rate in ("0.001", "0.003", "0.01")),
        1,
    ),
    Claim(
        "faster.7",
        "momentum at 0.01 and 0.03",
        lambda s: min(s.reached("Momentum", rate) for rate in ("0.01", "0.03")),
        1,
    ),
    Claim(
        "faster.7",
        "Plain descent is too slow at 0.01 and below",
        lambda s: max(s.reached("Gradient descent (SGD)", rate) for rate in ("0.001", "0.003", "0.01")),
        0,
        0,
    ),
    Claim(
        "faster.7",
        "at 0.03 it depends on the starting weights",
        lambda s: s.reached("Gradient descent (SGD)", "0.03"),
        0.2,
        0.8,
        on_average=True,
    ),
    Claim(
        "faster.7",
        "Adam at 0.03 is too fast from most of them",
        lambda s: s.reached("Adam", "0.03"),
        0.0,
        0.4,
        on_average=True,
    ),
)
