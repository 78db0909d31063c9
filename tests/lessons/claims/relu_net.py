"""Lesson 4, *ReLU*: each claim beside what measures it."""

import numpy as np

from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import LN2, Seeded, accuracy, answers, cost, growth, moved, trace


def _negative_sums(s: Seeded) -> float:
    return float(np.mean(np.concatenate([z.ravel() for z in trace(s.run()).z[:-1]]) < 0))


def _share_of_the_commonest_answer(s: Seeded) -> float:
    _, counts = np.unique(answers(s.run()).round(3), return_counts=True)
    return float(counts.max() / counts.sum())


CLAIMS = (
    Claim("relu-net.2", "About half of the weighted sums are negative", _negative_sums, 0.4, 0.6),
    Claim(
        "relu-net.2",
        "ReLU turns each of these into 0",
        lambda s: m.ZERO_ACTIVATIONS.read(s.run()) - _negative_sums(s),
        0.0,
        0.0,
    ),
    Claim(
        "relu-net.2",
        "With tanh not a single activation would be exactly 0",
        lambda s: m.ZERO_ACTIVATIONS.read(s.run(network__activation="tanh")),
        0.0,
        0.0,
    ),
    Claim("relu-net.3", "by no more than a factor of 5", lambda s: m.GRADIENT_RATIO.read(s.run(epochs=1)), 0.2, 5.0),
    Claim(
        "relu-net.3", "after 100 epochs by no more than one of 10", lambda s: m.GRADIENT_RATIO.read(s.run()), 0.1, 10.0
    ),
    Claim("relu-net.3", "All eight layers learn", lambda s: moved(s.run(), s.run(epochs=0)).min(), 0.05),
    Claim("relu-net.3", "about nine in ten test examples are right", lambda s: accuracy(s.run()), 0.8, 0.96),
    Claim(
        "relu-net.3",
        "With sigmoids it is about half",
        lambda s: accuracy(s.run(network__activation="sigmoid")),
        0.35,
        0.65,
    ),
    Claim(
        "relu-net.4",
        r"each multiplies by about $\sqrt{16/2} \approx 2.8$",
        lambda s: float(np.exp(np.log(growth(s.run())[1:]).mean())),
        2.3,
        3.3,
    ),
    Claim("relu-net.4", "five of them together by about 100 to 300", lambda s: np.prod(growth(s.run())[1:]), 80, 340),
    Claim("relu-net.4", "the first cost is more than twenty times ln 2", lambda s: cost(s.run(epochs=0)), 20 * LN2),
    Claim(
        "relu-net.5",
        "the cost is soon no number any more, and the run stops",
        lambda s: min(float(s.run("Normal, spread 1", rate).diverged) for rate in ("0.01", "0.1")),
        1,
    ),
    Claim(
        "relu-net.5",
        "the wrong ones are so sure that the test cost stays high",
        lambda s: s.run("Normal, spread 1", "0.001").latest["test_cost"],
        0.25,
    ),
    Claim("relu-net.5", "the first cost is about 1", lambda s: cost(s.run("He", epochs=0)), 0.6, 1.4),
    Claim("relu-net.5", "not above 1000", lambda s: cost(s.run("Normal, spread 1", epochs=0)), 1000),
    Claim(
        "relu-net.5",
        "a rate of 0.01 or 0.1 is safe, and quick enough for 100 epochs",
        lambda s: min(s.reached("He", rate) for rate in ("0.01", "0.1")),
        1,
    ),
    Claim(
        "relu-net.5",
        "With a spread of 1 no rate here reaches the goal",
        lambda s: max(s.reached("Normal, spread 1", rate) for rate in ("0.001", "0.01", "0.1")),
        0,
        0,
    ),
    Claim("relu-net.6", "Half of them die in the first epoch", lambda s: m.DEAD.read(s.run(epochs=1)), 0.5),
    Claim("relu-net.6", "nearly every example gets the same answer", _share_of_the_commonest_answer, 0.97),
    Claim("relu-net.6", "costs more than answering one half to all", lambda s: cost(s.run()), LN2),
    Claim(
        "relu-net.7",
        "with the leak no unit dies",
        lambda s: max(m.DEAD.read(s.run(rate, "Leaky ReLU")) for rate in ("0.1", "0.3", "1")),
        0.0,
        0.0,
    ),
    Claim("relu-net.7", "Without the leak a rate of 0.3 works, too", lambda s: s.reached("0.3", "ReLU"), 1),
)
