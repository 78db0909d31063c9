"""Figures published for the course that the five tutorials retell: literal inputs, and what must come out.

The cases keep the tutorials' layout, examples in columns; ``in_rows`` turns every figure into rows as it is read.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from dnn import Data, Experiment, Network, Params, Run, advance, backward, forward, gradient_check, init_params, start
from dnn.activations import Activation, Linear, ReLU, Sigmoid
from dnn.analysis.textbook import accuracy_percent, descent, in_rows, inputs, one_hidden, published
from dnn.components import Array
from dnn.initializers import HeNormal, Initializer, Normal
from dnn.losses import BinaryCrossEntropy, MeanSquaredError
from dnn.optimizers import SGD, Adam, Momentum, Optimizer
from dnn.schedules import InverseTime
from dnn.training.trainer import Trainer

PUBLISHED = published()
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in PUBLISHED["cases"]}

used: set[str] = set()


def cases(*names: str) -> pytest.MarkDecorator:
    """Run a test for each of the named cases, and remember that they are used."""
    used.update(names)
    return pytest.mark.parametrize("case", [Case(name) for name in names], ids=names)


class Case:
    """A published case in our layout."""

    def __init__(self, name: str) -> None:
        self.case = CASES[name]
        self.params: dict[str, Any] = self.case["params"]
        self.inputs = inputs(self.case)
        self.expected = {key: in_rows(key, figure) for key, figure in self.case["expected"].items()}

    def __getitem__(self, name: str) -> Array:
        return self.inputs[name]

    def layers(self) -> Params:
        """The given weights and biases W1, b1, W2, …"""
        count = sum(name.startswith("W") for name in self.inputs)
        return Params.of([(self[f"W{layer}"], self[f"b{layer}"]) for layer in range(1, count + 1)])

    def atol(self, name: str) -> float:
        atol = self.case["atol"]
        return float(atol[name] if isinstance(atol, dict) else atol)

    def agrees(self, name: str, value: object) -> None:
        """Compare ``value`` with the published figure of that name, shape and all."""
        assert np.shape(value) == self.expected[name].shape
        np.testing.assert_allclose(value, self.expected[name], rtol=0, atol=self.atol(name), err_msg=name)

    def agrees_in_all(self, values: Iterable[tuple[str, object]]) -> None:
        """The same for several figures, which must be all that the case has."""
        values = dict(values)
        assert values.keys() == self.expected.keys()
        for name, value in values.items():
            self.agrees(name, value)


def named(layers: Params, prefix: str = "") -> list[tuple[str, Array]]:
    """W1, b1, W2, … of ``layers``, as the tutorials call them."""
    return [
        (f"{prefix}{part}{n}", array)
        for n, layer in enumerate(layers, 1)
        for part, array in zip("Wb", layer, strict=True)
    ]


@cases(
    "c1w3_init_2_4_1",
    "c1w3_init_3_5_2",
    "c1w4_init_3_2_1",
    "c1w4_init_4_3_2",
    "c1w4_init_deep_5_4_3",
    "c2w1_init_random_3_2_1",
    "c2w1_init_he_2_4_1",
)
def test_starting_weights_come_out_of_the_tutorials_generator(case: Case) -> None:
    scale = case.params["scale"]
    initializer: Initializer = HeNormal() if "sqrt" in str(scale) else Normal(scale=float(scale))
    rng = np.random.RandomState(case.params["seed"])
    params = init_params(case["layer_dims"].astype(int).tolist(), initializer, rng)
    case.agrees_in_all((name, array) for name, array in named(params) if name.startswith("W"))
    assert all((b == 0).all() for _, b in params)


@cases("c1w3_forward_tanh_sigmoid")
def test_forward_through_tanh_and_sigmoid(case: Case) -> None:
    trace = forward(case.layers(), case["X"])
    arrays = {"Z1": trace.z[0], "A1": trace.a[0], "Z2": trace.z[1], "A2": trace.a[1]}
    case.agrees_in_all([*arrays.items(), *((f"mean_{name}", array.mean()) for name, array in arrays.items())])


@cases("c1w4_linear_forward")
def test_the_linear_half_of_a_layer(case: Case) -> None:
    case.agrees("Z", forward([(case["W"], case["b"])], case["A"]).logits)


@cases("c1w4_linear_activation_forward")
def test_both_halves_of_a_layer(case: Case) -> None:
    z = forward([(case["W"], case["b"])], case["A_prev"]).logits
    case.agrees_in_all([("A_sigmoid", Sigmoid().value(z)), ("A_relu", ReLU().value(z))])


@cases("c1w4_L_model_forward")
def test_forward_through_three_layers(case: Case) -> None:
    case.agrees_in_all([("AL", forward(case.layers(), case["X"], Network(ReLU())).output)])


@cases("c1w3_cost_a", "c1w3_cost_b", "c1w4_cost_current", "c1w4_cost_older")
def test_the_cost_of_given_probabilities(case: Case) -> None:
    a = case["A2"] if "A2" in case.inputs else case["AL"]
    case.agrees_in_all([("cost", BinaryCrossEntropy().cost(np.log(a / (1 - a)), case["Y"]))])


@cases("c1w3_backward")
def test_backward_through_tanh_and_sigmoid(case: Case) -> None:
    params = case.layers()
    gradients = backward(params, forward(params, case["X"]), case["Y"])
    case.agrees_in_all(named(gradients, "d"))


def linear_backward(case: Case, dZ: Array) -> tuple[Array, Array, Array]:
    """dA_prev, dW and db of the layer (W, b) after ``A_prev``, from the tutorials' dZ, which is not yet a mean.

    An identity layer in front shows dA_prev as its dZ. With targets a - dZ the squared error sends exactly dZ/m back.
    """
    A_prev, W, b = case["A_prev"], case["W"], case["b"]
    n, m = A_prev.shape[1], len(A_prev)
    layers, network = [(np.eye(n), np.zeros(n)), (W, b)], Network(Linear(), MeanSquaredError())
    trace = forward(layers, A_prev, network)
    gradients = backward(layers, trace, trace.output - dZ)
    return gradients.dz[0] * m, *gradients[1]


@cases("c1w4_linear_backward")
def test_the_linear_half_of_the_way_back(case: Case) -> None:
    case.agrees_in_all(zip(("dA_prev", "dW", "db"), linear_backward(case, case["dZ"]), strict=True))


@cases("c1w4_linear_activation_backward")
def test_both_halves_of_the_way_back(case: Case) -> None:
    def through(g: Activation) -> Array:
        return case["dA"] * g.derivative(case["Z"], g.value(case["Z"]))

    figures = [
        (f"{kind}_{name}", array)
        for kind, g in (("sigmoid", Sigmoid()), ("relu", ReLU()))
        for name, array in zip(("dA_prev", "dW", "db"), linear_backward(case, through(g)), strict=True)
    ]
    case.agrees_in_all(figures)


@cases("c1w3_update_gd", "c2w2_gd_update")
def test_one_step_of_gradient_descent(case: Case) -> None:
    def updated(name: str) -> Array:
        step, _ = SGD().update(case[f"d{name}"], (), case.params["learning_rate"])
        return case[name] + step

    case.agrees_in_all((name, updated(name)) for name in case.expected)


def stepped(case: Case, optimizer: Optimizer, name: str, t: int = 1) -> tuple[Array, dict[str, Array]]:
    """The step number ``t`` of a weight matrix or bias vector from a state of zeros, and the state after it."""
    optimizer_state = optimizer.init(case[name].ravel())
    for array, holds in zip(optimizer_state, optimizer.state_names, strict=True):
        array += t - 1 if holds == "steps" else 0
    step, after = optimizer.update(case[f"d{name}"].ravel(), optimizer_state, case.params["learning_rate"])
    return step.reshape(case[name].shape), {
        holds: array.reshape(case[name].shape)
        for holds, array in zip(optimizer.state_names, after, strict=True)
        if holds != "steps"
    }


@cases("c2w2_momentum_update")
def test_one_step_of_dampened_momentum(case: Case) -> None:
    optimizer = Momentum(beta=case.params["beta"], dampening=True)

    def figure(name: str) -> Array:
        """W1 after the step, or its velocity vW1."""
        step, state = stepped(case, optimizer, name.removeprefix("v"))
        return state["v"] if name.startswith("v") else case[name] + step

    case.agrees_in_all((name, figure(name)) for name in case.expected)


@cases("c2w2_adam_update_t2")
def test_the_second_step_of_adam_from_means_of_zero(case: Case) -> None:
    """Theirs divides by √(v̂ + ε), ours by √v̂ + ε. It shows in one figure, that of the smallest gradient."""
    optimizer, t = Adam(**{name: case.params[name] for name in ("beta1", "beta2", "epsilon")}), case.params["t"]

    def figure(name: str) -> Array:
        """W1 after the step, or its mean square, there called sW1."""
        step, state = stepped(case, optimizer, name.removeprefix("s"), t)
        if name.startswith("s"):
            return state["v"]
        corrected = state["v"] / (1 - optimizer.beta2**t)
        theirs = step * (np.sqrt(corrected) + optimizer.epsilon) / np.sqrt(corrected + optimizer.epsilon)
        assert np.abs(theirs - step).max() < 5e-7
        return case[name] + theirs

    case.agrees_in_all((name, figure(name)) for name in case.expected)


@cases("c2w2_lr_decay_0", "c2w2_lr_decay_1", "c2w2_lr_decay_2", "c2w2_lr_decay_3")
def test_the_learning_rate_decays_as_published(case: Case) -> None:
    given = case.case["inputs"]
    schedule = InverseTime(decay=given["decay_rate"], interval=given["time_interval"] or 1)
    case.agrees_in_all([("lr", schedule.rate(given["learning_rate0"], given["epoch"]))])


@cases("c2w2_minibatches")
def test_minibatches_are_cut_from_the_shuffled_examples_the_last_one_smaller(case: Case) -> None:
    """The published order comes out of NumPy's legacy generator; ours is put in its place, the cutting is our own."""
    X, Y = case["X"], case["Y"]
    data, size = Data(X, Y, len(X), "binary"), case.params["mini_batch_size"]
    space = Trainer(init_params((X.shape[1], 1)), Network(), [data], size, [0])
    space.batches.shuffle(0)
    space.batches.orders[:] = np.random.RandomState(case.params["seed"]).permutation(len(X))
    space.batches.shuffle(0)
    batches = {
        f"mb{k}_{name}": array
        for k, batch in enumerate(space.batches)
        for name, array in (("X", batch.X_ones[:, :-1]), ("Y", batch.y))
    }
    case.agrees_in_all((name, batches[name]) for name in case.expected)


@cases("c1w3_predict")
def test_predictions_are_class_one_above_one_half(case: Case) -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": [4]})
    run = start(experiment, data=Data.split(case["X"], [0, 1, 1]), params=case.layers())
    case.agrees_in_all([("predictions", run.predict(case["X"])[:, None])])


@cases("c1w2_logistic_propagate")
def test_logistic_regression_is_a_network_without_hidden_layers(case: Case) -> None:
    params = Params.of([(case["w"], case["b"].reshape(1))])
    trace = forward(params, case["X"])
    dw, db = backward(params, trace, case["Y"])[0]
    case.agrees_in_all([("cost", BinaryCrossEntropy().cost(trace.logits, case["Y"])), ("dw", dw), ("db", db[0])])


@cases("c1w2_logistic_optimize")
def test_logistic_regression_trains_as_published(case: Case) -> None:
    before_last = advance(descent(case.case, [(case["w"], case["b"].reshape(1))]), case.params["iterations"] - 1)
    last = advance(before_last, 1)
    dw, db = backward(before_last.params, forward(before_last.params, case["X"]), case["Y"])[0]
    ((w, b),) = last.params
    costs = last.history["train_cost"][: -1 : case.params["cost_every"]]
    case.agrees_in_all([("w", w), ("b", b[0]), ("dw", dw), ("db", db[0]), ("costs", costs)])


def difference(g: Array, n: Array) -> float:
    return float(np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)))


@cases("c2w1_gradient_check")
def test_the_gradient_check_accepts_the_gradient_and_catches_the_planted_bugs(case: Case) -> None:
    check = gradient_check(case.layers(), case["X"], case["Y"], Network(ReLU()), epsilon=case.params["epsilon"])
    noise = float(
        case.expected["difference_correct"]
    )  # of the published check; logits, as here, make a hundredth of it
    assert check.difference < noise
    wrong = check.analytic.copy()
    wrong[1][0][...] *= 2  # dW2
    wrong[0][1][...] *= 4  # db1
    planted = difference(wrong.vector, check.numeric.vector)
    assert planted == pytest.approx(float(case.expected["difference_with_planted_bugs"]), abs=noise)


def trained(case: Case, hidden: int) -> Run:
    """The whole training of a published network with one hidden layer."""
    return advance(one_hidden(case.case, hidden), case.params["iterations"])


def costs_of(run: Run, case: Case) -> list[tuple[str, float]]:
    """The costs at the iterations that ``case`` names."""
    names = [name for name in case.expected if name.startswith("cost_")]
    return [(name, run.history["train_cost"][int(name.removeprefix("cost_"))]) for name in names]


@cases("c1w3_tiny_model_seed2")
def test_the_tiny_model_ends_with_the_published_weights(case: Case) -> None:
    run = trained(case, hidden=4)
    case.agrees_in_all([*costs_of(run, case), *named(run.params)])


@cases("train_planar_flower_nh4")
def test_the_planar_flower_trains_with_the_published_costs(case: Case) -> None:
    run = trained(case, hidden=4)
    for name, cost in costs_of(run, case):
        case.agrees(name, cost)
    assert accuracy_percent(run) >= case.expected["accuracy_percent_floor"]
    assert run.latest["train_accuracy"] == pytest.approx(accuracy_percent(run) / 100)


@pytest.mark.slow
@cases("train_planar_hidden_size_sweep")
def test_wider_hidden_layers_reach_the_published_accuracies(case: Case) -> None:
    widths = [int(name.removeprefix("accuracy_percent_nh")) for name in case.expected]
    case.agrees_in_all((f"accuracy_percent_nh{width}", accuracy_percent(trained(case, width))) for width in widths)


def test_every_published_case_is_used() -> None:
    assert used == CASES.keys()
