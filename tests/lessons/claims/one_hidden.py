"""Lesson 2, *One hidden layer*: each claim beside what measures it."""

import numpy as np

from dnn.analysis.textbook import published
from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2, Seeded, accuracy, answers, best_line, cost, neighbours_of_other_class


def _printed(case: str, name: str) -> float:
    """A printed figure of the course behind the tutorials."""
    found = next(each for each in published()["cases"] if each["id"] == case)
    return float(found["expected"][name])


def _printed_widths(_: Seeded) -> float:
    """The largest difference between the printed accuracies and the sentence's."""
    names = [f"accuracy_percent_nh{units}" for units in (1, 2, 3, 4)]
    printed = np.array([_printed("train_planar_hidden_size_sweep", name) for name in names])
    return float(np.abs(printed - [67.5, 67.25, 90.75, 90.5]).max())


def _crossings_of_units(s: Seeded) -> list[float]:
    """How often each of four trained units changes its sign on the drawing's circle."""
    run = s.of("one-hidden.3").run(epochs=1000)
    (W, b), _ = run.params
    angles = np.radians(np.arange(0.0, 360.0, 1.5))
    signs = 2.0 * np.column_stack([np.cos(angles), np.sin(angles)]) @ W + b > 0
    return np.sum(signs != np.roll(signs, 1, axis=0), axis=0).astype(float).tolist()


def _cost_of_line_with_fewest_errors(s: Seeded) -> float:
    """By how much more than the neuron the line with the fewest errors costs, at the best factor for its weights."""
    run = s.run()
    points, ones = run.data.points, run.data.y[:, 0]
    best, place = 0.0, np.zeros(len(ones))
    for angle in np.linspace(0.0, 2 * np.pi, 720, endpoint=False):
        across = points @ [np.cos(angle), np.sin(angle)]
        offsets = np.linspace(-3.0, 3.0, 121)
        right = ((across[:, None] > offsets) == (ones[:, None] > 0.5)).mean(axis=0)
        if right.max() > best:
            best, place = right.max(), across - offsets[right.argmax()]
    factors = np.geomspace(0.001, 20.0, 200)[:, None]
    return float(np.mean(np.logaddexp(0.0, factors * place) - ones * factors * place, axis=1).min() - cost(run))


CLAIMS = (
    Claim("one-hidden.1", "The best line would get 70 % right", lambda s: best_line(s.run()), 0.695, 0.73),
    Claim("one-hidden.1", "The neuron ends at about one half", lambda s: accuracy(s.run()), 0.4, 0.6),
    Claim(
        "one-hidden.1",
        "training lowers the *cost*",
        lambda s: cost(s.run()) - cost(s.run(epochs=1500)),
        0.0,
        1e-4,
    ),
    Claim("one-hidden.1", "and that is not the number of errors", _cost_of_line_with_fewest_errors, 0.005),
    Claim(
        "one-hidden.2",
        "With weights near zero every answer is near one half",
        lambda s: float(np.abs(answers(s.run()) - 0.5).max()),
        0.0,
        0.02,
    ),
    Claim("one-hidden.2", "the cost of one half is", lambda s: abs(cost(s.run()) - LN2), 0.0, 0.001),
    Claim("one-hidden.3", "In the first ten epochs the cost hardly moves", lambda s: cost(s.run(epochs=10)), 0.68, LN2),
    Claim("one-hidden.3", "Four bends are enough to follow the petals", lambda s: accuracy(s.run()), 0.92),
    Claim(
        "one-hidden.3",
        "Most of the neighbours of the few examples that stay wrong have the other colour",
        lambda s: neighbours_of_other_class(s.run()),
        0.55,
    ),
    Claim(
        "one-hidden.3",
        "printed at least 90 % for this network",
        lambda _: _printed("train_planar_flower_nh4", "accuracy_percent_floor"),
        90,
        90,
    ),
    Claim(
        "one-hidden.3",
        "and a cost of 0.219 after 9000 updates",
        lambda _: round(_printed("train_planar_flower_nh4", "cost_9000"), 3),
        0.219,
        0.219,
    ),
    Claim("one-hidden.4", "the boundary runs straight", lambda s: m.LINE_MISFIT.read(s.run()), 0.0, 0.0),
    Claim("one-hidden.4", "with about 70 % right", lambda s: accuracy(s.run()), 0.67, 0.72),
    Claim(
        "one-hidden.4",
        "It lies better than the line of the first step",
        lambda s: accuracy(s.run()) - accuracy(s.of("one-hidden.1").run()),
        0.1,
    ),
    Claim("one-hidden.5", "One and two units bend the boundary too little", lambda s: accuracy(s.run("1")), most=0.75),
    Claim("one-hidden.5", "One and two units bend the boundary too little", lambda s: accuracy(s.run("2")), most=0.75),
    Claim("one-hidden.5", "four bend it enough", lambda s: accuracy(s.run("4")), 0.9),
    Claim("one-hidden.5", "which the tutorial follows, printed 67.5, 67.25, 90.75 and 90.5 %", _printed_widths, 0, 0),
    Claim("one-hidden.5", "the circle crosses it twice", lambda s: max(_crossings_of_units(s)), 2, 2),
    Claim("one-hidden.5", "the circle crosses it twice", lambda s: min(_crossings_of_units(s)), 2, 2),
    Claim(
        "one-hidden.5",
        "Three are enough from some starting weights and not from others",
        lambda s: float(accuracy(s.run("3")) > 0.9),
        0.2,
        0.8,
        on_average=True,
    ),
    Claim(
        "one-hidden.5",
        "Twenty reach a lower cost still",
        lambda s: cost(s.run("4")) - cost(s.run("20")),
        0.01,
    ),
    Claim("one-hidden.6", "four units draw one straight line", lambda s: m.LINE_MISFIT.read(s.run()), 0.0, 0.0),
    Claim(
        "one-hidden.6",
        "at the cost that a single neuron had in the first step",
        lambda s: abs(cost(s.run()) - cost(s.of("one-hidden.1").run())),
        0.0,
        0.001,
    ),
)
