"""Axes that several tests of sweeps use, any sweep, and how a setting is read."""

import json
from typing import Any

import numpy as np
from hypothesis import strategies as st

from dnn import Experiment
from dnn.sweeps import Axis, Sweep
from dnn.sweeps.settings import names_of
from tests.strategies import experiments

RATES = Axis(name="training.learning_rate", values=(0.01, 0.1, 1.0))
ACTIVATION = Axis(name="network.activation", values=("tanh", "relu"))
WIDTHS = Axis(name="network.hidden_layer_sizes", values=([4], [8, 8]))
BASES = experiments().filter(lambda experiment: experiment.data.dataset.fits_link)  # made once, which takes longest
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def sweeps(draw: st.DrawFn) -> Sweep:
    """Any valid sweep of a base with any setting on the axes; the values may not be allowed there."""
    base = draw(BASES)
    names = draw(st.lists(st.sampled_from(names_of(base)), max_size=3, unique=True))
    unique = st.lists(json_values, min_size=1, max_size=3, unique_by=lambda value: json.dumps(value, sort_keys=True))
    axes = tuple(Axis(name=name, values=tuple(draw(unique))) for name in names)
    grid = int(np.prod([len(axis.values) for axis in axes]))
    draws = draw(st.none() | st.integers(1, grid))
    return Sweep(base=base, axes=axes, seeds=draw(st.integers(1, 3)), epochs=draw(st.integers(0, 1000)), draws=draws)


def at(experiment: Experiment, name: str) -> Any:
    """The value of a setting, in its own form."""
    value: Any = experiment
    for part in name.split("."):
        value = value[int(part) - 1] if part.isdecimal() else getattr(value, part)
    return value
