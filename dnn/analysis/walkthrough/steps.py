"""One step of a training step: an equation with its operands and its result.

A step is written for examples in rows. ``in_columns`` converts it to the tutorials' layout, where every matrix is
transposed and products are reversed: (A W)ᵀ = Wᵀ Aᵀ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from dnn.analysis.walkthrough.source import Code
from dnn.components import Array

Lights = Literal["row", "column", "cell", "all"]  # the part of an operand that determines a cell of the result
Way = Literal["input", "forward", "cost", "backward", "update"]
Part = Literal["units", "weights"]

ACROSS: dict[Lights, Lights] = {"row": "column", "column": "row", "cell": "cell", "all": "all"}


@dataclass(frozen=True, eq=False)
class Matrix:
    """Numbers with a name: ``symbol`` in LaTeX, ``plain`` as plain text, ``values`` (r, c), and a label for each row
    and column.

    ``lights`` is the part that determines a cell of the result: its row, its column, the same cell, or all.
    """

    symbol: str
    plain: str
    values: Array
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    lights: Lights = "cell"

    def lighting(self, lights: Lights) -> Matrix:
        """Return the same matrix with another value of ``lights``."""
        return replace(self, lights=lights)

    def transposed(self) -> Matrix:
        """Return the matrix with rows and columns exchanged."""
        values, lights = self.values.T, ACROSS[self.lights]
        return replace(self, values=values, rows=self.columns, columns=self.rows, lights=lights)

    def T(self) -> Matrix:
        """The transposed matrix with the symbol of a transpose."""
        symbol = self.symbol[:-1] + r"\top}" if self.symbol.endswith("]}") else rf"{self.symbol}^\top"
        return replace(self.transposed(), symbol=symbol, plain=f"{self.plain}ᵀ")

    @property
    def shape(self) -> str:
        """The LaTeX text."""
        rows, columns = self.values.shape
        return rf"{rows} \times {columns}"


@dataclass(frozen=True, eq=False)
class Step:
    """``form`` is the equation with @r for the result and @0, @1, … for the operands.

    ``written`` is the form in which a cell of the result is written: "product" (row times column, and a bias), "sum",
    "mean", or a template with the cell of operand k as {k} and the result as {r}. ``layer`` counts from 1, 0 is the
    input; ``part`` is the layer's units or its weights. ``engine`` is the engine's line that computes the result,
    ``reference`` the line of the reference network or None. ``formula`` is the function that an equation names.
    ``title``, ``text``, and names and labels with words in them are Messages.
    """

    id: str
    title: str
    text: str
    way: Way
    layer: int
    part: Part
    form: str
    operands: tuple[Matrix, ...]
    result: Matrix
    written: str
    engine: Code
    reference: Code | None
    formula: str = ""

    @property
    def equation(self) -> str:
        """The LaTeX text."""
        return self._fill_in(lambda matrix: matrix.symbol)

    @property
    def shapes(self) -> str:
        """The equation with the shape below each matrix, in LaTeX."""
        return self._fill_in(lambda matrix: rf"\underset{{{matrix.shape}}}{{{matrix.symbol}}}")

    def _fill_in(self, to_text: Callable[[Matrix], str]) -> str:
        names = {"r": self.result} | {str(place): matrix for place, matrix in enumerate(self.operands)}
        return re.sub("@([r0-9])", lambda match: to_text(names[match[1]]), self.form)

    def in_columns(self) -> Step:
        """Return the same step with examples in columns."""
        operands = tuple(operand.transposed() for operand in self.operands)
        if self.written == "product":
            operands = (operands[1], operands[0], *operands[2:])
        return replace(self, operands=operands, result=self.result.transposed())
