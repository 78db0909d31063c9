"""Dropout leaves units out at random while training, so that no unit depends on one other. Srivastava et al. 2014.

This is the inverted form: a mask is 0 for the units left out and 1/(1-p) for the others, where p is the share left out.
The activations are multiplied by it in the forward pass, and the slopes in the backward pass.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numpy import multiply

from dnn.activations import Activation
from dnn.components import Array
from dnn.params import column_major


class Masked:
    """An activation with dropout behind it: a = g(z) * mask. ``mask`` is (m, n) like z; set it before every pass."""

    __slots__ = ("activation", "g", "g_slope", "mask", "unmasked")

    def __init__(self, activation: Activation, z: Array) -> None:
        self.activation, self.g, self.g_slope = activation, activation.value, activation.derivative
        self.unmasked = column_major(*z.shape, dtype=z.dtype)  # g'(z) is written in g(z) as it was before the mask
        self.mask: Array = np.ones((), z.dtype)

    def value(self, z: Array, out: Array) -> Array:
        """g(z) * mask."""
        return multiply(self.g(z, self.unmasked), self.mask, out)

    def derivative(self, z: Array, a: Array, out: Array) -> Array:
        """g'(z) * mask."""
        return multiply(self.g_slope(z, self.unmasked, out), self.mask, out)


def draw_masks(rng: np.random.Generator, masks: Sequence[Array], shares: Sequence[float]) -> None:
    """Fill each of ``masks`` with 0, for a share p of its numbers, and 1/(1-p); with 1 where p is 0.

    ``shares`` has the p of each mask. A number is kept where ``rng.random(dtype=np.float32)`` would return p or more.
    The random bits alone decide that in half the time. They come for two numbers at once, so a mask with an odd size,
    and every mask after it, is drawn with ``rng.random`` itself.
    """
    pairs = True
    for mask, share in zip(masks, shares, strict=True):
        if share == 0.0:
            mask.fill(1.0)
            continue
        pairs = pairs and mask.size % 2 == 0
        multiply(_kept(rng, mask, share, by_bits=pairs), 1.0 / (1.0 - share), out=mask)


def _kept(rng: np.random.Generator, mask: Array, share: float, *, by_bits: bool) -> npt.NDArray[np.bool]:
    least = math.ceil(share * 2**24) << 8  # the random number is the upper 24 bits of 32, over 2²⁴
    if not by_bits or least >= 2**32:
        return rng.random(mask.shape, np.float32) >= np.float64(share)
    bits = rng.bit_generator.random_raw(mask.size // 2).astype("<u8", copy=False).view("<u4")
    kept: npt.NDArray[np.bool] = bits.reshape(mask.shape) >= np.uint32(least)
    return kept
