"""Lesson 9, *Rain or not*: each claim beside what measures it."""

import numpy as np

from dnn import Run
from dnn.lessons import measures as m
from tests.lessons.claims.claim import Claim
from tests.lessons.seeded import Seeded, accuracy, answers, cost

NOT_AT_ALL, WHOLE, EACH = "Not at all", "The whole table", "Each input"


def _errors(s: Seeded, threshold: float) -> tuple[int, int]:
    """Rainy validation days that are missed, and false alarms."""
    run = s.run()
    validation = slice(run.data.n_train, run.data.first_test)
    given, rain = answers(run)[validation] >= threshold, run.data.y[validation, 0] > 0.5
    return int(np.sum(~given & rain)), int(np.sum(given & ~rain))


def _over_warmth(s: Seeded) -> float:
    """The smaller weight of humidity and pressure over that of the temperature, without signs."""
    warmth, humidity, pressure = np.abs(s.run().params[0][0][:, 0])
    return float(min(humidity, pressure) / warmth)


def _right_on_extreme_days(run: Run) -> tuple[float, float]:
    """The share of right answers on days far colder or warmer than the mean, and on the others."""
    temperature, right = run.data.points[:, 0], (answers(run) > 0.5) == (run.data.y[:, 0] > 0.5)
    extreme = np.abs(temperature - temperature.mean()) > 1.3 * temperature.std()
    return float(right[extreme].mean()), float(right[~extreme].mean())


CLAIMS = (
    Claim("weather.2", "a pressure of about 1000", lambda s: s.run().data.X_train[:, 2].mean(), 1000, 1025),
    Claim("weather.2", "most hidden units are dead after one epoch", lambda s: m.DEAD.read(s.run(epochs=1)), 0.8),
    Claim("weather.2", "all days get the same answer", lambda s: np.ptp(answers(s.run())), 0.0, 1e-9),
    Claim("weather.2", "the cost stays near ln 2", lambda s: np.ptp(s.run().history["train_cost"][1:]), 0.0, 0.02),
    Claim("weather.2", "the cost stays near ln 2", lambda s: cost(s.run()), 0.67, 0.7),
    Claim(
        "weather.3",
        "All three inputs vary by 1 around 0",
        lambda s: np.abs(s.run().data.X_train.std(axis=0) - 1).max(),
        0,
        1e-9,
    ),
    Claim(
        "weather.3",
        "All three inputs vary by 1 around 0",
        lambda s: np.abs(s.run().data.X_train.mean(axis=0)).max(),
        0,
        1e-9,
    ),
    Claim("weather.3", "one learning rate suits", lambda s: accuracy(s.run()), 0.9),
    Claim("weather.3", "fewer than half of the hidden units die", lambda s: m.DEAD.read(s.run()), 0.0, 0.49),
    Claim("weather.4", "Temperatures come out near −0.8", lambda s: s.run().data.X_train[:, 0].mean(), -0.85, -0.75),
    Claim("weather.4", "humidities near −0.6", lambda s: s.run().data.X_train[:, 1].mean(), -0.65, -0.55),
    Claim("weather.4", "pressures near +1.4", lambda s: s.run().data.X_train[:, 2].mean(), 1.35, 1.45),
    Claim("weather.4", "each varies by only 0.02 to 0.03", lambda s: s.run().data.X_train.std(axis=0).min(), 0.015),
    Claim(
        "weather.4", "each varies by only 0.02 to 0.03", lambda s: s.run().data.X_train.std(axis=0).max(), most=0.035
    ),
    Claim("weather.4", "a cost of ln 2 is that of telling none apart", lambda s: cost(s.run()), 0.6, 0.7),
    Claim("weather.5", "fewer rainy days are missed", lambda s: _errors(s, 0.9)[0] - _errors(s, 0.1)[0], 1),
    Claim("weather.5", "for more false alarms", lambda s: _errors(s, 0.1)[1] - _errors(s, 0.9)[1], 1),
    Claim(
        "weather.6",
        "Humid days with low pressure are rainy",
        lambda s: min(s.run().params[0][0][1:, 0] * [1, -1]),
        1,
    ),
    Claim("weather.6", "the weights of these two inputs are large, that of the temperature is small", _over_warmth, 4),
    Claim("weather.6", "nearly nine in ten days are right", lambda s: accuracy(s.run()), 0.87, 0.94),
    Claim(
        "weather.6",
        "On very cold and very warm days it is right less often",
        lambda s: -float(np.subtract(*_right_on_extreme_days(s.run()))),
        0.03,
    ),
    Claim(
        "weather.6",
        "There the hidden layers help most",
        lambda s: float(
            np.subtract(*_right_on_extreme_days(s.of("weather.3").run()))
            - np.subtract(*_right_on_extreme_days(s.run()))
        ),
        0.03,
    ),
    Claim(
        "weather.7",
        "without that no depth and no rate reaches the goal",
        lambda s: s.reached_by_any((NOT_AT_ALL, WHOLE), "0123", ("0.001", "0.01", "0.1", "1")),
        0,
        0,
    ),
    Claim("weather.7", "One hidden layer and a rate of 0.1 are enough", lambda s: s.reached(EACH, "1", "0.1"), 1),
    Claim(
        "weather.7",
        "Without a hidden layer nearly nine in ten",
        lambda s: accuracy(s.run(EACH, "0", "0.1")),
        0.87,
        0.94,
    ),
)
