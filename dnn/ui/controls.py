"""The settings as widgets: ``write`` puts an experiment into them, ``read`` makes one of what they say.

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
from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment import LOSS_OF_TASK, DataSpec, Experiment, NetworkSpec, TrainingSpec
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
        values |= {f"{name}.{field}": value for field, value in kind.model_dump().items()}
    session.put(values)
    _put_widths(network.hidden_layer_sizes)


def read() -> Experiment | None:
    """Draw the widgets and make an experiment of what they say; None, with sentences in place, if it is not allowed."""
    current = session.experiment()
    marks: dict[str, DeltaGenerator] = {}
    given = current.model_dump()
    st.subheader("Data", anchor=False)
    dataset = _kind("Data set", "dataset", DATASETS, DataSpec, marks)
    left, right = st.columns(2)
    with left:
        samples = _number("Samples", "samples", DataSpec, marks, step=50)
    with right:
        given["seed"] = _number("Seed", "seed", Experiment, marks)
    test_share = st.slider(
        "Test share", 0.0, 0.9, step=0.05, key="test_share", format="percent", help=_help(DataSpec, "test_share")
    )
    given["data"] = {"dataset": dataset, "samples": samples, "test_share": test_share}
    st.subheader("Network", anchor=False)
    given["network"] |= {
        "hidden_layer_sizes": _hidden_layers(marks),
        "activation": _kind("Activation", "activation", ACTIVATIONS, NetworkSpec, marks),
        "initializer": _kind("Initialiser", "initializer", INITIALIZERS, NetworkSpec, marks),
    }
    st.subheader("Training", anchor=False)
    given["training"] |= {
        "learning_rate": _scale("Learning rate", "learning_rate", LEARNING_RATES),
        "batch_size": _scale("Batch size", "batch_size", BATCH_SIZES),
        "l2": _scale("L2", "l2", L2_STRENGTHS),
    }
    try:
        return _on_this_page(Experiment.of(**given))
    except InvalidSetting as error:
        for problem in error.problems:
            marks.get(problem.field, st.sidebar).error(plain(problem), icon=":material/error:")
        return None


def readable(experiment: Experiment, problems: tuple[Problem, ...]) -> tuple[Experiment, tuple[Problem, ...]]:
    """``experiment`` within this page's limits, the default standing in for what is beyond, and all the problems."""
    try:
        return _on_this_page(experiment), problems
    except InvalidSetting as error:
        default = Experiment()
        network = experiment.network.model_copy(update={"hidden_layer_sizes": default.network.hidden_layer_sizes})
        training = experiment.training.model_copy(update={"loss": default.training.loss})
        fitted = experiment.model_copy(update={"network": network, "training": training})
        return fitted, (*problems, *error.problems)


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
    loss, task = experiment.training.loss, experiment.data.dataset.task
    if loss is not None and loss.kind != LOSS_OF_TASK[task]:
        problems.append(Problem("loss", shown(loss.kind), f"this data needs {LOSS_OF_TASK[task]}"))
    if problems:
        raise InvalidSetting({problem.field: problem for problem in problems}.values())
    return experiment


def _help(model: type[BaseModel], field: str) -> str:
    low, high = limits(model, field)
    text = model.model_fields[field].description or ""
    return f"{text} ({low:.10g} to {high:.10g})." if np.isfinite([low, high]).all() else f"{text}."


def _number(
    label: str, field: str, model: type[BaseModel], marks: dict[str, DeltaGenerator], *, key: str = "", step: float = 1
) -> float:
    """A number to type. Its range is checked by the experiment, not here, so that the sentence can name both."""
    given: float = st.number_input(label, step=step, key=key or field, help=_help(model, field))
    marks[field] = st.container()
    return given


def _kind(
    label: str, name: str, table: Mapping[str, type[Kind]], model: type[BaseModel], marks: dict[str, DeltaGenerator]
) -> dict[str, Any]:
    """A choice out of ``table``, and a widget for each parameter that the chosen kind declares."""
    key = f"{name}.kind"
    chosen = st.selectbox(
        label, list(table), key=key, format_func=lambda each: table[each].label, help=_help(model, name)
    )
    values: dict[str, Any] = {"kind": chosen}
    kind = table[chosen]
    for field, info in kind.model_fields.items():
        if field == "kind":
            continue
        place, title = f"{name}.{field}", field.replace("_", " ").capitalize()
        if session.value(place) is None:
            session.put({place: info.default})
        extra = info.json_schema_extra
        step = float(extra.get("step", 0.1)) if isinstance(extra, dict) else 0.1  # type: ignore[arg-type]
        low, high = limits(kind, field)
        if high - low <= 10:
            values[field] = st.slider(title, low, high, step=step, key=place, help=_help(kind, field))
            marks[field] = st.container()
        else:
            values[field] = _number(title, field, kind, marks, key=place, step=step)
    return values


def _scale(label: str, name: str, options: Sequence[Any]) -> Any:
    """A slider over chosen values; a value from a link that is not among them gets its place there."""
    written = getattr(session.experiment().training, name) or ("full" if name == "batch_size" else 0.0)
    if written not in options:
        options = sorted({*options, written}, key=lambda each: np.inf if each == "full" else each)
    return st.select_slider(label, options, key=name, format_func=_short, help=_help(TrainingSpec, name))


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


def _hidden_layers(marks: dict[str, DeltaGenerator]) -> list[int]:
    widths: list[int] = []
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
                widths.append(st.number_input(title, step=1, key=f"width_{place}", label_visibility="collapsed"))
                st.button(
                    f"Remove hidden layer {place + 1}",
                    key=f"remove_{place}",
                    icon=":material/close:",
                    on_click=_remove_layer,
                    args=(place,),
                )
        marks["hidden_layer_sizes"] = st.container()
    return widths
