"""Rules about the layers: their gradients, their units and their weights."""

from __future__ import annotations

import numpy as np

from dnn.activations import ELU, GELU, SELU, LeakyReLU, Mish, ReLU, SiLU, Softplus
from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.finding import Finding, changed, number
from dnn.experiment import Experiment
from dnn.initializers import Constant, Normal, Uniform, Zeros
from dnn.messages import Message

RAMPS = (ReLU, LeakyReLU, ELU, SELU, GELU, SiLU, Mish, Softplus)  # without a limit above: He's starting weights suit
UNSCALED = (Zeros, Constant, Normal, Uniform)  # starting weights that do not depend on the size of the layer

SMALL_TANH = {"activation": "tanh", "initializer": "glorot_uniform", "bias_initializer": "zeros"}


def symmetry(evidence: Evidence) -> Finding | None:
    """All units of a hidden layer have the same incoming weights, and so stay the same."""
    for layer, Wb in zip(evidence.health.hidden, evidence.run.params.Wb, strict=False):
        units = Wb.shape[1]
        if units > 1 and np.ptp(Wb, axis=1).max() <= 1e-9 * max(1e-9, np.abs(Wb).max()):
            return Finding(
                "symmetry",
                Message("All units are the same"),
                Message(
                    "All {units} units of layer {layer} have the same weights, so they compute the same and learn the "
                    "same: the layer is worth one unit.",
                    units=units,
                    layer=layer.layer,
                ),
                layer.layer,
                Message("Draw the starting weights at random."),
                changed(evidence.experiment, network={"initializer": suitable_start(evidence.experiment)}),
            )
    return None


def dead_units(evidence: Evidence) -> Finding | None:
    """Half of a hidden layer's units or more return 0 for every example and cannot learn."""
    if evidence.progress < 0.4:
        return None
    layers = [layer for layer in evidence.health.hidden if layer.dead.sum() >= max(2, 0.5 * len(layer.dead))]
    if not layers:
        return None
    worst = max(layers, key=lambda layer: float(layer.dead.mean()))
    if len(evidence.epochs) < 16 and not worst.dead.all():
        return None  # the others may be enough
    training = evidence.experiment.training
    too_fast = len(evidence.epochs) > 1 and training.learning_rate > 0.05
    return Finding(
        "dead_units",
        Message("Dead units"),
        Message(
            "{dead} of the {units} units of layer {layer} return 0 for every example. Their gradient is 0, so they "
            "cannot come back.",
            dead=int(worst.dead.sum()),
            units=len(worst.dead),
            layer=worst.layer,
        ),
        worst.layer,
        Message("Use leaky ReLU with He's starting weights, biases of 0 and a learning rate of 0.05 at most."),
        changed(
            evidence.experiment,
            network={"activation": "leaky_relu", "initializer": "he_normal", "bias_initializer": "zeros"},
            training={"learning_rate": 0.05} if too_fast else None,
        ),
    )


def saturation(evidence: Evidence) -> Finding | None:
    """Half of a hidden layer's units or more are on the flat parts of their activation for nearly every example."""
    if evidence.progress < 0.5:
        return None
    activations = evidence.health.trace.activations
    layers = [
        layer
        for layer, g in zip(evidence.health.hidden, activations, strict=False)
        if np.isfinite(getattr(g, "bounds", (np.inf,))).all() and layer.saturated.sum() >= 0.5 * len(layer.saturated)
    ]
    if not layers:
        return None
    worst = max(layers, key=lambda layer: float(layer.saturated.mean()))
    experiment = evidence.experiment
    if evidence.run.data.mean is None and np.abs(evidence.run.data.X_train).max() > 10.0:
        advice = Message("Standardise the inputs, and use tanh with Glorot's starting weights.")
        cure = changed(experiment, data={"standardize": "each"}, network=SMALL_TANH)
    elif isinstance(experiment.network.initializer, UNSCALED) and evidence.start > 1.0:
        advice = Message("Use tanh with smaller starting weights: Glorot's.")
        cure = changed(experiment, network=SMALL_TANH)
    else:
        rate = max(1e-6, experiment.training.learning_rate / 10.0)
        advice = Message("Use a tenth of the learning rate, and tanh with Glorot's starting weights.")
        cure = changed(experiment, network=SMALL_TANH, training={"learning_rate": rate})
    return Finding(
        "saturation",
        Message("Saturated units"),
        Message(
            "{saturated} of the {units} units of layer {layer} are saturated: for 95 % of the examples their slope "
            "|g'| is less than 0.05, so almost no gradient passes.",
            saturated=int(worst.saturated.sum()),
            units=len(worst.saturated),
            layer=worst.layer,
        ),
        worst.layer,
        advice,
        cure,
    )


def vanishing(evidence: Evidence) -> Finding | None:
    """The gradient gets so small on its way back that an early layer learns nothing, and the cost hardly falls."""
    if len(evidence.epochs) < 6 or evidence.progress < 0.7 or len(evidence.health.layers) < 3:
        return None
    sizes = evidence.gradient_sizes
    slow, fast = int(np.argmin(sizes)), int(np.argmax(sizes))
    if slow > fast or not np.isfinite(sizes).all() or sizes[slow] * 100.0 > sizes[fast]:
        return None
    small, large = number(float(sizes[slow])), number(float(sizes[fast]))
    values = {"slow": slow + 1, "fast": fast + 1, "small": small, "large": large}
    ratio = float(sizes[fast]) / max(float(sizes[slow]), 1e-300)
    return Finding(
        "vanishing",
        Message("Vanishing gradient"),
        Message(
            "Layer {slow} learns {times} times more slowly than layer {fast}: a typical gradient there is {small}, and "
            "in layer {fast} it is {large}.",
            times=number(ratio),
            **values,
        ),
        slow + 1,
        Message("Use ReLU with He's starting weights."),
        changed(
            evidence.experiment,
            network={"activation": "relu", "initializer": "he_normal", "bias_initializer": "zeros"},
        ),
    )


def exploding(evidence: Evidence) -> Finding | None:
    """Numbers became infinite, or the gradient is many times as large as the cost can justify."""
    run, experiment = evidence.run, evidence.experiment
    norms = [layer.gradient_norm for layer in evidence.health.layers]
    largest = int(np.nanargmax(norms)) + 1 if np.isfinite(norms).any() else 1
    if run.diverged:
        shown = Message(
            "In epoch {epoch} the cost or a weight became infinite. Before that, the gradient of layer {layer} had "
            "length {norm}.",
            epoch=run.epoch + 1 if run.has_started else 0,
            layer=largest,
            norm=number(norms[largest - 1]),
        )
    elif evidence.progress > 1.5 and max(norms) > 20.0 * max(evidence.baseline, 1e-12):
        shown = Message(
            "The gradient of layer {layer} has length {norm}, and the cost is {cost}: {times} times that of always "
            "giving the same answer.",
            layer=largest,
            norm=number(norms[largest - 1]),
            cost=number(evidence.cost),
            times=number(evidence.progress),
        )
    else:
        return None
    if evidence.start > 3.0 and isinstance(experiment.network.initializer, UNSCALED):
        advice = Message("Start with smaller weights, scaled to the layers: He's for ReLU, otherwise Glorot's.")
        cure = changed(experiment, network={"initializer": suitable_start(experiment), "bias_initializer": "zeros"})
    else:
        rate = max(1e-6, min(experiment.training.learning_rate / 10.0, 0.1))
        advice = Message("Use the learning rate {rate}, and shorten gradients longer than 1.", rate=f"{rate:g}")
        cure = changed(experiment, training={"learning_rate": rate, "clip_norm": 1.0})
    return Finding("exploding", Message("Exploding gradient"), shown, largest, advice, cure, weights_spoilt=True)


def suitable_start(experiment: Experiment) -> str:
    """The starting weights that suit the activations."""
    activation = experiment.network.activation
    first = activation[0] if isinstance(activation, tuple) else activation
    return "he_normal" if isinstance(first, RAMPS) else "glorot_uniform"
