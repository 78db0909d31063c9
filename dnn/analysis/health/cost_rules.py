"""Rules about the course of the cost: it jumps, hardly falls, stands still, or falls for the training examples only."""

from __future__ import annotations

import numpy as np

from dnn.activations import Linear
from dnn.analysis.health.evidence import WINDOW, Evidence
from dnn.analysis.health.finding import Finding, changed, number
from dnn.messages import Message


def stuck_rate(evidence: Evidence) -> Finding | None:
    """A large rate, and a cost that stays near that of a constant answer: ln 2 for two classes of equal size."""
    training = evidence.experiment.training
    adaptive = training.optimizer.kind not in ("sgd", "momentum", "nesterov")
    window = evidence.window[-10:]
    if (
        evidence.run.data.task == "regression"
        or len(evidence.epochs) < 11
        or len(window) < 10
        or training.learning_rate < (0.1 if adaptive else 0.5)
    ):
        return None
    if not (abs(evidence.progress - 1.0) < 0.1 and np.quantile(np.abs(window / evidence.baseline - 1.0), 0.8) < 0.3):
        return None
    if not any((layer.dead | layer.saturated).mean() >= 0.5 for layer in evidence.health.hidden):
        return None  # it may still be on its way
    rate = 0.01 if adaptive else min(0.1, training.learning_rate / 10.0)
    return Finding(
        "stuck_rate",
        Message("Stuck at a large learning rate"),
        Message(
            "With the learning rate {rate} the cost stays near {cost}. Always giving the same answer costs {baseline}."
            " The first steps were so large that the units no longer tell examples apart.",
            rate=f"{training.learning_rate:g}",
            cost=f"{evidence.cost:.3g}",
            baseline=f"{evidence.baseline:.3g}",
        ),
        None,
        Message("Start again with the learning rate {rate}.", rate=f"{rate:g}"),
        changed(evidence.experiment, training={"learning_rate": rate}),
        weights_spoilt=True,
    )


def rate_too_large(evidence: Evidence) -> Finding | None:
    """The cost jumps up again and again."""
    window = evidence.window[1:] if len(evidence.costs) <= len(evidence.window) else evidence.window
    if len(window) < 8 or evidence.progress < 0.1:
        return None
    jumps = np.diff(window) / evidence.baseline
    if (jumps > max(0.22, 0.2 * evidence.progress)).sum() < max(3, 0.1 * len(jumps)):
        return None
    rate = max(1e-6, evidence.experiment.training.learning_rate / 10.0)
    return Finding(
        "rate_too_large",
        Message("The learning rate is too large"),
        Message(
            "The cost jumps: in the last {epochs} measurements it rose {rises} times, once from {low} to {high}.",
            epochs=len(window),
            rises=int((jumps > 0.0).sum()),
            low=number(float(window[jumps.argmax()])),
            high=number(float(window[jumps.argmax() + 1])),
        ),
        None,
        Message("Use a tenth of the learning rate: {rate}.", rate=f"{rate:g}"),
        changed(evidence.experiment, training={"learning_rate": rate}),
    )


def rate_too_small(evidence: Evidence) -> Finding | None:
    """The cost falls steadily, but much too slowly."""
    costs = evidence.window
    if len(costs) < 15 or evidence.progress < 0.6 or not evidence.movement < 0.005:
        return None
    first, middle, last = evidence.costs[[0, len(evidence.costs) // 2, -1]]
    before, after = float(first - middle), float(middle - last)
    steady = (np.diff(costs) < 0.0).mean() > 0.8 and after > 0.3 * before
    if not steady or before + after > 0.15 * float(evidence.costs[0]):
        return None
    ratio = max(layer.update_ratio for layer in evidence.health.layers)
    times = 10.0 ** np.clip(np.ceil(np.log10(0.1 / max(evidence.movement, 1e-9))), 1, 4)
    most = 1.0 if evidence.run.updates_per_epoch == 1 else 0.3
    rate = min(most, evidence.experiment.training.learning_rate * float(times))
    if rate <= evidence.experiment.training.learning_rate:
        return None
    return Finding(
        "rate_too_small",
        Message("The learning rate is too small"),
        Message(
            "In {epochs} epochs the cost fell from {first} to {last} only: an update changes the weights by {ratio} of "
            "their size.",
            epochs=int(evidence.epochs[-1]),
            first=f"{evidence.costs[0]:.4g}",
            last=f"{evidence.costs[-1]:.4g}",
            ratio=number(ratio),
        ),
        None,
        Message("Use the learning rate {rate}.", rate=f"{rate:g}"),
        changed(evidence.experiment, training={"learning_rate": rate}),
    )


def plateau(evidence: Evidence) -> Finding | None:
    """The cost has stood still for a long time though little is learnt."""
    fall, scatter = evidence.trend
    if len(evidence.epochs) < 60 or len(evidence.window) < WINDOW or evidence.progress < 0.6 or evidence.skill > 0.6:
        return None
    if abs(fall) > 0.005 or scatter > 0.02:
        return None
    network = evidence.experiment.network
    sizes, activation = network.hidden_layer_sizes, network.activation
    linear = all(isinstance(g, Linear) for g in (activation if isinstance(activation, tuple) else (activation,)))
    start: dict[str, object] = {"initializer": "glorot_uniform"}
    if linear or not sizes or max(sizes) < 4:
        advice = Message(
            "The network is too small for more: give it two hidden layers of 8 tanh units, and train with Adam."
        )
        start |= {"hidden_layer_sizes": (8, 8), "activation": "tanh"}
    else:
        advice = Message("Train with Adam at the learning rate 0.01, from Glorot's starting weights.")
    return Finding(
        "plateau",
        Message("Plateau"),
        Message(
            "For {epochs} epochs the cost has stayed near {cost}; always giving the same answer costs {baseline}.",
            epochs=int(evidence.epochs[-1] - evidence.epochs[-len(evidence.window)]),
            cost=f"{evidence.cost:.3g}",
            baseline=f"{evidence.baseline:.3g}",
        ),
        None,
        advice,
        changed(evidence.experiment, network=start, training={"optimizer": "adam", "learning_rate": 0.01}),
    )


def overfitting(evidence: Evidence) -> Finding | None:
    """The validation cost, or without one the test cost, rises while the train cost falls."""
    run, held_out = evidence.run, evidence.held_out_costs
    if run.stopped or len(held_out) < 20 or not np.isfinite(held_out).all():
        return None
    width = max(3, len(held_out) // 20)
    totals = np.concatenate([[0.0], np.cumsum(held_out)])
    smooth = (totals[width:] - totals[:-width]) / width
    lowest = int(smooth.argmin())
    then = slice(lowest, lowest + width)
    rise = float(smooth[-1] - smooth[lowest]) / evidence.baseline
    learnt = float(evidence.costs[then].mean() - evidence.costs[-width:].mean())
    spread = float(np.std(np.diff(held_out[-WINDOW:]))) / evidence.baseline
    if rise < max(0.2, 0.15 * float(smooth[lowest]) / evidence.baseline, 2.0 * spread) or learnt <= 0.0:
        return None
    if float(smooth[-1] - smooth[lowest]) < evidence.held_out_error:
        return None  # a few held-out examples more or less would change as much
    epoch = int(evidence.epochs[lowest + width // 2])
    patience = max(10, epoch // 2)
    if run.experiment.training.patience is not None and run.experiment.training.patience <= patience:
        return None  # it will stop by itself
    found = {
        "epoch": epoch,
        "low": number(float(held_out[then].mean())),
        "high": number(float(held_out[-width:].mean())),
        "train": number(evidence.cost),
    }
    if run.has_validation_data:
        shown = Message(
            "Since epoch {epoch} the validation cost has risen from {low} to {high} while the train cost fell to "
            "{train}. The network learns the training examples by heart.",
            **found,
        )
        advice = Message(
            "Stop early: when the validation cost has not improved for {patience} epochs.", patience=patience
        )
    else:
        shown = Message(
            "Since epoch {epoch} the test cost has risen from {low} to {high} while the train cost fell to {train}. "
            "The network learns the training examples by heart.",
            **found,
        )
        advice = Message("Stop early: when the test cost has not improved for {patience} epochs.", patience=patience)
    cure = changed(evidence.experiment, training={"patience": patience})
    return Finding("overfitting", Message("Overfitting"), shown, None, advice, cure)


def noise_floor(evidence: Evidence) -> Finding | None:
    """The cost goes up and down around a level that smaller steps or larger batches would lower."""
    run, (fall, scatter) = evidence.run, evidence.trend
    size = run.batch_size
    if len(evidence.epochs) < 30 or 4 * size > run.data.n_train or evidence.health.noise < 10.0 * size:
        return None
    if evidence.progress < 0.15 or scatter < 0.14 * evidence.progress or fall > 0.5 * scatter:
        return None
    every = int(np.ceil(0.45 * run.epoch))
    return Finding(
        "noise_floor",
        Message("Noise of small batches"),
        Message(
            "The cost goes up and down around {cost} and no longer falls. With {size} examples in a batch an update is "
            "mostly noise: the variance of single gradients is {noise} times the square of their mean.",
            cost=number(evidence.cost),
            size=size,
            noise=number(evidence.health.noise),
        ),
        None,
        Message("Let the learning rate fall to a tenth after every {every} epochs.", every=every),
        changed(evidence.experiment, training={"schedule": {"kind": "step", "factor": 0.1, "every": every}}),
    )


def finished(evidence: Evidence) -> Finding | None:
    """Little more is to be gained: the cost is low, and has stood still for half of the run.

    A shorter stand may be a plateau, and so may one at a higher cost where there are hidden layers: the cost of moons
    stays at that of a straight boundary for hundreds of epochs, and falls again.
    """
    _, scatter = evidence.trend
    low = 0.3 if evidence.health.hidden else 0.5
    if len(evidence.window) < WINDOW or evidence.progress > low or evidence.run.stopped or scatter > 0.01:
        return None
    stand = evidence.costs[evidence.halfway :]
    width = max(3, len(stand) // 10)
    before, now = float(stand[:width].mean()), float(stand[-width:].mean())
    if len(stand) < 20 or abs(before - now) > 0.015 * evidence.baseline:
        return None
    return Finding(
        "finished",
        Message("Finished"),
        Message(
            "Since epoch {since} the cost has gone from {before} to {cost} only; always giving the same answer costs "
            "{baseline}. Training as long again would change little.",
            since=int(evidence.epochs[evidence.halfway]),
            before=number(before),
            cost=number(now),
            baseline=number(evidence.baseline),
        ),
    )
