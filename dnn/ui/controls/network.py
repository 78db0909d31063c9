"""The network settings: hidden layers, activations and initialisers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dnn.activations import ACTIVATIONS, Activation
from dnn.experiment import NetworkSpec
from dnn.initializers import BIAS_INITIALIZERS, INITIALIZERS
from dnn.ui import session
from dnn.ui.controls import components, curves, layers
from dnn.ui.controls.widgets import Marks, fold, note, switch
from dnn.ui.form import EACH_ACTIVATION, layer_key
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr

CURVE = 330  # width in pixels


def read() -> dict[str, Any]:
    """Return the values of the widgets."""
    return {
        "hidden_layer_sizes": layers.widths(),
        "activation": [components.read(name, ACTIVATIONS) for name in _activations()]
        if store.value(EACH_ACTIVATION) and layers.count()
        else components.read("activation", ACTIVATIONS),
        "initializer": components.read("initializer", INITIALIZERS),
        "bias_initializer": components.read("bias_initializer", BIAS_INITIALIZERS),
    }


def draw(marks: Marks) -> None:
    """Draw the main settings, and the others in a fold."""
    layers.rows(marks)
    if store.value(EACH_ACTIVATION):
        for place, name in enumerate(_activations(), start=1):
            _activation(tr("Activation of hidden layer {number}").format(number=place), name, place)
    else:
        _activation(tr("Activation"), "activation")
    inside = components.fields("initializer", INITIALIZERS) | components.fields("bias_initializer", BIAS_INITIALIZERS)
    fold("Initialisation and layers", inside, marks, _draw_fold, ("initializer", "bias_initializer"))


def _activation(label: str, name: str, number: int = 0) -> None:
    """Draw the picker of one hidden layer by its ``number``, or of all of them."""
    if not address.shows(name):
        return
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom"):
        components.choose(label, name, ACTIVATIONS, note(NetworkSpec, "activation"))
        chosen = components.value(name, ACTIVATIONS)
        title = tr("Curve of layer {number}").format(number=number) if number else tr("Curve")
        shown = st.popover(title, icon=":material/show_chart:", key=f"curve-{name}", on_change="rerun")
    if shown.open and isinstance(chosen, Activation):
        with shown, st.container(width=CURVE):
            st.markdown(components.formula(type(chosen)))
            curves.activation_curve(chosen, f"drawn-{name}")
    components.parameters(name, ACTIVATIONS, prefix=tr("Layer {number}").format(number=number) if number else "")


def _activations() -> list[str]:
    return [layer_key("activation", place) for place in range(layers.count())]


def _draw_fold(marks: Marks) -> None:
    switch(
        tr("One activation per layer"),
        EACH_ACTIVATION,
        tr("Each hidden layer bends in its own way: a picker for each, above."),
        on_change=_begin_each,
    )
    components.choose(tr("Initialiser"), "initializer", INITIALIZERS, note(NetworkSpec, "initializer"))
    components.parameters("initializer", INITIALIZERS)
    biases = note(NetworkSpec, "bias_initializer")
    components.choose(tr("Bias initialiser"), "bias_initializer", BIAS_INITIALIZERS, biases)
    components.parameters("bias_initializer", BIAS_INITIALIZERS, prefix=tr("Biases"))


def _begin_each() -> None:
    session.apply_pending()
    if store.value(EACH_ACTIVATION) and not isinstance(session.experiment().network.activation, tuple):
        layers.spread(layers.ACTIVATION)
