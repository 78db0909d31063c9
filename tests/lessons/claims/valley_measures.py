"""What the claims of the lesson *Valleys* measure: curvatures, swings, the plateau, a rescaled network."""

import numpy as np

from dnn import Run
from dnn.analysis.curvature import curvatures, hessian, sharpness
from dnn.analysis.landscape import landscape
from dnn.components import Array
from dnn.initializers import Normal
from dnn.lessons import measures as m
from tests.lessons.seeded import Seeded, cost, gradient

BETA = 0.9  # of momentum


def directions(run: Run) -> Array:
    """The directions of the curvatures, (P, P): the one of the smallest curvature first."""
    return np.linalg.eigh(hessian(run))[1].T


def drawn(run: Run) -> Array:
    """The smallest and the largest curvature as a landscape shows them: second differences of its costs."""
    ends = directions(run)[[0, -1]]
    costs = landscape(run, (ends[0], ends[1]), path=[], side=3, extent=0.05, dtype=np.float64).costs.total
    return np.array([costs[1] @ (1.0, -2.0, 1.0), costs[:, 1] @ (1.0, -2.0, 1.0)]) / 0.05**2


def share_along(s: Seeded, first: int, last: int) -> float:
    """How much of the way between two epochs leads along the ravine: the cosine of their angle."""
    way = s.run(epochs=last).params.vector - s.run(epochs=first).params.vector
    return float(abs(way @ directions(s.run())[0]) / np.linalg.norm(way))


def factors(s: Seeded) -> Array:
    """By what an update of plain descent multiplies the distance from the floor, in each direction."""
    return np.abs(1.0 - s.run().experiment.training.learning_rate * curvatures(s.run(epochs=0)))


def rises(run: Run) -> float:
    """In how many epochs the cost has risen."""
    return float(np.sum(np.diff(run.history["train_cost"]) > 0))


def growth(s: Seeded, share: float, optimizer: str = "sgd", since: int = 50) -> float:
    """By what the epochs after ``since`` multiply the cost, at this share of the rate at the edge."""
    edge = 2.0 * (1.0 + BETA * (optimizer == "momentum")) / sharpness(s.run(epochs=0))
    run = s.run(training__learning_rate=share * edge, training__optimizer=optimizer)
    return cost(run) / float(run.history["train_cost"][since])


def swings(s: Seeded) -> float:
    """By what the swings across the ravine are multiplied in an update, over 40 updates."""
    across = directions(s.run())[-1]
    heights = [abs(gradient(s.run(epochs=epoch)).vector @ across) for epoch in range(50)]
    return float((max(heights[40:]) / max(heights[:10])) ** (1 / 40))


def as_far(s: Seeded) -> float:
    """How many epochs of plain descent at 1.9 bring the cost as low as momentum does."""
    plain = s.run(epochs=1000, training__learning_rate=1.9, training__optimizer="sgd").history["train_cost"]
    return float(np.argmax(plain <= cost(s.run())))


def size(run: Run) -> float:
    return float(np.linalg.norm(np.concatenate([W.ravel() for W, _ in run.params])))


def plateau_end(s: Seeded, spread: float) -> float:
    return m.PLATEAU_END.read(s.run(network__initializer=Normal(scale=spread)))


def rescaled(run: Run) -> Run:
    """The same answers of a ReLU network: its first layer times ten, the weights behind it over ten."""
    params = run.params.copy()
    params.Wb[0][...] *= 10.0
    params.layers[1][0][...] /= 10.0
    return run.with_params(params.vector)


def relu(s: Seeded) -> Run:
    return s.run(network__activation="relu")
