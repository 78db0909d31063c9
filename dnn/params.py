"""The weights and biases of a network: a list of layers (W, b) that are all views into one long vector.

An optimiser sees the vector and takes one step for the whole network; everything else sees the layers. Writing to
either changes both.

With a leading *runs axis* the same object holds R networks of one shape: the vector is (R, P), each W is
(R, n_in, n_out) and each b is (R, 1, n_out), so that it broadcasts over the examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.errors import InvalidParams

Layer = tuple[Array, Array]


class Params(Sequence[Layer]):
    """Layers (W, b) of a network with ``sizes`` (n_in, …, n_out): W is (n_in, n_out), b is (n_out,).

    ``vector`` holds all numbers, shape (P,) or (R, P), layer by layer, W row by row and then b. So W with b as one more
    row is a matrix too: ``Wb[l]``, (n_in + 1, n_out), turns examples that end in a 1 into A W + b in one product.
    """

    __slots__ = ("_Wb", "_layers", "sizes", "vector")

    def __init__(self, sizes: Sequence[int], vector: Array) -> None:
        self.sizes = tuple(sizes)
        self.vector = vector
        self._Wb: tuple[Array, ...] | None = None  # views are made when they are asked for
        self._layers: tuple[Layer, ...] | None = None

    @property
    def Wb(self) -> tuple[Array, ...]:
        """W of each layer with b as its last row, (n_in + 1, n_out)."""
        if self._Wb is None:
            self._Wb = tuple(
                self.vector[..., start : start + (n_in + 1) * n_out].reshape(
                    *self.vector.shape[:-1], n_in + 1, n_out, copy=False
                )
                for start, (n_in, n_out) in zip(self._starts, pairwise(self.sizes), strict=True)
            )
        return self._Wb

    @property
    def layers(self) -> tuple[Layer, ...]:
        """(W, b) of each layer."""
        if self._layers is None:
            last: int | slice = -1 if self.vector.ndim == 1 else slice(-1, None)
            self._layers = tuple((Wb[..., :-1, :], Wb[..., last, :]) for Wb in self.Wb)
        return self._layers

    @property
    def _starts(self) -> list[int]:
        """Where each layer begins in the vector."""
        counts = [(n_in + 1) * n_out for n_in, n_out in pairwise(self.sizes)]
        return [sum(counts[:layer]) for layer in range(len(counts))]

    @classmethod
    def count(cls, sizes: Sequence[int]) -> int:
        """Return the number of weights and biases of a network with these sizes."""
        return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))

    @classmethod
    def empty(cls, sizes: Sequence[int], dtype: npt.DTypeLike = np.float64, runs: int | None = None) -> Params:
        """Return params of zeros, for R = ``runs`` networks if ``runs`` is not None."""
        shape = (cls.count(sizes),) if runs is None else (runs, cls.count(sizes))
        return cls(sizes, np.zeros(shape, dtype))

    @classmethod
    def of(
        cls,
        layers: Sequence[tuple[Any, Any]],
        dtype: npt.DTypeLike = np.float64,
        sizes: Sequence[int] | None = None,
    ) -> Params:
        """A copy of ``[(W, b), ...]``, W (n_in, n_out) and b (n_out,).

        Raises InvalidParams where shapes do not fit each other, or those of as many layers of ``sizes``, or where a
        number is not finite.
        """
        try:
            with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite, and is refused below
                pairs = [(np.asarray(W, dtype), np.asarray(b, dtype)) for W, b in layers]
        except (TypeError, ValueError):
            raise InvalidParams("params must be a list of (W, b), two arrays of numbers for each layer") from None
        if not pairs:
            raise InvalidParams("no layers were given; a network needs one (W, b) at least")
        shapes = list(pairwise(sizes)) if sizes is not None and len(sizes) == len(pairs) + 1 else None
        n_in = pairs[0][0].shape[0] if pairs[0][0].ndim == 2 else -1
        for number, (W, b) in enumerate(pairs, start=1):
            wanted: tuple[object, object] = (n_in if n_in > 0 else "n_in", "n_out")
            fits = W.ndim == 2 and W.shape[0] == n_in
            if shapes is not None:
                wanted = shapes[number - 1]
                fits = W.shape == wanted
            if not fits or b.shape != W.shape[1:] or 0 in W.shape:
                raise InvalidParams(
                    f"layer {number}: W has shape {W.shape} and b has shape {b.shape}; "
                    f"W must be ({wanted[0]}, {wanted[1]}) and b must be ({wanted[1]},)"
                )
            if not (np.isfinite(W).all() and np.isfinite(b).all()):
                raise InvalidParams(f"layer {number}: W and b must hold finite numbers only")
            n_in = W.shape[1]
        sizes = [pairs[0][0].shape[0], *(W.shape[1] for W, _ in pairs)]
        return cls(sizes, np.concatenate([part.ravel() for pair in pairs for part in pair]))

    @property
    def runs(self) -> int | None:
        """R, or None without a runs axis."""
        return None if self.vector.ndim == 1 else int(self.vector.shape[0])

    def copy(self) -> Params:
        """Return a copy with its own vector."""
        return Params(self.sizes, self.vector.copy())

    def run(self, index: int) -> Params:
        """Return a copy of network number ``index`` of R."""
        return Params(self.sizes, self.vector[index].copy())

    def weight_mask(self) -> Array:
        """Ones where the vector holds a weight, zeros where it holds a bias: shape (P,). Penalties leave biases out."""
        mask = Params.empty(self.sizes, self.vector.dtype)
        for W, _ in mask.layers:
            W.fill(1.0)
        return mask.vector

    def layer_norms(self) -> Array:
        """Euclidean norm of each layer's numbers, W and b together: shape (L,) or (R, L)."""
        squares = self.vector * self.vector
        return np.asarray(np.sqrt(np.add.reduceat(squares, self._starts, axis=-1)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickle: the layers are views and are created again."""
        return Params, (self.sizes, self.vector)

    def __len__(self) -> int:
        return len(self.sizes) - 1

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def __getitem__(self, index: Any) -> Any:
        return self.layers[index]

    def __repr__(self) -> str:
        shape = "→".join(map(str, self.sizes))
        return f"Params({shape}, {self.vector.shape[-1]} numbers" + (f", {self.runs} runs)" if self.runs else ")")


def column_major(*shape: int, dtype: npt.DTypeLike) -> Array:
    """An array (…, m, n) stored column by column: all examples of a unit lie side by side."""
    return np.empty((*shape[:-2], shape[-1], shape[-2]), dtype).mT


def with_ones(X: Array) -> Array:
    """A copy of examples ``X`` (m, n) with a last column of ones, (m, n + 1), stored column by column."""
    out = column_major(*X.shape[:-1], X.shape[-1] + 1, dtype=X.dtype)
    out[..., :-1], out[..., -1] = X, 1.0
    return out


def strongest_weights(params: Params, most: int) -> npt.NDArray[np.intp]:
    """Places (k,) in the vector (P,) of the ``most`` weights furthest from 0, in order; of all if there are fewer."""
    places: npt.NDArray[np.intp] = np.flatnonzero(params.weight_mask())
    if len(places) <= most:
        return places
    return np.sort(places[np.argsort(np.abs(params.vector[places]))[-most:]])
