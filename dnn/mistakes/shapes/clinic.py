"""Every shape of one training step, found by running it, right or with one line broken.

>>> from dnn.mistakes.shapes import examine
>>> found = examine((2, 4, 1), m=5, broken="star_for_dot")
>>> found.raised.code, found.raised.message
('Z1 = X * W1 + b1', 'operands could not be broadcast together with shapes (5,2) (2,4)')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from dnn.mistakes.shapes.breaks import BREAKS
from dnn.mistakes.shapes.formulas import FORMULAS, Formula, Layout
from dnn.reference import Array

Shape = tuple[int, ...]
Phase = Literal["given", "forward", "backward", "update", "new examples"]
State = Literal["right", "numbers", "stretched", "shape", "raised", "unreached"]


@dataclass(frozen=True, eq=False)
class Line:
    """A line of the step: its code, the shapes of its operands and result, and how it compares with the right one.

    ``state`` is "right"; "numbers" if the shape is right and the numbers are not; "stretched" if NumPy broadcast an
    operand of a wrong shape, so that the result has the right one; "shape" if the result has a wrong shape and NumPy
    raised nothing; "raised", with NumPy's ``message``; or "unreached" behind such a line. ``planted`` lines are broken.
    """

    phase: Phase
    target: str
    code: str
    operands: tuple[tuple[str, Shape], ...]
    shape: Shape | None
    expected: Shape
    value: Array | None
    state: State = "right"
    planted: bool = False
    message: str = ""


@dataclass(frozen=True, eq=False)
class Examination:
    """All lines of a step of a network with layers of ``sizes`` and m examples."""

    sizes: tuple[int, ...]
    layout: Layout
    broken: str | None
    lines: tuple[Line, ...]

    @property
    def raised(self) -> Line | None:
        """The line at which NumPy raises an error, or None."""
        return self._first("raised")

    @property
    def planted(self) -> Line | None:
        """The first broken line that runs, or None."""
        return next((line for line in self.lines if line.planted and line.state != "unreached"), None)

    @property
    def silent(self) -> Line | None:
        """The first line with a wrong shape or a stretched operand about which NumPy raises nothing."""
        return self._first("shape", "stretched")

    def _first(self, *states: State) -> Line | None:
        return next((line for line in self.lines if line.state in states), None)


def examine(
    sizes: tuple[int, ...], m: int = 5, *, layout: Layout = "rows", broken: str | None = None, new: int = 3
) -> Examination:
    """Run one step of a network with ``sizes`` (inputs, units, …, outputs), then predict ``new`` examples.

    ``broken`` is one of ``BREAKS``. Raises ValueError for sizes below 1, fewer than two of them, or an unknown break or
    one that the layout does not have.
    """
    if len(sizes) < 2 or min(*sizes, m, new) < 1:
        raise ValueError(f"sizes {sizes}, m = {m}, new = {new}: at least two sizes, and all 1 or more")
    if broken is not None and layout not in getattr(BREAKS.get(broken), "formulas", {}):
        raise ValueError(f"cannot break {broken!r} with examples in {layout}")
    right = tuple(_run(sizes, m, layout, {}, new))
    if broken is None:
        return Examination(sizes, layout, None, right)
    wrong = _run(sizes, m, layout, BREAKS[broken].formulas[layout], new)
    expected = {(line.phase, line.target): line for line in right}
    compared = tuple(_compared(line, expected[line.phase, line.target]) for line in wrong)
    return Examination(sizes, layout, broken, compared)


def _compared(line: Line, right: Line) -> Line:
    """``line`` with the shape that it should have, and its state."""
    line = replace(line, expected=right.expected)
    if line.state != "right":
        return line
    shapes = dict(right.operands)
    if line.shape != right.shape:
        return replace(line, state="shape")
    if not line.planted and any(shapes.get(name, shape) != shape for name, shape in line.operands):
        return replace(line, state="stretched")
    assert line.value is not None
    assert right.value is not None
    return line if np.allclose(line.value, right.value, atol=1e-12) else replace(line, state="numbers")


def _run(sizes: tuple[int, ...], m: int, layout: Layout, wrong: dict[str, Formula], new: int) -> Iterator[Line]:
    """Run line by line. After an error the lines that would follow are unreached."""
    values = _given(sizes, m, layout, new)
    for name, value in values.items():
        if isinstance(value, np.ndarray) and name != "X_new":
            yield Line("given", name, name, (), value.shape, value.shape, value)
    stopped = False
    for phase, kind, target, number in _program(len(sizes) - 1, wrong):
        formula = wrong.get(kind) or FORMULAS[layout][kind]
        inputs = "X_new" if phase == "new examples" else "X"
        names = [_named(name, number, inputs) for name in formula.operands]
        code = f"{target} = {_named(formula.text, number, inputs)}"
        planted = kind in wrong
        if stopped:
            yield Line(phase, target, code, (), None, (), None, "unreached", planted)
            continue
        operands = tuple((name, np.shape(values[name])) for name in dict.fromkeys(names) if name != "m")
        try:
            value = np.asarray(formula.compute(*(values[name] for name in names)))
        except ValueError as error:
            stopped = True
            yield Line(phase, target, code, operands, None, (), None, "raised", planted, str(error).strip())
            continue
        values[target] = value
        yield Line(phase, target, code, operands, value.shape, value.shape, value, planted=planted)


def _given(sizes: tuple[int, ...], m: int, layout: Layout, new: int) -> dict[str, Array | int]:
    """Random numbers for X, Y, weights and biases, the same in both layouts but for their order."""
    rng = np.random.default_rng([*sizes, m])
    values: dict[str, Array | int] = {"X": rng.standard_normal((m, sizes[0]))}
    values["Y"] = (rng.random((m, sizes[-1])) > 0.5).astype(float)
    for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        values[f"W{number}"] = rng.standard_normal((n_in, n_out))
        b = rng.standard_normal(n_out)
        values[f"b{number}"] = b if layout == "rows" else b[:, None]
    values["X_new"] = rng.standard_normal((new, sizes[0]))
    if layout == "columns":
        values |= {
            name: value.T for name, value in values.items() if name[0] in "XYW" and isinstance(value, np.ndarray)
        }
    return values | {"m": m}


def _program(depth: int, wrong: dict[str, Formula]) -> Iterator[tuple[Phase, str, str, int]]:
    """Phase, kind, target and layer of each line."""
    for name in ("X", "Y"):
        if name in wrong:
            yield "given", name, name, 0
    for number in range(1, depth + 1):
        yield "forward", "Z", f"Z{number}", number
        yield "forward", "A" if number < depth else "A_output", f"A{number}", number
    for number in range(depth, 0, -1):
        yield "backward", "dZ" if number < depth else "dZ_output", f"dZ{number}", number
        yield "backward", "dW" if number > 1 else "dW_first", f"dW{number}", number
        yield "backward", "db", f"db{number}", number
        if number > 1:
            yield "backward", "dA", f"dA{number - 1}", number
    for number in range(1, depth + 1):
        yield "update", "W", f"W{number}", number
        yield "update", "b", f"b{number}", number
    for number in range(1, depth + 1):
        yield "new examples", "Z", f"Z{number}", number
        yield "new examples", "A" if number < depth else "A_output", f"A{number}", number


def _named(text: str, number: int, inputs: str) -> str:
    """``text`` for one layer, with ``inputs`` in place of A0."""
    return text.format(l=number, k=number - 1).replace("A0", inputs)
