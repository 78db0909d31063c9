"""Lesson 7, *Overfitting*: each claim beside what measures it."""

import numpy as np

from dnn import Params
from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import Seeded, answers, cost


def _of_wrong_test_answers(s: Seeded) -> tuple[float, float]:
    """How sure they are on average, and their share of the test cost."""
    run = s.run()
    given, truth = answers(run)[run.data.n_train :], run.data.y_test[:, 0] > 0.5
    wrong, sure = (given > 0.5) != truth, np.maximum(given, 1 - given)
    costs = -np.log(np.clip(np.where(truth, given, 1 - given), 1e-15, 1.0))
    return float(sure[wrong].mean()), float(costs[wrong].sum() / costs.sum())


def _lowest_test_cost(s: Seeded, name: str = "overfitting.2") -> int:
    """Its epoch."""
    return int(np.argmin(s.of(name).run().history["test_cost"]))


CLAIMS = (
    Claim(
        "overfitting.1",
        "more than ten weights for every example",
        lambda s: Params.count(s.run().params.sizes) / 60,
        10,
    ),
    Claim("overfitting.1", "the noise is learnt with them", lambda s: m.TRAIN_ACCURACY.read(s.run()), 0.94),
    Claim(
        "overfitting.1",
        "at least a tenth fewer right",
        lambda s: m.TRAIN_ACCURACY.read(s.run()) - m.TEST_ACCURACY.read(s.run()),
        0.1,
    ),
    Claim("overfitting.2", "The test cost is lowest within the first thirty epochs", _lowest_test_cost, 1, 30),
    Claim(
        "overfitting.2",
        "The test cost is lowest within the first thirty epochs",
        lambda s: s.run().history["test_cost"][20] - s.run().history["test_cost"].min(),
        0.0,
        0.05,
    ),
    Claim(
        "overfitting.2",
        "holds for the training examples only",
        lambda s: s.run().latest["test_cost"] - float(s.run().history["test_cost"].min()),
        0.5,
    ),
    Claim("overfitting.2", "it is 85 % sure or more on average", lambda s: _of_wrong_test_answers(s)[0], 0.85),
    Claim("overfitting.2", "an answer that is sure and wrong costs most", lambda s: _of_wrong_test_answers(s)[1], 0.8),
    Claim(
        "overfitting.3",
        "The gradient of the price pulls every weight towards 0",
        lambda s: np.linalg.norm(s.run().params.vector) / np.linalg.norm(s.of("overfitting.1").run().params.vector),
        0.0,
        0.5,
    ),
    Claim(
        "overfitting.3",
        "Fewer training examples are learnt by heart",
        lambda s: m.TRAIN_ACCURACY.read(s.of("overfitting.1").run()) - m.TRAIN_ACCURACY.read(s.run()),
        0.05,
    ),
    Claim(
        "overfitting.3",
        "the test cost is less than half of what it was",
        lambda s: s.run().latest["test_cost"] / s.of("overfitting.1").run().latest["test_cost"],
        0.0,
        0.5,
    ),
    Claim(
        "overfitting.4",
        "The train cost stays higher",
        lambda s: cost(s.run()) - cost(s.of("overfitting.1").run()),
        0.05,
    ),
    Claim(
        "overfitting.4",
        "Fewer of the training examples are learnt by heart",
        lambda s: m.TRAIN_ACCURACY.read(s.of("overfitting.1").run()) - m.TRAIN_ACCURACY.read(s.run()),
        0.03,
    ),
    Claim(
        "overfitting.4",
        "the test cost ends lower",
        lambda s: s.of("overfitting.1").run().latest["test_cost"] - s.run().latest["test_cost"],
        0.3,
    ),
    Claim(
        "overfitting.5",
        "The validation cost is lowest within the first thirty epochs",
        lambda s: s.run().latest["epoch"],
        1,
        30,
    ),
    Claim(
        "overfitting.5",
        "After 30 more without an improvement the run ends",
        lambda s: s.run().epoch - s.run().latest["epoch"],
        30,
        30,
    ),
    Claim(
        "overfitting.5",
        "the weights of the best epoch are back",
        lambda s: s.run().latest["validation_cost"] - float(s.run().history["validation_cost"].min()),
        0.0,
        1e-4,
    ),
    Claim("overfitting.5", "sixty more examples are a *validation set*", lambda s: s.run().data.n_validation, 60, 60),
    Claim(
        "overfitting.5",
        "less than half of what 200 epochs end with",
        lambda s: s.run().latest["test_cost"] / s.run(training__patience=None).latest["test_cost"],
        0.0,
        0.5,
    ),
    Claim(
        "overfitting.6",
        "keeps the network from learning noise by heart",
        lambda s: m.COST_GAP.read(s.run("0.1")) / m.COST_GAP.read(s.run("0")),
        most=0.2,
    ),
    Claim(
        "overfitting.6",
        "among more examples single ones count less",
        lambda s: m.COST_GAP.read(s.run("0", "0", "2000")) / m.COST_GAP.read(s.run("0")),
        most=0.5,
    ),
    Claim(
        "overfitting.6",
        "Too high a price (1 or more) keeps it from learning the moons as well",
        lambda s: min(s.run(price).latest["test_cost"] for price in ("1", "3")) - s.run("0.1").latest["test_cost"],
        0.02,
    ),
)
