"""What settings and their values are called: *Learning rate*, *Tanh*, *8-8*, for names, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dnn.activations import ACTIVATIONS
from dnn.components import Component
from dnn.datasets import DATASETS
from dnn.datasets.rows import Rows
from dnn.initializers import BIAS_INITIALIZERS, INITIALIZERS
from dnn.losses import LOSSES
from dnn.messages import Message, Translate
from dnn.optimizers import OPTIMIZERS
from dnn.schedules import SCHEDULES

# Titles as the page's controls have them, where they are not the setting's own name.
TITLES = {
    "dataset": Message("Data set"),
    "weights": Message("Weight of the examples"),
    "standardize": Message("Standardise"),
    "standardize_target": Message("Standardise the target"),
    "hidden_layer_sizes": Message("Hidden layers"),
    "initializer": Message("Initialiser"),
    "bias_initializer": Message("Bias initialiser"),
    "optimizer": Message("Optimiser"),
    "clip_norm": Message("Clip the gradient"),
    "patience": Message("Early stopping"),
    "dtype": Message("Precision"),
}
TABLES: dict[str, Mapping[str, type[Component]]] = {
    "dataset": DATASETS,
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "bias_initializer": BIAS_INITIALIZERS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "loss": LOSSES,
}
NONE = {"batch_size": Message("full"), "loss": Message("Chosen by the data")}  # what no value means


def setting_title(name: str) -> str:
    """Return the title of the setting with this dotted name, in English; pass it to a translation."""
    *_, last = name.split(".")
    if last.isdecimal():  # one layer of a setting that each layer has
        return Message("{setting}, layer {number}", setting=setting_title(name.removesuffix(f".{last}")), number=last)
    words = last.replace("_", " ")
    of_component = name.count(".") > 1  # whose Beta 1 is apart from the page's L2
    return TITLES.get(last) or (re.sub(r"(\d)", r" \1", words) if of_component else words).capitalize()


def value_text(name: str, value: Any, say: Translate = str, digits: int = 12) -> str:
    """Return a value of the setting with the dotted name ``name`` as a person reads it; ``say`` translates.

    ``value`` is what the experiment has, or the same as plain JSON. Numbers have up to ``digits`` significant digits.
    """
    field = next((part for part in reversed(name.split(".")) if not part.isdecimal()), "")
    if value is None:
        return say(NONE.get(field, Message("none")))
    if isinstance(value, bool):
        return say(Message("yes") if value else Message("no"))
    if isinstance(value, int | float):
        return (f"{value:.{digits}g}" if isinstance(value, float) else str(value)).replace("-", "−")
    if isinstance(value, Component):
        return say(value.label)
    if isinstance(value, Rows):
        return say(Message("{count} rows", count=len(value)))
    if isinstance(value, list | tuple):
        between = "-" if field in ("hidden_layer_sizes", "activation") else ", "
        return between.join(value_text(name, each, say, digits) for each in value) or say(Message("none"))
    if isinstance(value, dict):
        rest = ", ".join(
            f"{say(setting_title(f'{name}.{key}'))} {value_text(f'{name}.{key}', each, say, digits)}"
            for key, each in value.items()
            if key != "kind"
        )
        kind = value_text(name, value.get("kind", ""), say)
        return f"{kind} ({rest})" if rest else kind
    component = TABLES.get(field, {}).get(str(value))
    return say(component.label) if component else str(value)


def settings_text(settings: Mapping[str, Any], say: Translate = str) -> str:
    """Return the values of several settings in one line: *Tanh, 0.1*."""
    return ", ".join(value_text(name, value, say) for name, value in settings.items())
