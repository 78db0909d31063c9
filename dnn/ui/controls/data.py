"""The data settings: the examples and the network's inputs."""

from __future__ import annotations

import math
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dnn.components import limits
from dnn.data.checks import far_from_one
from dnn.datasets import DATASETS
from dnn.datasets.custom_data import CustomData
from dnn.datasets.tables import RealTable
from dnn.errors import DnnError
from dnn.experiment import DataSpec, Experiment
from dnn.experiment.links import needs_file
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.controls import components, data_gallery, features, training
from dnn.ui.controls.widgets import SESSION, Marks, either, fold, note, number, pairs, share, switch, visible
from dnn.ui.form import component_values, key_of
from dnn.ui.own_data import import_table
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import tr_markdown

WEIGHTS = {"equal": "All alike", "balanced": "Classes alike"}
MOST_DECIMALS, MOST_PLAIN = 8, 1e12  # most digits of a number without a power of ten
STANDARDIZE = {"none": "No", "each": "Each", "whole": "Whole"}


FAR_FROM_ONE = Message(
    "The targets are far from 1, so the network can hardly learn them: switch *Standardise the target* on."
)


def read() -> dict[str, Any]:
    """Return the values of the widgets."""
    names = (
        "samples", "test_share", "validation_share", "class_balance", "label_noise", "standardize",
        "standardize_target", "weights",
    )  # fmt: skip
    values = {name: store.value(name) for name in names}
    return values | {"dataset": components.read("dataset", DATASETS), "features": features.read()}


def draw(marks: Marks) -> None:
    """Draw the main settings, and the others in a fold."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom", key="picker-dataset"):
        components.choose(tr("Data set"), "dataset", DATASETS, note(DataSpec, "dataset"), on_change=_on_choice)
        if not address.locks("dataset"):
            data_gallery.button()
    if address.shows("dataset") and not address.locks("dataset"):
        data_gallery.pictures()
    kind = DATASETS[store.value("dataset.kind")]
    st.caption(tr(kind.sentence()))
    features.follow()
    seed = partial(number, tr("Seed"), "seed", Experiment, marks)
    if kind is CustomData:
        if not address.locks("dataset"):
            import_table.buttons(components.value("dataset", DATASETS))
        if needs_file(session.experiment()):
            st.caption(tr("Too many for a link: this tab keeps them, and *Share → Download* for longer."))
        pairs(visible(seed=seed))
    else:
        pairs(visible(samples=partial(number, tr("Samples"), "samples", DataSpec, marks, step=50), seed=seed))
    if issubclass(kind, RealTable) and address.shows("dataset"):
        _columns(kind)
    components.parameters("dataset", DATASETS)
    shares = {"test_share": tr("Test share"), "validation_share": tr("Validation share")}
    pairs(visible(**{name: partial(share, title, name, note(DataSpec, name)) for name, title in shares.items()}))
    _say_notes()
    training.use_fitting_loss()
    settings = ("features", "standardize", "standardize_target", "class_balance", "label_noise", "weights")
    folded, inside = ("feature", *settings), settings
    fold("Inputs and weights", folded, marks, _draw_fold, inside)


def _say_notes() -> None:
    """Draw the notes about the split, such as another share of test examples because of equal inputs."""
    if (spec := _described_data()) and (spec.dataset.is_table or spec.validation_share):
        for text in _notes(spec, session.experiment().seed):
            st.caption(tr_markdown(text))


def _described_data() -> DataSpec | None:
    """Return the data settings of the widgets; None if one of them is invalid."""
    try:
        return Experiment.of(data=session.experiment().data.model_dump() | read()).data
    except DnnError:
        return None


@lru_cache(maxsize=64)
def _notes(spec: DataSpec, seed: int) -> tuple[str, ...]:
    try:
        data = Experiment(data=spec, seed=seed).make_data()
    except DnnError:
        return ()  # shown elsewhere
    if data.task == "regression" and len(data.X) and far_from_one(data.targets[: data.n_train]):
        return (*data.notes, FAR_FROM_ONE)
    return data.notes


def _on_choice() -> None:
    """Another data set sets its own standardising; custom data start with the current examples."""
    session.apply_pending()
    kind = DATASETS[store.value("dataset.kind")]
    current = session.experiment()
    usual = {"standardize": kind.suggests, "standardize_target": False, "class_balance": 1.0, "label_noise": 0.0}
    if kind is type(current.data.dataset):  # unchanged: the message of the browser is outdated
        usual = {name: getattr(current.data, name) for name in usual}
    store.push("data", usual)
    if kind is CustomData and not isinstance(current.data.dataset, CustomData):
        custom = CustomData.holding(current.make_data())
        settings = {name: getattr(current.data, name) for name in ("standardize", "standardize_target")}
        store.push("data", component_values("dataset", DATASETS, custom) | settings)


def _columns(kind: type[RealTable]) -> None:
    """Draw the choice of columns, unless principal components are used."""
    key = key_of("dataset", kind, "columns")
    st.multiselect(
        tr("Columns"),
        list(kind.known_columns()),
        key=key,
        max_selections=12,
        help=note(kind, "columns"),
        persist_state=SESSION,
        disabled=address.locks("dataset") or bool(store.value(key_of("dataset", kind, "components"))),
    )


def _draw_fold(marks: Marks) -> None:
    features.draw(marks)
    either(tr("Standardise"), "standardize", DataSpec, STANDARDIZE)
    if scaled := _transformations():
        st.caption(tr_markdown(Message("The network sees {inputs}.", inputs=scaled)))
    marks["standardize"] = st.container()
    spec = _described_data() or session.experiment().data
    if spec.dataset.names.classes:
        balance = partial(_part, tr("Class balance"), "class_balance")
        noise = partial(_part, tr("Label noise"), "label_noise")
        pairs(visible(class_balance=balance, label_noise=noise))
        either(tr("Weight of the examples"), "weights", DataSpec, WEIGHTS)
    else:
        switch(tr("Standardise the target"), "standardize_target", note(DataSpec, "standardize_target"))
    marks["standardize_target"] = st.container()


def _part(label: str, name: str) -> None:
    text, (low, high) = note(DataSpec, name), limits(DataSpec, name)
    locked = address.locks(name)
    st.slider(
        label, low, high, low, step=0.02, key=name, format="percent", help=text, disabled=locked, persist_state=SESSION
    )


def _transformations() -> str:
    """Return the transformations of the standardised inputs; "" without any or if a widget is invalid."""
    spec = _described_data()
    try:
        return _scale_inputs(spec, session.experiment().seed) if spec else ""
    except DnnError:
        return ""


@lru_cache(maxsize=16)
def _scale_inputs(spec: DataSpec, seed: int) -> str:
    """Return the transformations of the inputs, (temperature − 14.2) ÷ 8.31, …; "" if they are not standardised."""
    data = Experiment(data=spec, seed=seed).make_data()
    if data.mean is None or data.std is None:
        return ""
    each = zip(data.features or data.names.inputs, data.mean, data.std, strict=True)
    return ", ".join(transformation(*step) for step in each)


def transformation(name: str, mean: float, std: float) -> str:
    """Return the transformation of one input, with digits according to its spread."""
    return f"({name} − {_plain(mean, std, 2)}) ÷ {_plain(std, std, 3)}".replace("− -", "+ ")


def _plain(value: float, spread: float, digits: int) -> str:
    """Format ``value`` to the place of the last of ``digits`` digits of ``spread``, at least to whole numbers."""
    decimals = digits - 1 - math.floor(math.log10(spread))
    if decimals > MOST_DECIMALS or abs(value) >= MOST_PLAIN:
        return f"{value:.{digits + 1}g}"
    text = f"{value:.{max(0, decimals)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
