"""Lessons 1 to 5: each claim beside what measures it."""

import numpy as np
import numpy.typing as npt

from dnn.activations import Sigmoid
from dnn.analysis.textbook import published
from dnn.components import Array
from dnn.lessons import measures as m
from dnn.losses import BinaryCrossEntropy
from dnn.network import forward
from dnn.training.run import Run
from tests.lessons.claims import Claim
from tests.lessons.seeded import (
    Seeded,
    accuracy,
    answers,
    best_line,
    cost,
    gradients,
    growth,
    hidden,
    moved,
    neighbours_of_other_class,
    trace,
)

SIGMOID = Sigmoid()
LN2 = float(np.log(2))
RATES = ("0.03", "0.1", "0.3")


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


def _slopes_of_sigmoids(s: Seeded) -> list[float]:
    """The largest slope in each hidden layer."""
    return [float((a * (1 - a)).max()) for a in hidden(s.run())]


def _slopes_of_tanh(s: Seeded) -> list[float]:
    return [float((1 - a**2).mean()) for a in hidden(s.run(epochs=1))]


def _negative_sums(s: Seeded) -> float:
    return float(np.mean(np.concatenate([z.ravel() for z in trace(s.run()).z[:-1]]) < 0))


def _share_of_the_commonest_answer(s: Seeded) -> float:
    _, counts = np.unique(answers(s.run()).round(3), return_counts=True)
    return float(counts.max() / counts.sum())


CLAIMS = (
    Claim("one-neuron.1", "The line turns until it stands between the two clouds", lambda s: accuracy(s.run()), 0.96),
    Claim("one-neuron.1", "Those places form a straight line", lambda s: m.BEND.read(s.run()), 0.0, 0.0),
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
    Claim("one-hidden.4", "the boundary runs straight", lambda s: m.BEND.read(s.run()), 0.0, 0.0),
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
    Claim("one-hidden.6", "four units draw one straight line", lambda s: m.BEND.read(s.run()), 0.0, 0.0),
    Claim(
        "one-hidden.6",
        "at the cost that a single neuron had in the first step",
        lambda s: abs(cost(s.run()) - cost(s.of("one-hidden.1").run())),
        0.0,
        0.001,
    ),
    Claim("sigmoid-net.1", "gets nearly all of them", lambda s: accuracy(s.run()), 0.94),
    Claim("sigmoid-net.1", "bends its decision boundary", lambda s: m.BEND.read(s.run()), 0.1),
    Claim("sigmoid-net.2", "No slope is larger than a quarter", lambda s: max(_slopes_of_sigmoids(s)), 0.2, 0.25),
    Claim(
        "sigmoid-net.2", "eight of them multiply to less", lambda s: np.prod(_slopes_of_sigmoids(s)), 0.0, 1 / 65_000
    ),
    Claim(
        "sigmoid-net.2",
        "The weights multiply as well, so the quotient is another number",
        lambda s: abs(np.log(m.VANISHED.read(s.run()) / 4**8)),
        0.05,
    ),
    Claim(
        "sigmoid-net.2", "almost nothing of the error reaches the first layer", lambda s: m.VANISHED.read(s.run()), 5000
    ),
    Claim(
        "sigmoid-net.3",
        "for ten times as long as one neuron needed",
        lambda s: s.of("one-neuron.3").run(epochs=60).latest["train_cost"] - cost(s.of("one-neuron.3").run()),
        0.0,
        0.02,
    ),
    Claim(
        "sigmoid-net.3",
        "learns to answer about one half to everything",
        lambda s: float(np.abs(answers(s.run()) - 0.5).max()),
        0.0,
        0.12,
    ),
    Claim(
        "sigmoid-net.3",
        "the weights of the first layer changed by less than a hundredth",
        lambda s: moved(s.run(), s.run(epochs=0))[0],
        0.0,
        0.01,
    ),
    Claim("sigmoid-net.3", "by more than a fifth", lambda s: moved(s.run(), s.run(epochs=0))[-1], 0.2),
    Claim(
        "sigmoid-net.3",
        "The first layers pass on nearly what they passed on at the start",
        lambda s: float(np.abs(hidden(s.run())[0] - hidden(s.run(epochs=0))[0]).max()),
        0.0,
        0.02,
    ),
    Claim(
        "sigmoid-net.4",
        "With one and two layers of sigmoids the network soon finds the straight line of a single neuron",
        lambda s: max(abs(cost(s.run(n, epochs=60)) - cost(s.of("one-neuron.3").run())) for n in "12"),
        0.0,
        0.03,
    ),
    Claim(
        "sigmoid-net.4",
        "in 300 epochs no more than that",
        lambda s: max(m.BEND.read(s.run(n)) for n in "12"),
        0.0,
        0.03,
    ),
    Claim(
        "sigmoid-net.4",
        "at that rate one layer bends the boundary in 300 epochs",
        lambda s: m.BEND.read(s.run("1", training__learning_rate=1.0)),
        0.1,
    ),
    Claim(
        "sigmoid-net.4",
        "With four layers the cost is still at 0.69 after 60",
        lambda s: cost(s.run("4", epochs=60)),
        0.685,
    ),
    Claim("sigmoid-net.4", "With eight layers it still is after 300", lambda s: cost(s.run("8")), 0.685),
    Claim("sigmoid-net.5", "between 0.7 and 0.95 on average", lambda s: min(_slopes_of_tanh(s)), 0.7),
    Claim("sigmoid-net.5", "between 0.7 and 0.95 on average", lambda s: max(_slopes_of_tanh(s)), most=0.95),
    Claim(
        "sigmoid-net.5",
        "at the first layer it is more than a third as long as at the last",
        lambda s: m.VANISHED.read(s.run(epochs=1)),
        0.0,
        3.0,
    ),
    Claim("sigmoid-net.5", "all eight layers learn", lambda s: moved(s.run(), s.run(epochs=0)).min(), 0.1),
    Claim(
        "sigmoid-net.6",
        "Tanh lets the gradient through",
        lambda s: min(s.reached("4", "Tanh", rate) for rate in RATES),
        1,
    ),
    Claim(
        "sigmoid-net.6", "no rate here makes up", lambda s: max(s.reached("4", "Sigmoid", rate) for rate in RATES), 0, 0
    ),
    Claim("relu-net.2", "About half of the weighted sums are negative", _negative_sums, 0.4, 0.6),
    Claim(
        "relu-net.2", "ReLU turns each of these into 0", lambda s: m.ASLEEP.read(s.run()) - _negative_sums(s), 0.0, 0.0
    ),
    Claim(
        "relu-net.2",
        "With tanh not a single activation would be exactly 0",
        lambda s: m.ASLEEP.read(s.run(network__activation="tanh")),
        0.0,
        0.0,
    ),
    Claim("relu-net.3", "by no more than a factor of 5", lambda s: m.VANISHED.read(s.run(epochs=1)), 0.2, 5.0),
    Claim("relu-net.3", "after 100 epochs by no more than one of 10", lambda s: m.VANISHED.read(s.run()), 0.1, 10.0),
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
        "modular.6", "hand the signal on at about its size", lambda s: m.LOUDNESS.read(s.run("He", epochs=0)), 0.15, 5.0
    ),
    Claim(
        "modular.6",
        "With 0.1 it still fades away",
        lambda s: m.LOUDNESS.read(s.run("Normal, spread 0.1", epochs=0)),
        0.0,
        0.01,
    ),
    Claim("modular.6", "with 3 it explodes", lambda s: m.LOUDNESS.read(s.run("Normal, spread 3", epochs=0)), 100),
)
