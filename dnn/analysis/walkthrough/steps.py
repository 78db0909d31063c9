"""One step on the way through a training step: an equation, and the matrices that it takes and gives.

A step is written for examples in rows. ``in_columns`` turns it into the tutorials' layout, where every matrix is
transposed and a product is taken the other way round: (A W)ᵀ = Wᵀ Aᵀ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from dnn.analysis.walkthrough.source import Code
from dnn.components import Array

Lights = Literal["row", "column", "cell", "all"]  # what of an operand made a cell of the result
Way = Literal["input", "forward", "cost", "backward", "update"]
Part = Literal["units", "weights"]

ACROSS: dict[Lights, Lights] = {"row": "column", "column": "row", "cell": "cell", "all": "all"}


@dataclass(frozen=True, eq=False)
class Matrix:
    """Numbers with a name: ``symbol`` in LaTeX, ``plain`` without, ``values`` (r, c), and a label for each line.

    ``lights`` says which of the numbers a cell of the result is made of: its row, its column, the same cell, or all.
    """

    symbol: str
    plain: str
    values: Array
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    lights: Lights = "cell"

    def lighting(self, lights: Lights) -> Matrix:
        """The same as an operand that takes part in another way."""
        return replace(self, lights=lights)

    def transposed(self) -> Matrix:
        """Rows and columns exchanged."""
        values, lights = self.values.T, ACROSS[self.lights]
        return replace(self, values=values, rows=self.columns, columns=self.rows, lights=lights)

    def T(self) -> Matrix:
        """The same transposed for an equation that asks for it, and so named."""
        raised = self.symbol[:-1] + r"\top}" if self.symbol.endswith("]}") else rf"{self.symbol}^\top"
        return replace(self.transposed(), symbol=raised, plain=f"{self.plain}ᵀ")

    @property
    def shape(self) -> str:
        """In LaTeX."""
        rows, columns = self.values.shape
        return rf"{rows} \times {columns}"


@dataclass(frozen=True, eq=False)
class Step:
    """``form`` is the equation with @r for the result and @0, @1, … for the operands.

    ``written`` says how a cell of the result is written out: "product" (row times column, and a bias), "sum", "mean",
    or a sentence with the cell of operand k as {k} and the result as {r}. ``layer`` counts from 1, 0 is the input;
    ``part`` says whether the step is at the layer's units or at its weights. ``engine`` is the engine's line that
    computes the result, ``reference`` that of the reference network, None where it has none. ``formula`` is the
    function that an equation names. ``title``, ``text``, and names and labels with words in them are Messages.
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
        """In LaTeX."""
        return self._filled(lambda matrix: matrix.symbol)

    @property
    def shapes(self) -> str:
        """The equation with the shape under each matrix, in LaTeX."""
        return self._filled(lambda matrix: rf"\underset{{{matrix.shape}}}{{{matrix.symbol}}}")

    def _filled(self, spelled: Callable[[Matrix], str]) -> str:
        names = {"r": self.result} | {str(place): matrix for place, matrix in enumerate(self.operands)}
        return re.sub("@([r0-9])", lambda found: spelled(names[found[1]]), self.form)

    def in_columns(self) -> Step:
        """The same with examples in columns."""
        operands = tuple(operand.transposed() for operand in self.operands)
        if self.written == "product":
            operands = (operands[1], operands[0], *operands[2:])
        return replace(self, operands=operands, result=self.result.transposed())
