"""The hidden layers, a row each, and the settings per layer: activation and dropout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dnn.activations import ACTIVATIONS
from dnn.ui import session
from dnn.ui.controls.widgets import SESSION, Marks
from dnn.ui.form import PARAMETER_DEFAULTS, component_values, layer_key
from dnn.ui.limits import MOST_LAYERS
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr

NEW_WIDTH = 4
ACTIVATION = tuple(component_values("activation", ACTIVATIONS, None))  # keys of its widgets
DROPOUT = ("dropout",)


def put_widths(widths: Sequence[int]) -> None:
    """Set the number of hidden layers, and the units of each."""
    store.push("network", {"layers": len(widths)} | {f"width_{place}": width for place, width in enumerate(widths)})


def widths() -> list[int]:
    """Return the units of each hidden layer."""
    return [store.value(f"width_{place}") for place in range(count())]


def count() -> int:
    """Return the number of hidden layers."""
    layers: int = store.value("layers")
    return layers


def spread(keys: Sequence[str]) -> None:
    """Copy the shared settings to each layer."""
    values = {key: _shared(key) for key in keys}
    session.push_together(
        "network", {layer_key(key, place): value for place in range(count()) for key, value in values.items()}
    )


def _shared(key: str) -> Any:
    """Return the value of a setting that all layers share."""
    value = store.value(key)
    return PARAMETER_DEFAULTS.get(key) if value is None else value


def rows(marks: Marks) -> None:
    """Draw the hidden layers with their units and a remove button each, and a button that adds one."""
    if not address.shows("layers"):
        return
    locked = address.locks("layers")
    with st.container(key="hidden-layers", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(tr("Hidden layers"))
            full = locked or count() >= MOST_LAYERS
            st.button(tr("Add layer"), key="add_layer", icon=":material/add:", on_click=_add, disabled=full)
        with st.container(key="layer-rows", gap="xsmall"):
            for place in range(count()):
                _row(place, locked)
        marks["hidden_layer_sizes"] = st.container()


def _row(place: int, locked: bool) -> None:
    """Draw the number of units of one hidden layer, and the button that removes it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.number_input(
            tr("Units in hidden layer {number}").format(number=place + 1),
            step=1,
            key=f"width_{place}",
            label_visibility="collapsed",
            disabled=locked,
            persist_state=SESSION,
        )
        st.button(
            tr("Remove hidden layer {number}").format(number=place + 1),
            key=f"remove_{place}",
            icon=":material/close:",
            on_click=_remove,
            args=(place,),
            disabled=locked,
        )


def _add() -> None:
    first = [NEW_WIDTH, *map(_shared, ACTIVATION + DROPOUT)]
    _change(lambda layers: [*layers, layers[-1] if layers else first])


def _remove(place: int) -> None:
    _change(lambda layers: layers[:place] + layers[place + 1 :])


def _change(change: Callable[[list[list[Any]]], list[list[Any]]]) -> None:
    session.apply_pending()
    changed = change([[store.value(key) for key in _keys(place)] for place in range(count())])
    put: dict[str, Any] = {"layers": len(changed)}
    for place, layer in enumerate(changed):
        values = zip(_keys(place), layer, strict=True)
        put |= {key: value for key, value in values if value is not None}  # None: there was no setting per layer yet
    session.push_together("network", put)


def _keys(place: int) -> list[str]:
    return [f"width_{place}", *(layer_key(key, place) for key in ACTIVATION + DROPOUT)]
