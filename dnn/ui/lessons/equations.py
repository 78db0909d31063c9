"""A step's equations under its text: each symbol says what it means, and the lines of code that compute them."""

from __future__ import annotations

from html import escape
from itertools import groupby
from zlib import crc32

import streamlit as st

from dnn.lessons.equations import Equation, Symbol, symbols_of
from dnn.ui.visitor.language import tr, translate_latex


def draw(equations: tuple[Equation, ...]) -> None:
    """Draw the equations, their symbols in a row, and their code, folded."""
    if not equations:
        return
    formulas = (f"**{tr(each.title)}**\n\n$$\n{translate_latex(each.latex)}\n$$" for each in equations)
    with st.container(key="lesson-equations", gap="xsmall"):
        st.markdown("\n\n".join((*formulas, symbol_row(symbols_of(equations)))), unsafe_allow_html=True)
        with st.expander(tr("As lines of code"), icon=":material/code:"):
            st.code(code(equations), language="python", wrap_lines=True)


def symbol_row(symbols: tuple[Symbol, ...]) -> str:
    """Markdown of one paragraph: every symbol, which shows its meaning on hover and on focus."""
    return " ".join((tr("Symbols, each with its meaning:"), *map(_marked, symbols)))


def _marked(symbol: Symbol) -> str:
    """The symbol with its meaning, in the style of the glossary's words."""
    meaning = escape(tr(symbol.meaning))
    spot = f"dnn-symbol-{crc32(f'{symbol.latex} {symbol.meaning}'.encode()):x}"
    return (
        f'<span class="dnn-word dnn-symbol" tabindex="0" aria-describedby="{spot}">${symbol.latex.strip("^")}$'
        f'<span class="dnn-meaning" role="tooltip" id="{spot}">{meaning}</span></span>'
    )


def code(equations: tuple[Equation, ...]) -> str:
    """The lines that compute the equations, each once, below the name of their file."""
    parts = []
    for file, group in groupby((each for each in equations if each.code), key=lambda each: each.file):
        lines = dict.fromkeys(line for each in group for line in each.code)
        parts.append("\n".join((f"# dnn/{file}", *lines)))
    return "\n\n".join(parts)
