"""The equations that the lessons show, each with the line of code that computes it: data and text only.

``tests/lessons/test_equations.py`` checks that the lines stand in the code, and that the numbers agree with the engine,
``tests/lessons/test_symbols.py`` that every symbol is explained.
"""

from __future__ import annotations

from dnn.lessons.equations.equation import Equation, symbols_of
from dnn.lessons.equations.symbols import Symbol

__all__ = ["Equation", "Symbol", "symbols_of"]
