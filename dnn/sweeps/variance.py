"""Analysis of variance over a grid: how much of the spread of the outcomes each axis explains.

With n values y on a complete grid and L levels on an axis, each level with n/L values:

    SS_total = Σ (y - ȳ)²          SS_axis = n/L Σ (ȳ_level - ȳ)²          df_axis = L - 1
    MS_rest  = (SS_total - Σ SS_axis) / (n - 1 - Σ df_axis)
    ω²_axis  = (SS_axis - df_axis MS_rest) / (SS_total + MS_rest)          Hays 1963

An axis with many levels has a large SS by chance alone; ω² corrects for that. What the axes do together beyond the sum
of their effects, and the differences between seeds, are in the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dnn.components import Array

# When one axis is said to matter more than another. On grids from 3 × 3 to 2 × 20 × 5 of mere noise, or of two equal
# effects under noise, this is said wrongly at most once in twenty times (measured in the tests).
SHARE = 0.1  # least ω² of the one that matters more
RATIO = 2.0  # how many times the ω² of the other it has
ERRORS = 3.0  # standard errors between them
DEGREES = 4  # least degrees of freedom of the rest, from which the standard error is estimated


@dataclass(frozen=True)
class Variance:
    """The main effects of k axes: ω² (k,), sums of squares (k,), degrees of freedom (k,); and those of the rest."""

    omega_squared: Array
    sums: Array
    axis_degrees: np.ndarray
    rest: float  # its mean square
    rest_degrees: int

    @classmethod
    def of(cls, values: Array) -> Variance | None:
        """Return the effects of all axes but the last of ``values`` (L1, …, Lk, repetitions), which has no NaN.

        None if all values are equal, or if there are too few of them to tell effects from the rest.
        """
        *levels, _ = values.shape
        degrees = np.array(levels) - 1
        rest_degrees = values.size - 1 - int(degrees.sum())
        if rest_degrees < 1:
            return None
        deviations = values - values.mean()
        total = float((deviations**2).sum())
        if total == 0.0:
            return None
        sums = np.empty(len(levels))
        for axis, count in enumerate(levels):
            means = deviations.mean(axis=tuple(other for other in range(values.ndim) if other != axis))
            sums[axis] = values.size / count * (means**2).sum()
        rest = max(total - float(sums.sum()), 0.0) / rest_degrees
        return cls((sums - degrees * rest) / (total + rest), sums, degrees, rest, rest_degrees)

    def outweighs(self, more: int, less: int) -> bool:
        """Whether the axis ``more`` explains clearly more than the axis ``less``.

        √SS is the length of an effect, estimated with the standard error √MS_rest. From that of the larger one is
        taken away what chance adds, df MS_rest.
        """
        large, small = float(self.omega_squared[more]), float(self.omega_squared[less])
        corrected = max(float(self.sums[more] - self.axis_degrees[more] * self.rest), 0.0)
        apart = float(np.sqrt(corrected) - np.sqrt(self.sums[less]))
        certain = self.rest_degrees >= DEGREES and apart >= ERRORS * float(np.sqrt(2.0 * self.rest))
        return certain and large >= SHARE and large >= RATIO * small


def complete_part(values: Array) -> Array:
    """Return a part of the grid without gaps: ``values`` (L1, …, Lk) minus the levels with the most NaN.

    One level after the other is left out, the one with the largest share of gaps first; of equal ones the first. Axes
    stay, some perhaps with one level, and the result is empty if nothing is left.
    """
    while values.size and (gaps := np.isnan(values)).any():
        worst, place = -1.0, (0, 0)
        for axis in range(values.ndim):
            shares = gaps.mean(axis=tuple(other for other in range(values.ndim) if other != axis))
            level = int(shares.argmax())
            if shares[level] > worst:
                worst, place = float(shares[level]), (axis, level)
        values = np.delete(values, place[1], axis=place[0])
    return values
