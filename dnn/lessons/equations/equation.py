"""An equation of a lesson: its LaTeX, the lines of code that compute it, and what its symbols mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from dnn.lessons.equations.symbols import SYMBOLS, Symbol

# What arranges an equation or is known from school: it needs no explanation.
_LAYOUT = (
    r"\\begin\{aligned\}|\\end\{aligned\}|\\\\(?:\[[^\]]*\])?|\\(?:text|mathrm|operatorname)\{[^}]*\}"
    r"|\\(?:[td]?frac|sqrt|left|right|big[lr]?|quad|qquad|cdot|times|approx|le|ge|max|cos|pi|ln)(?![a-z])"
    r"|\\[;,]|[-+=<>:()\[\]{}/,._^&|\s\d]"
)


@dataclass(frozen=True)
class Equation:
    """``latex`` is what is drawn under ``title``; ``code`` are the lines that compute it, in a ``file`` of ``dnn``.

    ``symbols_here`` are symbols that mean something else here than in the other equations.
    """

    title: str
    latex: str
    code: tuple[str, ...] = ()
    file: str = "reference.py"
    symbols_here: tuple[Symbol, ...] = ()

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of ``latex``, in the order in which they stand there.

        Raises ValueError for a symbol that nobody has explained.
        """
        known = {symbol.latex: symbol for symbol in (*SYMBOLS, *self.symbols_here)}
        longest_first = sorted(known, key=len, reverse=True)
        pattern = "|".join(re.escape(latex) + r"(?![a-z])" * latex.startswith("\\") for latex in longest_first)
        found: dict[str, Symbol] = {}
        place = 0
        while place < len(self.latex):
            if symbol := re.compile(pattern).match(self.latex, place):
                found.setdefault(symbol[0], known[symbol[0]])
                place = symbol.end()
            elif layout := re.compile(_LAYOUT).match(self.latex, place):
                place = layout.end()
            else:
                raise ValueError(f"{self.title}: nothing explains {self.latex[place : place + 12]!r}")
        return tuple(found.values())


def symbols_of(equations: tuple[Equation, ...]) -> tuple[Symbol, ...]:
    """The symbols of all the equations, each once, in the order in which they are met."""
    return tuple(dict.fromkeys(chain.from_iterable(equation.symbols for equation in equations)))
