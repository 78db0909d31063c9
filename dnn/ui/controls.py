"""The settings as widgets: ``write`` puts an experiment into them, ``draw`` shows them and keeps what they say.

Names, bounds, steps and help texts come from where the setting is declared. A value that is not allowed gets its
sentence under its widget, and the last allowed experiment goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from dnn.activations import ACTIVATIONS
from dnn.datasets import DATASETS
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec, loss_problem
from dnn.initializers import INITIALIZERS
from dnn.kinds import Kind, limits
from dnn.ui import session

MOST_LAYERS, WIDEST = 8, 64  # of the page; the library allows more
NEW_WIDTH = 4

LEARNING_RATES = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
BATCH_SIZES = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, "full")
L2_STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def write(experiment: Experiment) -> None:
    """Set every widget to ``experiment``."""
    data, network, training = experiment.data, experiment.network, experiment.training
    values: dict[str, Any] = {
        "samples": data.samples,
        "test_share": data.test_share,
        "seed": experiment.seed,
        "learning_rate": training.learning_rate,
        "batch_size": training.batch_size or "full",
        "l2": training.l2,
    }
    for name, kind in (
        ("dataset", data.dataset),
        ("activation", network.activation),
        ("initializer", network.initializer),
    ):
        if isinstance(kind, Kind):  # one for each layer does not come here: see _on_this_page
            values |= {_place(name, type(kind), field): value for field, value in kind.model_dump().items()}
    session.put(values)
    _put_widths(network.hidden_layer_sizes)


def draw() -> None:
    """Draw all settings, and let the session go on with what they say.

    Each group is a fragment: a change in one has only that group drawn again, and takes effect so much sooner.
    """
    _data()
    _network()
    _training()


@st.fragment
def _data() -> None:
    marks: dict[str, DeltaGenerator] = {}
    st.subheader("Data", anchor=False)
    _kind("Data set", "dataset", DATASETS, DataSpec, marks)
    left, right = st.columns(2)
    with left:
        _number("Samples", "samples", DataSpec, marks, step=50)
    with right:
        _number("Seed", "seed", Experiment, marks)
    st.slider("Test share", 0.0, 0.9, step=0.05, key="test_share", format="percent", help=_help(DataSpec, "test_share"))
    _settle(marks)


@st.fragment
def _network() -> None:
    marks: dict[str, DeltaGenerator] = {}
    st.subheader("Network", anchor=False)
    _hidden_layers(marks)
    _kind("Activation", "activation", ACTIVATIONS, NetworkSpec, marks)
    _kind("Initialiser", "initializer", INITIALIZERS, NetworkSpec, marks)
    _settle(marks)


@st.fragment
def _training() -> None:
    st.subheader("Training", anchor=False)
    _scale("Learning rate", "learning_rate", LEARNING_RATES)
    _scale("Batch size", "batch_size", BATCH_SIZES)
    _scale("L2", "l2", L2_STRENGTHS)
    _settle({})


def _settle(marks: Mapping[str, DeltaGenerator]) -> None:
    """Keep the experiment that all widgets describe; if it is not allowed, say so at the marks of this group."""
    try:
        session.keep(_on_this_page(Experiment.of(**_described())))
    except InvalidSetting as error:
        for problem in error.problems:
            if problem.field in marks:
                marks[problem.field].error(plain(problem), icon=":material/error:")


def _described() -> dict[str, Any]:
    """What the widgets say, as plain nested values; settings without a widget are those of the experiment on screen."""
    given = session.experiment().model_dump()
    given["seed"] = session.value("seed")
    given["data"] |= {name: session.value(name) for name in ("samples", "test_share")}
    given["data"]["dataset"] = _kind_described("dataset", DATASETS)
    given["network"] |= {
        "hidden_layer_sizes": _widths(),
        "activation": _kind_described("activation", ACTIVATIONS),
        "initializer": _kind_described("initializer", INITIALIZERS),
    }
    given["training"] |= {name: session.value(name) for name in ("learning_rate", "batch_size", "l2")}
    return given


def _kind_described(name: str, table: Mapping[str, type[Kind]]) -> dict[str, Any]:
    kind = table[session.value(f"{name}.kind")]
    values = {field: session.value(_place(name, kind, field)) for field in kind.model_fields}
    return {field: value for field, value in values.items() if value is not None}


def _place(name: str, kind: type[Kind], field: str) -> str:
    """The key of a parameter's widget. Kinds that inherit it from one class share it: the noise of all data sets."""
    if field == "kind":
        return f"{name}.kind"
    owner = next(cls for cls in reversed(kind.__mro__) if field in vars(cls).get("__annotations__", {}))
    return f"{name}.{owner.__name__}.{field}"


def readable(experiment: Experiment, problems: tuple[Problem, ...]) -> tuple[Experiment, tuple[Problem, ...]]:
    """``experiment`` within this page's limits, the default standing in for what is beyond, and all the problems."""
    try:
        return _on_this_page(experiment), problems
    except InvalidSetting as error:
        beyond = {problem.field for problem in error.problems}
        fitted = {
            name: section.model_copy(
                update={field: getattr(usual, field) for field in type(section).model_fields.keys() & beyond}
            )
            for name, section, usual in (
                ("network", experiment.network, NetworkSpec()),
                ("training", experiment.training, TrainingSpec()),
            )
        }
        return experiment.model_copy(update=fitted), (*problems, *error.problems)


def plain(problem: Problem) -> str:
    """The sentence with every sign that Markdown might take for its own disarmed: it quotes what strangers wrote."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", str(problem))


def _on_this_page(experiment: Experiment) -> Experiment:
    sizes = experiment.network.hidden_layer_sizes
    problems = [
        Problem("hidden_layer_sizes", f"{width} units", f"a layer may have 1 to {WIDEST} on this page")
        for width in sizes
        if width > WIDEST
    ]
    if len(sizes) > MOST_LAYERS:
        problems.append(
            Problem("hidden_layer_sizes", f"{len(sizes)} layers", f"there may be 0 to {MOST_LAYERS} on this page")
        )
    for field, value in (("activation", experiment.network.activation), ("dropout", experiment.training.dropout)):
        if isinstance(value, tuple):
            problems.append(Problem(field, f"a list of {len(value)}", "this page has one for all hidden layers"))
    loss, task = experiment.training.loss, experiment.data.dataset.task
    if loss is not None and task not in loss.tasks:
        problems.append(loss_problem(loss.kind, task))
    if problems:
        raise InvalidSetting({problem.field: problem for problem in problems}.values())
    return experiment


def _help(model: type[BaseModel], field: str) -> str:
    low, high = limits(model, field)
    text = model.model_fields[field].description or ""
    return f"{text} ({low:.10g} to {high:.10g})." if np.isfinite([low, high]).all() else f"{text}."


def _number(
    label: str, field: str, model: type[BaseModel], marks: dict[str, DeltaGenerator], *, key: str = "", step: float = 1
) -> None:
    """A number to type. Its range is checked by the experiment, not here, so that the sentence can name both."""
    st.number_input(label, step=step, key=key or field, help=_help(model, field))
    marks[field] = st.container()


def _kind(
    label: str, name: str, table: Mapping[str, type[Kind]], model: type[BaseModel], marks: dict[str, DeltaGenerator]
) -> None:
    """A choice out of ``table``, and a widget for each parameter that the chosen kind declares."""
    chosen = st.selectbox(
        label, list(table), key=f"{name}.kind", format_func=lambda each: table[each].label, help=_help(model, name)
    )
    kind = table[chosen]
    for field, info in kind.model_fields.items():
        if field == "kind":
            continue
        place, title = _place(name, kind, field), field.replace("_", " ").capitalize()
        if session.value(place) is None:
            session.put({place: info.default})
        extra = info.json_schema_extra
        step = float(extra.get("step", 0.1)) if isinstance(extra, dict) else 0.1  # type: ignore[arg-type]
        low, high = limits(kind, field)
        if high - low <= 10:
            st.slider(title, low, high, step=step, key=place, help=_help(kind, field))
            marks[field] = st.container()
        else:
            _number(title, field, kind, marks, key=place, step=step)


def _scale(label: str, name: str, options: Sequence[Any]) -> None:
    """A slider over chosen values; a value from a link that is not among them gets its place there."""
    written = getattr(session.experiment().training, name) or ("full" if name == "batch_size" else 0.0)
    if written not in options:
        options = sorted({*options, written}, key=lambda each: np.inf if each == "full" else each)
    st.select_slider(label, options, key=name, format_func=_short, help=_help(TrainingSpec, name))


def _short(value: object) -> str:
    return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)


# hidden layers: a row each


def _put_widths(widths: Sequence[int]) -> None:
    session.put({"layers": len(widths)} | {f"width_{place}": width for place, width in enumerate(widths)})


def _widths() -> list[int]:
    return [session.value(f"width_{place}") for place in range(session.value("layers"))]


def _add_layer() -> None:
    widths = _widths()
    _put_widths([*widths, widths[-1] if widths else NEW_WIDTH])


def _remove_layer(place: int) -> None:
    widths = _widths()
    _put_widths(widths[:place] + widths[place + 1 :])


def _hidden_layers(marks: dict[str, DeltaGenerator]) -> None:
    with st.container(key="hidden-layers", gap="xsmall"):
        count = session.value("layers")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown("Hidden layers")
            st.button(
                "Add layer", key="add_layer", icon=":material/add:", on_click=_add_layer, disabled=count >= MOST_LAYERS
            )
        for place in range(count):
            with st.container(horizontal=True, vertical_alignment="center"):
                title = f"Units in hidden layer {place + 1}"
                st.number_input(title, step=1, key=f"width_{place}", label_visibility="collapsed")
                st.button(
                    f"Remove hidden layer {place + 1}",
                    key=f"remove_{place}",
                    icon=":material/close:",
                    on_click=_remove_layer,
                    args=(place,),
                )
        marks["hidden_layer_sizes"] = st.container()
