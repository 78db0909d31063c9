"""Equations of the lessons and their symbols: each is explained, used, and stands once in a step."""

import re

import pytest

from dnn.lessons.equations import Equation, symbols_of
from dnn.lessons.equations.symbols import SYMBOLS
from tests.lessons.equation_table import EQUATIONS
from tests.lessons.steps import STEPS


@pytest.mark.parametrize("name", EQUATIONS)
def test_every_symbol_is_explained(name: str) -> None:
    assert EQUATIONS[name].symbols


@pytest.mark.parametrize("latex", [r"q = 1", r"W \otimes Z", r"\gamma W"])
def test_a_symbol_that_nobody_explains_is_an_error(latex: str) -> None:
    with pytest.raises(ValueError, match="nothing explains"):
        _ = Equation("", latex).symbols


def test_the_longer_symbol_is_meant() -> None:
    assert [symbol.latex for symbol in Equation("", r"dZ_l = dA_l \odot g'(Z_l)").symbols] == [
        *("dZ", "l", "dA", r"\odot", "g'", "Z"),
    ]


def test_every_equation_and_symbol_is_used_by_a_step() -> None:
    shown = [equation for step in STEPS.values() for equation in step.equations]
    assert [name for name, equation in EQUATIONS.items() if equation not in shown] == []
    assert [symbol.latex for symbol in SYMBOLS if symbol not in symbols_of(tuple(shown))] == []


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.equations])
def test_a_symbol_has_one_meaning_in_a_step(name: str) -> None:
    symbols = [symbol.latex for symbol in symbols_of(STEPS[name].equations)]
    assert len(set(symbols)) == len(symbols)


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.equations])
def test_no_formula_stands_twice_in_a_step(name: str) -> None:
    text = re.sub(r"\s", "", STEPS[name].text)
    assert all(re.sub(r"\s", "", equation.latex) not in text for equation in STEPS[name].equations)
