"""A published case in our layout: its literal inputs, and what must come out.

The cases keep the tutorials' layout, examples in columns; ``in_rows`` turns every figure into rows as it is read.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from dnn import Params
from dnn.analysis.textbook import in_rows, inputs, published
from dnn.components import Array

CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in published()["cases"]}


def cases(*names: str) -> pytest.MarkDecorator:
    """Run a test for each of the named cases."""
    return pytest.mark.parametrize("case", [Case(name) for name in names], ids=names)


class Case:
    """A published case in our layout."""

    def __init__(self, name: str) -> None:
        self.case = CASES[name]
        self.params: dict[str, Any] = self.case["params"]
        self.inputs = inputs(self.case)
        self.expected = {key: in_rows(key, figure) for key, figure in self.case["expected"].items()}

    def __getitem__(self, name: str) -> Array:
        return self.inputs[name]

    def layers(self) -> Params:
        """The given weights and biases W1, b1, W2, …"""
        count = sum(name.startswith("W") for name in self.inputs)
        return Params.of([(self[f"W{layer}"], self[f"b{layer}"]) for layer in range(1, count + 1)])

    def atol(self, name: str) -> float:
        atol = self.case["atol"]
        return float(atol[name] if isinstance(atol, dict) else atol)

    def agrees(self, name: str, value: object) -> None:
        """Compare ``value`` with the published figure of that name, shape and all."""
        assert np.shape(value) == self.expected[name].shape
        np.testing.assert_allclose(value, self.expected[name], rtol=0, atol=self.atol(name), err_msg=name)

    def agrees_in_all(self, values: Iterable[tuple[str, object]]) -> None:
        """The same for several figures, which must be all that the case has."""
        values = dict(values)
        assert values.keys() == self.expected.keys()
        for name, value in values.items():
            self.agrees(name, value)


def named(layers: Params, prefix: str = "") -> list[tuple[str, Array]]:
    """W1, b1, W2, … of ``layers``, as the tutorials call them."""
    return [
        (f"{prefix}{part}{n}", array)
        for n, layer in enumerate(layers, 1)
        for part, array in zip("Wb", layer, strict=True)
    ]
