"""The chain rule for one weight: the factors whose product, along every path to the cost, is its gradient.

A weight w from unit i to unit j affects the cost through z_j. For one example,

    ∂J/∂w = a_i · ∂J/∂z_j,   ∂J/∂z_j = g'(z_j) · Σ_k w_jk · ∂J/∂z_k,

and so on, layer by layer, to ∂J/∂z of the output. Multiplied out, that is one product for every path from j to an
output; the gradient is their sum, over all paths and all examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from dnn.analysis.gradient_check import Costs
from dnn.analysis.walkthrough.update_step import Update
from dnn.params import Params
from dnn.training.run import Run

MOST_PATHS = 4096


@dataclass(frozen=True)
class Factor:
    """One factor of a product: its symbol in LaTeX and its value."""

    symbol: str
    value: float


@dataclass(frozen=True)
class Path:
    """Factors from the weight to an output, by way of unit j and ``units`` (from 0) of the layers after it."""

    units: tuple[int, ...]
    factors: tuple[Factor, ...]

    @property
    def product(self) -> float:
        """The contribution of this path to the gradient."""
        return float(np.prod([factor.value for factor in self.factors]))


@dataclass(frozen=True)
class Share:
    """The contribution of one example to the gradient: the weight's input times ∂J/∂z of its unit."""

    row: int
    came_in: float
    slope: float
    paths: tuple[Path, ...]  # strongest first; empty if there are more than MOST_PATHS

    @property
    def product(self) -> float:
        """Their product."""
        return self.came_in * self.slope


@dataclass(frozen=True)
class Chain:
    """The gradient of W of ``layer`` (from 1) from unit ``i`` to unit ``j`` (from 0), as the sum of its ``shares``.

    ``numeric`` is the central difference at the weight, None if it crosses a kink.
    """

    layer: int
    i: int
    j: int
    value: float
    shares: tuple[Share, ...]
    penalty: float
    gradient: float
    numeric: float | None
    ways: int  # number of paths from the weight to the outputs


def chain(run: Run, rows: Sequence[int], layer: int, i: int, j: int) -> Chain:
    """Apply the chain rule to one weight, for the training examples ``rows``.

    Raises IndexError if there is no such weight.
    """
    sizes = run.params.sizes
    if not (1 <= layer < len(sizes) and 0 <= i < sizes[layer - 1] and 0 <= j < sizes[layer]):
        raise IndexError(
            f"there is no weight from unit {i + 1} to unit {j + 1} of layer {layer}; the layers are {sizes}"
        )
    with np.errstate(all="ignore"):
        numbers = Update(run, tuple(rows))
        shares = tuple(_share(numbers, example, layer, i, j) for example in range(len(rows)))
        places = Params(sizes, np.arange(run.params.vector.size, dtype=float))
        index = int(places[layer - 1][0][i, j])
        params = Params(sizes, run.params.vector.astype(float))
        costs = Costs(
            params, numbers.X, numbers.y, run.network, l1=numbers.l1, l2=numbers.l2, weights=numbers.sample_weight
        )
        return Chain(
            layer,
            i,
            j,
            float(run.params.vector[index]),
            shares,
            float(numbers.penalty_slope()[index]),
            float(numbers.total.vector[index]),
            costs.slope(index),
            int(np.prod(sizes[layer + 1 :], dtype=object)),
        )


def _share(numbers: Update, example: int, layer: int, i: int, j: int) -> Share:
    came_in = float((numbers.X if layer == 1 else numbers.trace.a[layer - 2])[example, i])
    slope = float(numbers.plain.dz[layer - 1][example, j])
    widths = numbers.params.sizes[layer + 1 :]
    if np.prod(widths, dtype=object) > MOST_PATHS:
        return Share(numbers.rows[example], came_in, slope, ())
    first = Factor(_activation(layer - 1, i), came_in)
    paths = [
        Path(units, (first, *_factors(numbers, example, layer, (j, *units)))) for units in product(*map(range, widths))
    ]
    paths.sort(key=lambda path: -abs(path.product))
    return Share(numbers.rows[example], came_in, slope, tuple(paths))


def _activation(layer: int, unit: int) -> str:
    return f"x_{{{unit + 1}}}" if layer == 0 else f"a^{{[{layer}]}}_{{{unit + 1}}}"


def _factors(numbers: Update, example: int, layer: int, units: tuple[int, ...]) -> list[Factor]:
    """Return g'(z) of each unit on the path and the weight that follows it, then ∂J/∂z of the output."""
    factors = []
    for place, (unit, next_unit) in enumerate(pairwise(units), start=layer):
        g, z, a = numbers.activations[place - 1], numbers.trace.z[place - 1], numbers.trace.a[place - 1]
        slope = g.derivative(z[example : example + 1], a[example : example + 1])[0, unit]
        factors.append(Factor(f"g'(z^{{[{place}]}}_{{{unit + 1}}})", float(slope)))
        weight = float(numbers.params[place][0][unit, next_unit])
        factors.append(Factor(f"W^{{[{place + 1}]}}_{{{unit + 1},{next_unit + 1}}}", weight))
    last = len(numbers.params)
    ending = rf"\partial J / \partial z^{{[{last}]}}_{{{units[-1] + 1}}}"
    return [*factors, Factor(ending, float(numbers.plain.dz[-1][example, units[-1]]))]
