"""Lesson 1, *One neuron*: each claim beside what measures it."""

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.lessons import measures as m
from dnn.network import forward
from dnn.training.run import Run
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2, Seeded, accuracy, answers, best_line, cost, trace


def _not_linear_in_squares(s: Seeded) -> float:
    """The largest residual of the logits when a linear function of the squares is fitted to them."""
    run = s.run()
    logits = np.log(answers(run)) - np.log1p(-answers(run))
    squares = np.column_stack([run.data.points**2, np.ones(len(logits))])
    return float(np.abs(squares @ np.linalg.lstsq(squares, logits, rcond=None)[0] - logits).max())


def _closed(s: Seeded) -> float:
    """1 if the answer is the same all around, and another one in the middle."""
    around = np.array([[3 * np.cos(t), 3 * np.sin(t)] for t in np.linspace(0, 2 * np.pi, 60)])
    outside = s.run().predict(around)
    return float(len(set(outside)) == 1 and s.run().predict(np.zeros((1, 2)))[0] != outside[0])


def _errors_at_inner_ends(s: Seeded) -> float:
    """The share of the errors that lie nearer to the inner end of their moon than a third of its length."""
    run = s.run()
    inner = np.where(run.data.y > 0.5, [[0.0, 0.5]], [[1.0, 0.0]])
    wrong = run.predict(run.data.points) != run.data.y[:, 0]
    return float(np.mean(np.linalg.norm(run.data.points - inner, axis=1)[wrong] < 0.7))


def _turned(s: Seeded, share: str) -> float:
    """The angle in degrees between the lines with so many outliers and with none."""
    one, other = (s.run(label).params[0][0][:, 0] for label in (share, "0 %"))
    return float(np.degrees(np.arccos(one @ other / np.linalg.norm(one) / np.linalg.norm(other))))


def _outliers(run: Run) -> npt.NDArray[np.bool]:
    """Which training examples are outliers: those of class 1 on the other side, far from the border x1 + x2 = 0."""
    far: npt.NDArray[np.bool] = (run.data.y_train[:, 0] > 0.5) & (run.data.X_train.sum(axis=1) < -2.0)
    return far


def _pull_of_outliers(s: Seeded) -> float:
    """At the weights without outliers: the mean length of an outlier's gradient over that of another example."""
    run, clean = s.run(), s.run("0 %")
    errors = forward(clean.params, run.data.X_train).a[-1] - run.data.y_train
    pulls = np.linalg.norm(errors * run.data.X_train, axis=1)
    return float(pulls[_outliers(run)].mean() / pulls[~_outliers(run)].mean())


def _imbalance(s: Seeded) -> float:
    """The length of the summed pulls of all examples over the sum of their lengths."""
    run = s.run()
    pulls = (trace(run).a[-1] - run.data.y_train) * run.data.X_train
    return float(np.linalg.norm(pulls.sum(axis=0)) / np.linalg.norm(pulls, axis=1).sum())


def _others_right(s: Seeded, share: str) -> float:
    """The share of the training examples of the step that the line gets right, without the outliers."""
    data, others = s.run().data, ~_outliers(s.run())
    answers = s.run(share).predict(data.X_train[others])
    return float(np.mean(answers == data.y_train[others, 0]))


def _first_step(s: Seeded, rate: str) -> float:
    """By how much the first update raises the cost."""
    costs = s.run(rate).history["train_cost"]
    return float(costs[1] - costs[0])


def _of_classes(s: Seeded) -> Array:
    return s.run().predict_proba(s.run().data.points)


def _not_linear_between_classes(s: Seeded) -> float:
    """The largest residual when a linear function is fitted to the difference of two classes' logits."""
    run, logits = s.run(), np.log(_of_classes(s))
    inputs = np.column_stack([run.data.points, np.ones(len(logits))])
    differences = logits[:, 1:] - logits[:, :1]
    fitted = inputs @ np.linalg.lstsq(inputs, differences, rcond=None)[0]
    return float(np.abs(fitted - differences).max())


def _rises(s: Seeded, rate: str) -> float:
    return float(np.sum(np.diff(s.run(rate).history["train_cost"]) > 0))


CLAIMS = (
    Claim("one-neuron.1", "The line turns until it stands between the two clouds", lambda s: accuracy(s.run()), 0.96),
    Claim("one-neuron.1", "Those places form a straight line", lambda s: m.LINE_MISFIT.read(s.run()), 0.0, 0.0),
    Claim("one-neuron.2", "even the best one gets only two in three right", lambda s: best_line(s.run()), 0.64, 0.69),
    Claim(
        "one-neuron.2",
        "Training does not find that one either",
        lambda s: best_line(s.run()) - float(np.mean(s.run().predict(s.run().data.points) == s.run().data.y[:, 0])),
        0.1,
    ),
    Claim(
        "one-neuron.2", "the lowest cost that three numbers can reach", lambda s: cost(s.run(epochs=600)), 0.685, LN2
    ),
    Claim(
        "one-neuron.2",
        "answering about one half everywhere",
        lambda s: float(np.abs(answers(s.run()) - 0.5).max()),
        0,
        0.16,
    ),
    Claim("one-neuron.3", "gets eight to nine in ten right", lambda s: accuracy(s.run()), 0.79, 0.9),
    Claim(
        "one-neuron.3",
        "Then the cost hardly falls any more",
        lambda s: s.run(epochs=60).latest["train_cost"] - cost(s.run()),
        0.0,
        0.02,
    ),
    Claim("one-neuron.3", "Nearly all lie at the inner ends of the moons", _errors_at_inner_ends, 0.9),
    Claim("one-neuron.4", "The weighted sum is linear in what the neuron sees", _not_linear_in_squares, 0.0, 1e-9),
    Claim("one-neuron.4", "their weights have the same sign here", lambda s: s.run().params[0][0].prod(), 1e-9),
    Claim("one-neuron.4", "the boundary is a closed curve in the plane", _closed, 1),
    Claim("one-neuron.5", "Too small, and the cost falls very slowly", lambda s: cost(s.run("0.01")), 0.6),
    Claim("one-neuron.5", "to get there in ten updates", lambda s: cost(s.run("10")), most=0.32),
    Claim("one-neuron.5", "the cost falls in every one of them", lambda s: _rises(s, "10"), 0, 0),
    Claim("one-neuron.5", "With 1 the steps are too short for ten epochs", lambda s: cost(s.run("1")), 0.33),
    Claim("one-neuron.5", "the cost after it is higher than at the start", lambda s: _first_step(s, "100"), 0.3),
    Claim("one-neuron.5", "and it rises again later", lambda s: _rises(s, "100"), 2),
    Claim("one-neuron.6", "each of them pulls at the weights more than 30 times as strongly", _pull_of_outliers, 30),
    Claim("one-neuron.6", "training turns the line until the pulls balance", _imbalance, 0.0, 0.05),
    Claim(
        "one-neuron.6",
        "more of the other examples are wrong",
        lambda s: _others_right(s, "0 %") - _others_right(s, "20 %"),
        0.05,
    ),
    Claim("one-neuron.6", "With 5 % of outliers it turns by less than 6 degrees", lambda s: _turned(s, "5 %"), 0, 6),
    Claim(
        "one-neuron.7",
        "three probabilities that add up to 1",
        lambda s: float(np.abs(_of_classes(s).sum(axis=1) - 1).max()),
        0.0,
        1e-12,
    ),
    Claim("one-neuron.7", "So each piece of it is straight", _not_linear_between_classes, 0.0, 1e-9),
)
