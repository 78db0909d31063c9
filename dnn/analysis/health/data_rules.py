"""Rules about the data and the answers: scales, class sizes, one answer for all, and logarithms of 0."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.finding import Finding, changed, number
from dnn.analysis.health.layer_rules import UNSCALED, suitable_start
from dnn.messages import Message

Classes = npt.NDArray[np.intp]


def input_scale(evidence: Evidence) -> Finding | None:
    """The inputs are large, tiny or of very different sizes, and the network does not learn from them."""
    data, spreads = evidence.run.data, evidence.spreads
    if evidence.experiment.data.standardize == "each" or not len(spreads):
        return None
    if not evidence.run.diverged and (len(evidence.epochs) < 6 or evidence.progress < 0.4):
        return None
    sizes = np.sqrt((data.X_train**2).mean(axis=0))
    small, large = float(spreads.min()), float(spreads.max())
    if small * 20.0 > large and sizes.max() < 10.0 and large > 0.1 and sizes.max() < 20.0 * large:
        return None
    return Finding(
        "input_scale",
        Message("Scale of the inputs"),
        Message(
            "The standard deviations of the inputs go from {small} to {large}, and an input is as large as {most}. One "
            "learning rate cannot suit them all.",
            small=number(small),
            large=number(large),
            most=number(float(np.abs(data.X_train).max())),
        ),
        1,
        Message("Standardise each input."),
        changed(evidence.experiment, data={"standardize": "each"}),
    )


def imbalance(evidence: Evidence) -> Finding | None:
    """A class is rare, and most of its examples get another class."""
    data = evidence.run.data
    if data.task == "regression" or data.weights is not None or len(evidence.epochs) < 20:
        return None
    answers, labels = _answers(evidence)
    counts = np.bincount(labels, minlength=2 if data.task == "binary" else data.y.shape[1])
    rare = int(np.where(counts > 0, counts, np.iinfo(int).max).argmin())
    share = counts[rare] / len(labels)
    found = float((answers[labels == rare] == rare).mean())
    if share * np.count_nonzero(counts) > 0.5 or found > 0.5:
        return None
    return Finding(
        "imbalance",
        Message("Classes out of balance"),
        Message(
            "Class {name} has {count} of {all} training examples, and {missed} of them get another class. Ignoring it "
            "costs little.",
            name=data.names.classes[rare],
            count=int(counts[rare]),
            all=len(labels),
            missed=round((1.0 - found) * int(counts[rare])),
        ),
        None,
        Message("Let all classes count alike."),
        changed(evidence.experiment, data={"weights": "balanced"}),
    )


def one_class(evidence: Evidence) -> Finding | None:
    """All examples get the same class."""
    data = evidence.run.data
    if data.task == "regression" or len(evidence.epochs) < 30:
        return None
    answers, labels = _answers(evidence)
    if np.ptp(answers) or not np.ptp(labels):
        return None
    accuracies = evidence.run.history["train_accuracy"][-10:]
    if not (accuracies >= accuracies[-1] - 1e-9).all():
        return None  # the one class is not always the same: the answers still move
    return Finding(
        "one_class",
        Message("All predictions are one class"),
        Message(
            "All {count} training examples get class {name}, though {others} are of another.",
            count=len(answers),
            name=data.names.classes[int(answers[0])],
            others=int((labels != answers).sum()),
        ),
        None,
        Message("Train with Adam at the learning rate 0.01, with tanh and Glorot's starting weights."),
        changed(
            evidence.experiment,
            network={"activation": "tanh", "initializer": "glorot_uniform", "bias_initializer": "zeros"},
            training={"optimizer": "adam", "learning_rate": 0.01},
        ),
    )


def log_zero(evidence: Evidence) -> Finding | None:
    """An output is exactly 0 or 1: with the textbook's formula the cost is not a number."""
    loss, output = evidence.run.network.loss, evidence.health.trace.output
    if not loss.kind.endswith("cross_entropy"):
        return None
    exact = ((output == 0.0) | (output == 1.0)).any(axis=1)
    answers, labels = _answers(evidence)
    if not (exact & (answers != labels)).any():
        return None
    experiment = evidence.experiment
    if evidence.start > 3.0 and isinstance(experiment.network.initializer, UNSCALED):
        advice = Message("Start with smaller weights, scaled to the layers: He's for ReLU, otherwise Glorot's.")
        cure = changed(experiment, network={"initializer": suitable_start(experiment), "bias_initializer": "zeros"})
    else:
        rate = max(1e-6, experiment.training.learning_rate / 10.0)
        advice = Message("Use a tenth of the learning rate: {rate}.", rate=f"{rate:g}")
        cure = changed(experiment, training={"learning_rate": rate})
    return Finding(
        "log_zero",
        Message("Log of 0"),
        Message(
            "For {count} of {all} examples ŷ is exactly 0 or 1, because z reaches {size}. Computed as y log ŷ + "
            "(1 - y) log(1 - ŷ), the cost would not be a number now: log 0 is infinite. Here it is computed from z.",
            count=int(exact.sum()),
            all=len(exact),
            size=number(float(np.abs(evidence.health.trace.logits).max())),
        ),
        len(evidence.health.layers),
        advice,
        cure,
        weights_spoilt=True,
    )


def _answers(evidence: Evidence) -> tuple[Classes, Classes]:
    """The class that each training example gets, and its own, both (m,)."""
    run, logits = evidence.run, evidence.health.trace.logits
    labels = run.data.labels[: len(logits)].astype(np.intp)
    return (logits[:, 0] > 0.0).astype(np.intp) if run.data.task == "binary" else logits.argmax(axis=1), labels
