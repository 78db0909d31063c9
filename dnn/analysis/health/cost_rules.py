"""Rules about the course of the cost: it jumps, crawls, stands still, or falls for the training examples only."""

from __future__ import annotations

import numpy as np

from dnn.activations import Linear
from dnn.analysis.health.evidence import WINDOW, Evidence
from dnn.analysis.health.finding import Finding, changed, number
from dnn.messages import Message


def stuck_rate(seen: Evidence) -> Finding | None:
    """A large rate, and a cost that stays near that of a constant answer: ln 2 for two classes of equal size."""
    training = seen.experiment.training
    adaptive = training.optimizer.kind not in ("sgd", "momentum", "nesterov")
    window = seen.window[-10:]
    if (
        seen.run.data.task == "regression"
        or len(seen.epochs) < 11
        or len(window) < 10
        or training.learning_rate < (0.1 if adaptive else 0.5)
    ):
        return None
    if not (abs(seen.progress - 1.0) < 0.1 and np.quantile(np.abs(window / seen.ignorance - 1.0), 0.8) < 0.3):
        return None
    if not any((layer.dead | layer.saturated).mean() >= 0.5 for layer in seen.health.hidden):
        return None  # it may still be on its way
    rate = 0.01 if adaptive else min(0.1, training.learning_rate / 10.0)
    return Finding(
        "stuck_rate",
        Message("Stuck at a large learning rate"),
        Message(
            "With the learning rate {rate} the cost stays near {cost}. Always giving the same answer costs {ignorance}."
            " The first steps were so large that the units no longer tell examples apart.",
            rate=f"{training.learning_rate:g}",
            cost=f"{seen.cost:.3g}",
            ignorance=f"{seen.ignorance:.3g}",
        ),
        None,
        Message("Start again with the learning rate {rate}.", rate=f"{rate:g}"),
        changed(seen.experiment, training={"learning_rate": rate}),
        weights_spoilt=True,
    )


def rate_too_large(seen: Evidence) -> Finding | None:
    """The cost jumps up again and again."""
    window = seen.window[1:] if len(seen.costs) <= len(seen.window) else seen.window
    if len(window) < 8 or seen.progress < 0.1:
        return None
    jumps = np.diff(window) / seen.ignorance
    if (jumps > max(0.22, 0.2 * seen.progress)).sum() < max(3, 0.1 * len(jumps)):
        return None
    rate = max(1e-6, seen.experiment.training.learning_rate / 10.0)
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
        changed(seen.experiment, training={"learning_rate": rate}),
    )


def rate_too_small(seen: Evidence) -> Finding | None:
    """The cost falls steadily, but so slowly that it gets nowhere."""
    costs = seen.window
    if len(costs) < 15 or seen.progress < 0.6 or not seen.movement < 0.005:
        return None
    middle = len(seen.costs) // 2
    before, after = float(seen.costs[0] - seen.costs[middle]), float(seen.costs[middle] - seen.costs[-1])
    steady = (np.diff(costs) < 0.0).mean() > 0.8 and after > 0.3 * before
    if not steady or before + after > 0.15 * float(seen.costs[0]):
        return None
    ratio = max(layer.update_ratio for layer in seen.health.layers)
    times = 10.0 ** np.clip(np.ceil(np.log10(0.1 / max(seen.movement, 1e-9))), 1, 4)
    most = 1.0 if seen.run.updates_per_epoch == 1 else 0.3
    rate = min(most, seen.experiment.training.learning_rate * float(times))
    if rate <= seen.experiment.training.learning_rate:
        return None
    return Finding(
        "rate_too_small",
        Message("The learning rate is too small"),
        Message(
            "In {epochs} epochs the cost fell from {first} to {last} only: an update changes the weights by {ratio} of "
            "their size.",
            epochs=int(seen.epochs[-1]),
            first=f"{seen.costs[0]:.4g}",
            last=f"{seen.costs[-1]:.4g}",
            ratio=number(ratio),
        ),
        None,
        Message("Use the learning rate {rate}.", rate=f"{rate:g}"),
        changed(seen.experiment, training={"learning_rate": rate}),
    )


def plateau(seen: Evidence) -> Finding | None:
    """The cost has stood still for a long time though little is learnt."""
    fall, scatter = seen.trend
    if len(seen.epochs) < 60 or len(seen.window) < WINDOW or seen.progress < 0.6 or seen.skill > 0.6:
        return None
    if abs(fall) > 0.005 or scatter > 0.02:
        return None
    network = seen.experiment.network
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
            "For {epochs} epochs the cost has stayed near {cost}; always giving the same answer costs {ignorance}.",
            epochs=int(seen.epochs[-1] - seen.epochs[-len(seen.window)]),
            cost=f"{seen.cost:.3g}",
            ignorance=f"{seen.ignorance:.3g}",
        ),
        None,
        advice,
        changed(seen.experiment, network=start, training={"optimizer": "adam", "learning_rate": 0.01}),
    )


def overfitting(seen: Evidence) -> Finding | None:
    """The validation cost, or without one the test cost, rises while the train cost falls."""
    run, held_out = seen.run, seen.held_out_costs
    if run.stopped or len(held_out) < 20 or not np.isfinite(held_out).all():
        return None
    width = max(3, len(held_out) // 20)
    totals = np.concatenate([[0.0], np.cumsum(held_out)])
    smooth = (totals[width:] - totals[:-width]) / width
    lowest = int(smooth.argmin())
    then = slice(lowest, lowest + width)
    rise = float(smooth[-1] - smooth[lowest]) / seen.ignorance
    learnt = float(seen.costs[then].mean() - seen.costs[-width:].mean())
    spread = float(np.std(np.diff(held_out[-WINDOW:]))) / seen.ignorance
    if rise < max(0.2, 0.15 * float(smooth[lowest]) / seen.ignorance, 2.0 * spread) or learnt <= 0.0:
        return None
    if float(smooth[-1] - smooth[lowest]) < seen.held_out_error:
        return None  # a few held-out examples more or less would change as much
    epoch = int(seen.epochs[lowest + width // 2])
    patience = max(10, epoch // 2)
    if run.experiment.training.patience is not None and run.experiment.training.patience <= patience:
        return None  # it will stop by itself
    found = {
        "epoch": epoch,
        "low": number(float(held_out[then].mean())),
        "high": number(float(held_out[-width:].mean())),
        "train": number(seen.cost),
    }
    if run.has_validation_data:
        evidence = Message(
            "Since epoch {epoch} the validation cost has risen from {low} to {high} while the train cost fell to "
            "{train}. The network learns the training examples by heart.",
            **found,
        )
        advice = Message(
            "Stop early: when the validation cost has not improved for {patience} epochs.", patience=patience
        )
    else:
        evidence = Message(
            "Since epoch {epoch} the test cost has risen from {low} to {high} while the train cost fell to {train}. "
            "The network learns the training examples by heart.",
            **found,
        )
        advice = Message("Stop early: when the test cost has not improved for {patience} epochs.", patience=patience)
    cure = changed(seen.experiment, training={"patience": patience})
    return Finding("overfitting", Message("Overfitting"), evidence, None, advice, cure)


def noise_floor(seen: Evidence) -> Finding | None:
    """The cost goes up and down around a level that smaller steps or larger batches would lower."""
    run, (fall, scatter) = seen.run, seen.trend
    size = run.batch_size
    if len(seen.epochs) < 30 or 4 * size > run.data.n_train or seen.health.noise < 10.0 * size:
        return None
    if seen.progress < 0.15 or scatter < 0.14 * seen.progress or fall > 0.5 * scatter:
        return None
    every = int(np.ceil(0.45 * run.epoch))
    return Finding(
        "noise_floor",
        Message("Noise of small batches"),
        Message(
            "The cost goes up and down around {cost} and no longer falls. With {size} examples in a batch an update is "
            "mostly noise: the variance of single gradients is {noise} times the square of their mean.",
            cost=number(seen.cost),
            size=size,
            noise=number(seen.health.noise),
        ),
        None,
        Message("Let the learning rate fall to a tenth after every {every} epochs.", every=every),
        changed(seen.experiment, training={"schedule": {"kind": "step", "factor": 0.1, "every": every}}),
    )


def finished(seen: Evidence) -> Finding | None:
    """Little more is to be gained: the cost is low, and has stood still for half of the run.

    A shorter stand may be a plateau, and so may one at a higher cost where there are hidden layers: the cost of moons
    stays at that of a straight boundary for hundreds of epochs, and falls again.
    """
    _, scatter = seen.trend
    low = 0.3 if seen.health.hidden else 0.5
    if len(seen.window) < WINDOW or seen.progress > low or seen.run.stopped or scatter > 0.01:
        return None
    stand = seen.costs[seen.halfway :]
    width = max(3, len(stand) // 10)
    before, now = float(stand[:width].mean()), float(stand[-width:].mean())
    if len(stand) < 20 or abs(before - now) > 0.015 * seen.ignorance:
        return None
    return Finding(
        "finished",
        Message("Finished"),
        Message(
            "Since epoch {since} the cost has gone from {before} to {cost} only; always giving the same answer costs "
            "{ignorance}. Training as long again would change little.",
            since=int(seen.epochs[seen.halfway]),
            before=number(before),
            cost=number(now),
            ignorance=number(seen.ignorance),
        ),
    )
