"""Lesson 11, *Valleys*: each claim beside what measures it."""

import numpy as np

from dnn import Params, Run
from dnn.analysis.curvature import curvatures, hessian, rise_nearby, sharpness
from dnn.analysis.landscape import landscape
from dnn.components import Array
from dnn.initializers import Normal
from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2, Seeded, answers, cost, gradient, gradients

BETA = 0.9  # of momentum


def _directions(run: Run) -> Array:
    """The directions of the curvatures, (P, P): the one of the smallest curvature first."""
    return np.linalg.eigh(hessian(run))[1].T


def _drawn(run: Run) -> Array:
    """The smallest and the largest curvature as a landscape shows them: second differences of its costs."""
    ends = _directions(run)[[0, -1]]
    costs = landscape(run, (ends[0], ends[1]), path=[], side=3, extent=0.05, dtype=np.float64).costs.total
    return np.array([costs[1] @ (1.0, -2.0, 1.0), costs[:, 1] @ (1.0, -2.0, 1.0)]) / 0.05**2


def _share_along(s: Seeded, first: int, last: int) -> float:
    """How much of the way between two epochs leads along the ravine: the cosine of their angle."""
    way = s.run(epochs=last).params.vector - s.run(epochs=first).params.vector
    return float(abs(way @ _directions(s.run())[0]) / np.linalg.norm(way))


def _factors(s: Seeded) -> Array:
    """By what an update of plain descent multiplies the distance from the floor, in each direction."""
    return np.abs(1.0 - s.run().experiment.training.learning_rate * curvatures(s.run(epochs=0)))


def _rises(run: Run) -> float:
    """In how many epochs the cost has risen."""
    return float(np.sum(np.diff(run.history["train_cost"]) > 0))


def _growth(s: Seeded, share: float, optimizer: str = "sgd", since: int = 50) -> float:
    """By what the epochs after ``since`` multiply the cost, at this share of the rate at the edge."""
    edge = 2.0 * (1.0 + BETA * (optimizer == "momentum")) / sharpness(s.run(epochs=0))
    run = s.run(training__learning_rate=share * edge, training__optimizer=optimizer)
    return cost(run) / float(run.history["train_cost"][since])


def _swings(s: Seeded) -> float:
    """By what the swings across the ravine are multiplied in an update, over 40 updates."""
    across = _directions(s.run())[-1]
    heights = [abs(gradient(s.run(epochs=epoch)).vector @ across) for epoch in range(50)]
    return float((max(heights[40:]) / max(heights[:10])) ** (1 / 40))


def _as_far(s: Seeded) -> float:
    """How many epochs of plain descent at 1.9 bring the cost as low as momentum does."""
    plain = s.run(epochs=1000, training__learning_rate=1.9, training__optimizer="sgd").history["train_cost"]
    return float(np.argmax(plain <= cost(s.run())))


def _size(run: Run) -> float:
    return float(np.linalg.norm(np.concatenate([W.ravel() for W, _ in run.params])))


def _plateau_end(s: Seeded, spread: float) -> float:
    return m.PLATEAU_END.read(s.run(network__initializer=Normal(scale=spread)))


def _rescaled(run: Run) -> Run:
    """The same answers of a ReLU network: its first layer times ten, the weights behind it over ten."""
    params = run.params.copy()
    params.Wb[0][...] *= 10.0
    params.layers[1][0][...] /= 10.0
    return run.with_params(params.vector)


def _relu(s: Seeded) -> Run:
    return s.run(network__activation="relu")


CLAIMS = (
    Claim("valleys.1", "Across this ravine it is about 1", lambda s: _drawn(s.run())[1], 0.98, 1.03),
    Claim("valleys.1", "along it about 0.005", lambda s: _drawn(s.run())[0], 0.004, 0.006),
    Claim("valleys.1", "some 200 times flatter", lambda s: np.divide(*_drawn(s.run())[::-1]), 160, 250),
    Claim("valleys.1", "First it goes across", lambda s: _share_along(s, 0, 3), most=0.3),
    Claim(
        "valleys.1",
        "the cost falls quickly",
        lambda s: (cost(s.run(epochs=0)) - cost(s.run(epochs=10))) / (cost(s.run(epochs=10)) - cost(s.run())),
        0.5,
    ),
    Claim("valleys.1", "moves slowly along the floor", lambda s: _share_along(s, 30, 60), 0.8),
    Claim("valleys.2", "with λ = 1", lambda s: sharpness(s.run()), 0.98, 1.03),
    Claim("valleys.2", "At a rate of 1.9 the cost falls in all 60 epochs", lambda s: _rises(s.run("1.9")), 0, 0),
    Claim("valleys.2", "each update makes the distance a tenth longer or more", lambda s: _factors(s)[-1], 1.1, 1.15),
    Claim("valleys.2", "60 of them make it more than 300 times as long", lambda s: _factors(s)[-1] ** 60, 300),
    Claim("valleys.2", "In the other two directions a rate of 2.1 is safe", lambda s: _factors(s)[:-1].max(), 0, 0.999),
    Claim("valleys.2", r"at a rate 5 % below $2/\lambda$ the cost falls", lambda s: _growth(s, 0.95), 0.0, 0.99),
    Claim("valleys.2", "at one 5 % above it rises", lambda s: _growth(s, 1.05), 2),
    Claim("valleys.3", r"to $2(1+\beta)/\lambda$", lambda s: _growth(s, 0.95, "momentum", since=0), 0.0, 0.1),
    Claim("valleys.3", r"to $2(1+\beta)/\lambda$", lambda s: _growth(s, 1.05, "momentum"), 10),
    Claim("valleys.3", "here 3.8", lambda s: 2 * (1 + BETA) / sharpness(s.run()), 3.7, 3.85),
    Claim("valleys.3", "the swings become smaller by a twentieth in each update", _swings, 0.94, 0.96),
    Claim("valleys.3", "plain descent at 1.9 needs more than 200 epochs to get as far", _as_far, 201, 999),
    Claim(
        "valleys.4",
        "Momentum gets there at rates from 1 to 3",
        lambda s: min(s.reached("Momentum", rate) for rate in ("1", "1.9", "3")),
        1,
    ),
    Claim("valleys.4", "At 0.3 it is too slow", lambda s: s.reached("Momentum", "0.3"), 0, 0),
    Claim("valleys.4", "4.2 lies beyond its edge, too", lambda s: cost(s.run("Momentum", "4.2")), 1000),
    Claim(
        "valleys.4",
        "Plain descent is too slow below its edge",
        lambda s: max(s.reached("Gradient descent (SGD)", rate) for rate in ("0.3", "1", "1.9")),
        0,
        0,
    ),
    Claim("valleys.4", "above it the cost rises", lambda s: cost(s.run("Gradient descent (SGD)", "3")), 1000),
    Claim(
        "valleys.5",
        "the gradient of every weight is exactly 0",
        lambda s: max(np.abs(dW).max() for dW in gradients(s.run())),
        0.0,
        0.0,
    ),
    Claim("valleys.5", "there are 33 curvatures", lambda s: Params.count(s.run().params.sizes), 33, 33),
    Claim("valleys.5", "In eight directions the cost curves down", lambda s: np.sum(curvatures(s.run()) < -0.26), 8, 8),
    Claim("valleys.5", "in eight others it curves up", lambda s: np.sum(curvatures(s.run()) > 0.26), 8, 8),
    Claim("valleys.5", "it curves up just as strongly", lambda s: abs(_drawn(s.run()).sum()), 0.0, 0.001),
    Claim(
        "valleys.5",
        "at the top of a curve the slope is exactly 0",
        lambda s: gradient(s.run()).vector @ _directions(s.run())[0],
        0.0,
        0.0,
    ),
    Claim(
        "valleys.5",
        "With one hidden layer random weights leave it, however small they are",
        lambda s: cost(s.run(epochs=150, network__initializer=Normal(scale=1e-6))),
        0.0,
        0.35,
    ),
    Claim(
        "valleys.5",
        "With two, all curvatures but that of the output's bias are 0",
        lambda s: np.sum(np.abs(curvatures(s.run(network__hidden_layer_sizes=(8, 8)))) > 1e-6),
        1,
        1,
    ),
    Claim(
        "valleys.5",
        "very small weights take far longer",
        lambda s: cost(s.run(epochs=150, network__hidden_layer_sizes=(8, 8), network__initializer=Normal(scale=1e-6))),
        0.69,
    ),
    Claim("valleys.6", "After about a dozen epochs", lambda s: _plateau_end(s, 0.01), 10, 20),
    Claim(
        "valleys.6",
        "multiplies the distance by the same number",
        lambda s: (_size(s.run(epochs=20)) / _size(s.run(epochs=15))) ** (1 / 5),
        1.28,
        1.36,
    ),
    Claim(
        "valleys.6",
        "the curvature downhill is about −0.32",
        lambda s: curvatures(s.run(epochs=0))[0],
        -0.35,
        -0.28,
    ),
    Claim(
        "valleys.6",
        r"To grow a hundred times takes $\ln 100 / \ln 1.32 \approx 17$ epochs",
        lambda s: _plateau_end(s, 1e-4) - _plateau_end(s, 1e-2),
        15,
        18,
    ),
    Claim("valleys.6", "from wherever it starts", lambda s: _plateau_end(s, 1e-6) - _plateau_end(s, 1e-4), 15, 18),
    Claim("valleys.6", "At epoch 20 the cost is 0.69 as it was at first", lambda s: cost(s.run(epochs=20)), 0.685, LN2),
    Claim(
        "valleys.6",
        "the weights are dozens of times as large",
        lambda s: _size(s.run(epochs=20)) / _size(s.run(epochs=0)),
        36,
    ),
    Claim("valleys.6", "After the plateau the cost falls below 0.35", lambda s: cost(s.run()), 0.0, 0.35),
    Claim("valleys.7", "At the start it is between 0.7 and 1.7", lambda s: sharpness(s.run(epochs=0)), 0.7, 1.7),
    Claim("valleys.7", "until its largest curvature is about", lambda s: sharpness(s.run()), 2.2, 3.0),
    Claim("valleys.7", "until its largest curvature is about", lambda s: _drawn(s.run())[1], 2.2, 3.0),
    Claim("valleys.7", "the cost rises in many epochs", lambda s: _rises(s.run()), 5),
    Claim(
        "valleys.7",
        "it is lower after 500 epochs than after 300",
        lambda s: cost(s.run(epochs=300)) - cost(s.run()),
        0.003,
    ),
    Claim(
        "valleys.7",
        "In step 2 the curvature was the same everywhere",
        lambda s: sharpness(s.of("valleys.2").run()) / sharpness(s.of("valleys.2").run(epochs=0)),
        1 - 1e-9,
        1 + 1e-9,
    ),
    Claim(
        "valleys.7",
        "Here it changes from place to place",
        lambda s: sharpness(s.run()) / sharpness(s.run(epochs=0)),
        1.3,
    ),
    Claim(
        "valleys.7", "they stay short", lambda s: np.abs(np.diff(s.run().history["train_cost"][300:])).max(), 0, 0.05
    ),
    Claim("valleys.7", "ends at a curvature near 1", lambda s: sharpness(s.run("2")), 0.8, 1.6),
    Claim(
        "valleys.8",
        "Rough steps do not stay in a narrow valley",
        lambda s: sharpness(s.run()) / sharpness(s.run(training__batch_size=None)),
        0.0,
        0.4,
    ),
    Claim(
        "valleys.8",
        "noise of 0.1 on every weight raises the cost less",
        lambda s: rise_nearby(s.run(), 0.1) / rise_nearby(s.run(training__batch_size=None), 0.1),
        most=0.7,
    ),
    Claim(
        "valleys.8",
        "Here the train cost ends lower",
        lambda s: cost(s.run(training__batch_size=None)) - cost(s.run()),
        0.0,
    ),
    Claim(
        "valleys.8",
        "the test cost higher on average",
        lambda s: s.run().latest["test_cost"] - s.run(training__batch_size=None).latest["test_cost"],
        0.05,
        on_average=True,
    ),
    Claim(
        "valleys.8",
        "All answers stay the same",
        lambda s: np.abs(answers(_rescaled(_relu(s))) - answers(_relu(s))).max(),
        0.0,
        1e-12,
    ),
    Claim(
        "valleys.8",
        "depends on how the weights are written",
        lambda s: sharpness(_rescaled(_relu(s))) / sharpness(_relu(s)),
        5,
    ),
    Claim(
        "valleys.8",
        "the largest curvature becomes many times as large",
        lambda s: sharpness(_rescaled(_relu(s))) / sharpness(_relu(s)),
        5,
    ),
)
