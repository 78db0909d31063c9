"""Lessons 6 to 10: each claim beside what measures it."""

import numpy as np

from dnn import Params, Run
from dnn.analysis.curvature import sharpness
from dnn.lessons import measures as m
from dnn.lessons.drawings import Ravine
from tests.lessons.claims import Claim
from tests.lessons.seeded import Seeded, accuracy, answers, cost, gradients, growth, hidden

LN2 = float(np.log(2))
NOT_AT_ALL, WHOLE, EACH = "Not at all", "The whole table", "Each input"


def _twins(s: Seeded, *labels: str) -> float:
    """The largest difference between two units of a hidden layer, in any layer."""
    return max(float(np.ptp(a, axis=1).max()) for a in hidden(s.run(*labels)))


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


def _quick(s: Seeded, start: str) -> int:
    """The first epoch with a train cost of 0.3 or less."""
    return int(np.argmax(s.run(start).history["train_cost"] <= 0.3))


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


def _leap(costs: np.ndarray) -> float:
    return float(np.abs(np.diff(costs[-50:])).max())


CLAIMS = (
    Claim(
        "starting-points.1", "Every hidden unit gives 0", lambda s: max(np.abs(a).max() for a in hidden(s.run())), 0, 0
    ),
    Claim(
        "starting-points.1",
        "After 100 epochs all weights are still exactly 0",
        lambda s: max(np.abs(W).max() for W, _ in s.run().params),
        0.0,
        0.0,
    ),
    Claim(
        "starting-points.1",
        "Only the output's bias has moved",
        lambda s: max(np.abs(b).max() for _, b in s.run().params[:-1]),
        0.0,
        0.0,
    ),
    Claim("starting-points.1", "that changes all answers alike", lambda s: np.ptp(answers(s.run())), 0.0, 1e-12),
    Claim("starting-points.2", "the cost does fall", lambda s: cost(s.run()) / cost(s.run(epochs=0)), 0.0, 0.7),
    Claim("starting-points.2", "take equal steps, in all three layers", _twins, 0.0, 1e-9),
    Claim("starting-points.2", "A layer of eight is worth one", lambda s: m.TWINS.read(s.run()), 0.0, 1e-9),
    Claim(
        "starting-points.2",
        "Random weights are needed to break the symmetry",
        lambda s: m.TWINS.read(s.run(network__initializer="glorot_normal")),
        0.1,
    ),
    Claim(
        "starting-points.3",
        "The first layer makes the signal some seventy times smaller",
        lambda s: 1 / growth(s.run(epochs=0))[0],
        40,
        130,
    ),
    Claim(
        "starting-points.3", "each later one some thirty-five times", lambda s: 1 / growth(s.run(epochs=0))[1], 20, 50
    ),
    Claim(
        "starting-points.3", "each later one some thirty-five times", lambda s: 1 / growth(s.run(epochs=0))[2], 20, 50
    ),
    Claim("starting-points.3", "The output sees nearly a constant", lambda s: np.ptp(answers(s.run())), 0.0, 1e-5),
    Claim("starting-points.3", "the cost stays at ln 2", lambda s: cost(s.run()), LN2 - 0.003, LN2 + 0.001),
    Claim(
        "starting-points.4",
        "each layer makes its numbers about four times as large",
        lambda s: float(np.exp(np.log(growth(s.run(epochs=0))[1:]).mean())),
        3.3,
        4.7,
    ),
    Claim(
        "starting-points.4",
        "within five epochs the cost is no number any more",
        lambda s: float(s.run(epochs=5).diverged),
        1,
    ),
    Claim(
        "starting-points.4",
        "With a tenth of that rate the cost still jumps by more than a thousand",
        lambda s: np.ptp(s.run("0.0001").history["train_cost"]),
        1000,
    ),
    Claim(
        "starting-points.4",
        "a first cost far above ln 2 points to them",
        lambda s: cost(s.run(epochs=0)) / cost(s.run("0.001", "He", epochs=0)),
        100,
    ),
    Claim(
        "starting-points.5",
        "the spread of the last hidden layer is about that of the inputs",
        lambda s: m.LOUDNESS.read(s.run(epochs=0)),
        0.6,
        1.4,
    ),
    Claim(
        "starting-points.5",
        "the gradient of the first layer is no less than a tenth of the last one's",
        lambda s: m.VANISHED.read(s.run(epochs=0)),
        0.0,
        10.0,
    ),
    Claim(
        "starting-points.5",
        "With Xavier's rule ReLU makes the spread fifty to a hundred times smaller",
        lambda s: 1 / m.LOUDNESS.read(s.run(epochs=0, network__initializer="glorot_normal")),
        50,
        100,
    ),
    Claim(
        "starting-points.5",
        "the first answers are nearly the same for all examples",
        lambda s: np.ptp(answers(s.run(epochs=0, network__initializer="glorot_normal"))),
        0.0,
        0.03,
    ),
    Claim(
        "starting-points.5",
        "He's 2 makes up for the half that ReLU sets to",
        lambda s: m.ASLEEP.read(s.run(epochs=0)),
        0.4,
        0.6,
    ),
    Claim(
        "starting-points.6",
        "He's and Xavier's rules",
        lambda s: min(s.reached(n) for n in ("He", "Xavier / Glorot")),
        1,
    ),
    Claim(
        "starting-points.6",
        "He's keeps the numbers at about their size",
        lambda s: m.LOUDNESS.read(s.run("He", epochs=0)),
        0.4,
        2.5,
    ),
    Claim(
        "starting-points.6",
        "With Xavier's they become 30 to 100 times smaller",
        lambda s: 1 / m.LOUDNESS.read(s.run("Xavier / Glorot", epochs=0)),
        30,
        100,
    ),
    Claim(
        "starting-points.6",
        "here that costs only some epochs at the start",
        lambda s: _quick(s, "Xavier / Glorot") - _quick(s, "He"),
        5,
        20,
    ),
    Claim("starting-points.6", "Zeros and equal weights keep all units alike", lambda s: _twins(s, "Zeros"), 0.0, 1e-9),
    Claim(
        "starting-points.6", "Zeros and equal weights keep all units alike", lambda s: _twins(s, "Constant"), 0.0, 1e-9
    ),
    Claim(
        "starting-points.6",
        "With a spread of 0.01 the numbers become nearly 0",
        lambda s: m.LOUDNESS.read(s.run("Normal, spread 0.01", epochs=0)),
        0.0,
        1e-4,
    ),
    Claim(
        "starting-points.6",
        "With a spread of 1 the first cost is above 1000",
        lambda s: m.FIRST_COST.read(s.run("Normal, spread 1", epochs=0)),
        1000,
    ),
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
        lambda s: m.WOBBLE.read(s.run()) / m.WOBBLE.read(s.of("faster.1").run(epochs=50)),
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
        "faster.6", "the cost fluctuates by more than 0.01 to the end", lambda s: m.WOBBLE.read(s.run("Constant")), 0.01
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
    Claim("spot-the-mistake.1", "its cost falls", lambda s: np.subtract(*s.compared().flawed.costs[[0, -1]]), 0.1),
    Claim(
        "spot-the-mistake.1", "at what a single neuron reaches", lambda s: s.compared().flawed.test_accuracy, 0.7, 0.92
    ),
    Claim(
        "spot-the-mistake.2", "The cost stays at ln 2 ≈ 0.693", lambda s: s.compared().flawed.costs[-1], 0.692, 0.694
    ),
    Claim(
        "spot-the-mistake.2", "the right network's cost is below 0.1", lambda s: s.compared().right.costs[-1], 0.0, 0.1
    ),
    Claim(
        "spot-the-mistake.3",
        "The cost leaps and does not settle",
        lambda s: _leap(s.compared().flawed.costs) / _leap(s.compared().right.costs),
        10,
    ),
    Claim(
        "spot-the-mistake.3", "its cost falls in every epoch", lambda s: np.diff(s.compared().right.costs).max(), most=0
    ),
    Claim(
        "spot-the-mistake.4",
        "The very first cost is many times ln 2",
        lambda s: s.compared().flawed.costs[0],
        10,
    ),
    Claim("spot-the-mistake.4", r"past $10^{70}$ after seven epochs", lambda s: s.shown().flawed.costs[7], 1e70),
    Claim("spot-the-mistake.4", "Then it falls", lambda s: s.shown().flawed.costs[15], 0.69, 0.7),  # all of it is drawn
    Claim("spot-the-mistake.4", "ends at ln 2", lambda s: s.shown().flawed.costs[-1], LN2 - 0.01, LN2 + 0.01),
    Claim(
        "spot-the-mistake.5",
        "then the cost is infinite or not a number",
        lambda s: float(s.shown().flawed.broke_at or 0),
        2,
    ),
    Claim("spot-the-mistake.5", "the cost falls as it should", lambda s: float(s.shown().right.broke_at is None), 1),
    Claim(
        "spot-the-mistake.5",
        "Two clouds of examples that are easily parted",
        lambda s: s.compared().right.test_accuracy,
        0.99,
    ),
    Claim("spot-the-mistake.6", "Seventy training examples", lambda s: s.compared().data.n_train, 70, 70),
    Claim(
        "spot-the-mistake.6",
        "The training cost goes on falling where noise should stop it",
        lambda s: s.compared().right.costs[-1] - s.compared().flawed.costs[-1],
        0.0,
    ),
    Claim(
        "spot-the-mistake.6",
        "while test examples gain nothing",
        lambda s: s.compared().flawed.test_accuracy - s.compared().right.test_accuracy,
        most=0.04,
    ),
)
