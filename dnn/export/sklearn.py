"""The experiment for scikit-learn: with this package's estimators, and with scikit-learn's own if possible."""

from __future__ import annotations

import numpy as np

from dnn.activations import Activation, Linear, ReLU, Sigmoid, Tanh
from dnn.components import Component
from dnn.data import Data
from dnn.export.code.context import Context, epochs_of
from dnn.export.formulas import number
from dnn.export.literals import in_units
from dnn.export.rows import DROPS, examples, heading
from dnn.losses import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from dnn.messages import Message
from dnn.optimizers import SGD, Adam, Momentum, Nesterov
from dnn.schedules import ConstantRate
from dnn.training.run import Run

MLP_ACTIVATIONS: dict[type[Activation], str] = {Linear: "identity", Sigmoid: "logistic", Tanh: "tanh", ReLU: "relu"}
MLP_LOSSES = (BinaryCrossEntropy, SoftmaxCrossEntropy, MeanSquaredError)

WEIGHED = "It needs scikit-learn 1.7 or newer, which lets examples count differently."


def refuses(run: Run) -> str:
    """Return why scikit-learn cannot train on the examples of ``run``, or "": they must contain all classes."""
    if run.data.task == "regression":
        return ""
    count = max(2, run.params.sizes[-1])
    without = count - len(np.unique(run.data.labels[: run.data.n_train]))
    if not without:
        return ""
    return Message(
        "scikit-learn takes the classes from the training examples. Classes without any: {without} of {count}.",
        without=without,
        count=count,
    )


def _value(value: object) -> str:
    """Return a setting as Python: a component by its name, or by its name and parameters."""
    if isinstance(value, Component):
        plain = value.model_dump(mode="json")
        return repr(plain["kind"]) if value == type(value)(kind=value.kind) else repr(plain)
    if isinstance(value, tuple):
        return "(" + "".join(f"{_value(each)}, " for each in value).rstrip() + ")"
    return number(value) if isinstance(value, float) else repr(value)


def write_estimator(run: Run) -> bytes:
    """Return a script with ``DNNClassifier`` or ``DNNRegressor``, which need this package."""
    context, e = Context(run), run.experiment
    t, n = e.training, e.network
    name = "DNNRegressor" if context.data.task == "regression" else "DNNClassifier"
    arguments: dict[str, object] = {
        "hidden_layer_sizes": n.hidden_layer_sizes, "activation": n.activation, "optimizer": t.optimizer,
        "learning_rate": t.learning_rate, "batch_size": t.batch_size, "epochs": epochs_of(run), "l1": t.l1, "l2": t.l2,
        "dropout": t.dropout, "schedule": t.schedule, "loss": run.network.loss, "clip_norm": t.clip_norm,
        "dtype": t.dtype, "random_state": e.seed,
    }  # fmt: skip
    notes = [
        "The experiment of the dnn playground as a scikit-learn estimator. It needs the package `dnn` beside it.",
        "It starts from the same weights.",
    ]
    differs = [
        *(["The examples come in another order in every epoch here."] if context.shuffles else []),
        *([DROPS] if context.drops else []),
    ]
    if not (differs or run.changed or run.frozen is not None or t.patience is not None):
        notes.append("There is one batch with all examples, so the weights agree with those of the playground.")
    notes += differs
    if t.patience is not None:
        notes.append(
            "Early stopping is left out: the estimator would hold back other examples than the playground did."
        )
    lines = [heading(run, *notes), *(["import base64", ""] if context.packs_start else []), "import numpy as np", "",
             f"from dnn import {name}", *examples(context, classes=True), "", f"network = {name}("]  # fmt: skip
    lines += [f"    {key}={_value(value)}," for key, value in arguments.items()]
    lines += [
        ")",
        f"network.fit(X[:{context.data.n_train}], y[:{context.data.n_train}],"
        + (f" sample_weight=weights[:{context.data.n_train}]," if context.weighted else "")
        + " coefs_init=[W[:-1] for W in start], intercepts_init=[W[-1] for W in start])",
        *_scores(context.data),
    ]
    return ("\n".join(lines) + "\n").encode()


def write_mlp(run: Run) -> bytes:
    """Return a script with scikit-learn's own ``MLPClassifier`` or ``MLPRegressor``; its docstring lists the
    differences.
    """
    context, t = Context(run), run.experiment.training
    name = "MLPRegressor" if context.data.task == "regression" else "MLPClassifier"
    kinds = {type(g): g.kind for g in context.hidden}
    activation = MLP_ACTIVATIONS.get(type(context.hidden[0]), "relu") if context.hidden else "identity"
    cannot = []
    if len(kinds) > 1 or not kinds.keys() <= MLP_ACTIVATIONS.keys():
        cannot.append(f"{', '.join(kinds.values())}: there is one activation for all layers, out of "
                      f"{', '.join(MLP_ACTIVATIONS.values())}; the nearest, relu or tanh, stands in")  # fmt: skip
    if type(run.network.loss) not in MLP_LOSSES:
        cannot.append(f"the loss {run.network.loss.kind}: cross-entropy or squared error stand in")
    solver, more = _solver(t.optimizer, cannot)
    for wanted, text in (
        (t.l1, "the L1 penalty"),
        (any(context.dropout), "dropout"),
        (t.clip_norm is not None, "clipping of gradients"),
        (not isinstance(t.schedule, ConstantRate), f"the schedule {t.schedule.kind}"),
        (t.patience is not None, "early stopping on the examples that the playground watches"),
        (t.dtype != "float64", "32-bit numbers; X decides the precision"),
    ):
        cannot += [text] if wanted else []
    cannot.append("other starting weights than Xavier's: they are overwritten before training")
    notes = ["The experiment of the dnn playground with scikit-learn's own network.",
             *([WEIGHED] if context.weighted else []),
             "What it cannot do, or not like this:\n" + "\n".join(f"- {text}" for text in cannot)]  # fmt: skip
    epochs = epochs_of(run)
    lines = [heading(run, *notes), *(["import base64"] if context.packs_start else []), "import warnings", ""]
    weights = f", sample_weight=weights[:{context.data.n_train}]" if context.weighted else ""
    lines += ["import numpy as np", "from sklearn.exceptions import ConvergenceWarning"]
    lines += [f"from sklearn.neural_network import {name}", *examples(context, classes=True), ""]
    lines += [f"X_train, y_train = X[:{context.data.n_train}], y[:{context.data.n_train}]", f"network = {name}("]
    arguments = {
        "hidden_layer_sizes": repr(run.experiment.network.hidden_layer_sizes),
        "activation": repr(activation),
        "solver": repr(solver),
        "learning_rate_init": number(t.learning_rate),
        **more,
        "alpha": number(t.l2),
        "batch_size": str(context.batch_size),
        "shuffle": str(context.shuffles),
        "random_state": str(run.experiment.seed),
        "max_iter": "1",
        "tol": "0.0",
        "n_iter_no_change": str(epochs + 1),
        "warm_start": "True",
    }
    lines += [f"    {key}={value}," for key, value in arguments.items()]
    lines += [
        ")",
        'warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is ours',
        f"network.fit(X_train, y_train{weights})  # makes the layers; then come the playground's starting weights",
        "network.coefs_ = [W[:-1].copy() for W in start]",
        "network.intercepts_ = [W[-1].copy() for W in start]",
        f"network.set_params(max_iter={epochs}).fit(X_train, y_train{weights})",
        *_scores(context.data),
    ]
    return ("\n".join(lines) + "\n").encode()


def _solver(optimizer: Component, cannot: list[str]) -> tuple[str, dict[str, str]]:
    plain = optimizer.model_dump()
    if type(optimizer) in (SGD, Momentum, Nesterov):
        if plain.get("dampening"):
            cannot.append("momentum that takes only a part of each gradient")
        beta = number(plain.get("beta", 0.0))
        return "sgd", {"momentum": beta, "nesterovs_momentum": str(type(optimizer) is Nesterov)}
    if type(optimizer) is not Adam:
        cannot.append(f"the optimiser {optimizer.kind}: Adam stands in")
        return "adam", {}
    cannot.append("Adam's ε as in the paper's algorithm 1; scikit-learn adds it before the correction")
    return "adam", {
        "beta_1": number(plain["beta1"]),
        "beta_2": number(plain["beta2"]),
        "epsilon": number(plain["epsilon"]),
    }


def _scores(data: Data) -> list[str]:
    measure = "R²" if data.task == "regression" else "accuracy"
    least = 2 if data.task == "regression" else 1  # R² compares several examples
    lines = []
    if data.n_train >= least:
        lines.append(f'print("train {measure}:", network.score(X[:{data.n_train}], y[:{data.n_train}]))')
    if data.n_validation >= least:
        rows = f"{data.n_train}:{data.first_test}"
        lines.append(f'print("validation {measure}:", network.score(X[{rows}], y[{rows}]))')
    if len(data.X) - data.first_test >= least:
        lines.append(f'print("test {measure}:", network.score(X[{data.first_test}:], y[{data.first_test}:]))')
    if data.target_std is not None:
        answers = in_units("network.predict(X).reshape(len(X), -1)", data)
        lines.append(f"answers = {answers}  # in the data's units, a column for each output")
    return lines
