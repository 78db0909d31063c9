"""The training settings: optimiser, learning rate, regularisation, stopping and loss."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from dnn.data.dataset import Dataset
from dnn.datasets import DATASETS
from dnn.experiment import Experiment, TrainingSpec
from dnn.losses import LOSSES, Loss
from dnn.optimizers import OPTIMIZERS
from dnn.schedules import SCHEDULES, Schedule
from dnn.ui import session
from dnn.ui.controls import components, curves, layers
from dnn.ui.controls.widgets import Marks, either, fold, fold_key, note, number, pairs, scale, share, switch
from dnn.ui.form import CLIP, EACH_DROPOUT, EARLY_STOPPING, NOTHING, layer_key
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr

LEARNING_RATES = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
BATCH_SIZES = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, "full")
STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # values of L1 and L2

REGULARISATION, LOSS = "Regularisation", "Loss and precision"
PRECISIONS = {"float64": "Double", "float32": "Single"}


def read() -> dict[str, Any]:
    """Return the values of the widgets."""
    values = {name: store.value(name) for name in ("learning_rate", "batch_size", "l1", "l2", "dtype")}
    dropouts = [store.value(layer_key("dropout", place)) for place in range(layers.count())]
    stops = store.value(EARLY_STOPPING)
    return values | {
        "optimizer": components.read("optimizer", OPTIMIZERS),
        "schedule": components.read("schedule", SCHEDULES),
        "dropout": dropouts if store.value(EACH_DROPOUT) and dropouts else store.value("dropout"),
        "clip_norm": store.value("clip_norm") if store.value(CLIP) else None,
        "loss": components.read("loss", LOSSES),
        **{name: store.value(name) for name in ("patience", "min_improvement") if stops},
        **({} if stops else {"patience": None}),
    }


def draw(marks: Marks) -> None:
    """Draw the main settings, and the others in folds."""
    written = session.experiment().training
    _scale(tr("Learning rate"), "learning_rate", LEARNING_RATES, written.learning_rate)
    components.choose(tr("Optimiser"), "optimizer", OPTIMIZERS, note(TrainingSpec, "optimizer"))
    components.parameters("optimizer", OPTIMIZERS)
    _scale(tr("Batch size"), "batch_size", BATCH_SIZES, written.batch_size or "full")
    _scale(tr("L2"), "l2", STRENGTHS, written.l2)
    fold("Schedule", components.fields("schedule", SCHEDULES), marks, _schedule, ("schedule",))
    regularisation_fields = ("dropout", "clip_norm", "patience", "min_improvement")
    fold(REGULARISATION, regularisation_fields, marks, _regularisation, ("l1", "dropout", "clip_norm", "patience"))
    fold(LOSS, {"loss", *components.fields("loss", LOSSES)}, marks, _loss, ("loss", "dtype"))


def _scale(label: str, name: str, options: Sequence[Any], written: Any) -> None:
    scale(label, name, options, written, note(TrainingSpec, name))


def _schedule(marks: Marks) -> None:
    components.choose(tr("Learning-rate schedule"), "schedule", SCHEDULES, note(TrainingSpec, "schedule"))
    components.parameters("schedule", SCHEDULES)
    chosen = components.value("schedule", SCHEDULES)
    if isinstance(chosen, Schedule):
        curves.schedule_curve(chosen, store.value("learning_rate"), "drawn-schedule")


def _regularisation(marks: Marks) -> None:
    written = session.experiment().training
    _scale(tr("L1"), "l1", STRENGTHS, written.l1)
    dropout = note(TrainingSpec, "dropout")
    if store.value(EACH_DROPOUT) and address.shows(EACH_DROPOUT):
        each = (layer_key("dropout", place) for place in range(layers.count()))
        label = tr("Dropout, layer {number}")
        pairs([partial(share, label.format(number=n), key, dropout) for n, key in enumerate(each, start=1)])
    else:
        share(tr("Dropout"), "dropout", dropout)
    switch(
        tr("One dropout per layer"), EACH_DROPOUT, tr("Each hidden layer leaves out a share of its own."), _begin_each
    )
    shortened = tr("A gradient that is longer is shortened to the length that is allowed.")
    if switch(tr("Clip the gradient"), CLIP, shortened):
        number(tr("Longest gradient"), "clip_norm", TrainingSpec, marks, step=0.1)
    watched = tr(
        "Training ends once the validation cost has not become smaller for a while; without validation examples the "
        "test cost, without test examples the train cost."
    )
    if switch(tr("Early stopping"), EARLY_STOPPING, watched):
        number(tr("Patience"), "patience", TrainingSpec, marks, step=10)
        number(tr("Min improvement"), "min_improvement", TrainingSpec, marks, step=1e-4)


def _begin_each() -> None:
    session.apply_pending()
    if store.value(EACH_DROPOUT) and not isinstance(session.experiment().training.dropout, tuple):
        layers.spread(layers.DROPOUT)


def _loss(marks: Marks) -> None:
    components.choose(tr("Loss"), "loss", _fitting(), note(TrainingSpec, "loss"), otherwise=tr("Chosen by the data"))
    marks["loss"] = st.container()
    components.parameters("loss", LOSSES)
    either(tr("Precision"), "dtype", TrainingSpec, PRECISIONS)


def _fitting() -> dict[str, type[Loss]]:
    """Return the losses that fit the task."""
    dataset = components.value("dataset", DATASETS) or session.experiment().data.dataset
    assert isinstance(dataset, Dataset)
    return {name: loss for name, loss in LOSSES.items() if dataset.task in loss.tasks}


def use_fitting_loss() -> None:
    """Reset the loss to the data's default if the chosen one no longer fits."""
    if store.value("loss.kind") not in _fitting():
        store.push("training", {"loss.kind": NOTHING})


def needs_redraw(before: Experiment, now: Experiment) -> bool:
    """Whether this group depends on changed settings of others: the losses that fit, a dropout for each layer."""
    losses = before.data.dataset.task != now.data.dataset.task and store.value(fold_key(LOSS))
    shapes = len(before.network.hidden_layer_sizes) != len(now.network.hidden_layer_sizes)
    return bool(losses or (shapes and store.value(EACH_DROPOUT) and store.value(fold_key(REGULARISATION))))
