"""Published figures of single layers: starting weights, the way forward, costs, the way back and its check."""

import numpy as np
import pytest

from dnn import Data, Experiment, Network, Params, backward, forward, gradient_check, init_params, start
from dnn.activations import Activation, Linear, ReLU, Sigmoid
from dnn.components import Array
from dnn.initializers import HeNormal, Initializer, Normal
from dnn.losses import BinaryCrossEntropy, MeanSquaredError
from tests.published.cases import Case, cases, named


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
