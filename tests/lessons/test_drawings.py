"""Drawings: their numbers are the library's, and what the text says of them is what they mark."""

import json
import re
from typing import Any

import pytest

from dnn.lessons.drawings import DRAWINGS, parts_of, without_parts
from dnn.plots.theme import THEMES
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.lessons.drawing import component_data, point_at_parts
from dnn.ui.widgets.glossary import mark_terms
from tests.lessons.drawing_table import FILE, NUMBERS, STEPS, table

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Every number and text of nested values, by its place."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {place: each for key, inner in pairs for place, each in flat(inner, f"{path}/{key}").items()}
    return {path: value}


@pytest.mark.slow
def test_the_table_for_the_scripts_is_what_the_library_computes() -> None:
    written, computed = flat(json.loads(FILE.read_text("utf-8"))), flat(table())
    assert written.keys() == computed.keys()
    for place, value in computed.items():
        expected = value if isinstance(value, str) else pytest.approx(value, rel=1e-12, abs=1e-15)
        assert written[place] == expected, place


def test_every_kind_is_drawn_somewhere_and_computed() -> None:
    assert {step.drawing.kind for step in STEPS.values() if step.drawing} == DRAWINGS.keys() == NUMBERS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STEPS)
def test_the_text_points_at_parts_and_names_the_marked_numbers(name: str, language: str) -> None:
    step = STEPS[name]
    assert step.drawing is not None
    pointed = parts_of(translated(step.text.strip(), language))
    marked = step.drawing.marked()
    assert {part for part, _ in pointed} <= set(step.drawing.parts)
    numbers = {part: found[0] for part, words in pointed if (found := NUMBER.findall(words))}
    assert numbers.keys() == marked.keys()
    for part, written in numbers.items():
        decimals = len(written.partition(".")[2])
        assert f"{marked[part]:.{decimals}f}" == written, part


def test_words_become_elements_that_take_the_focus() -> None:
    text = "The **weight** [w₁]{.w1} and [0.5]{.line}, not [a link](x)."
    assert without_parts(text) == "The **weight** w₁ and 0.5, not [a link](x)."
    html = point_at_parts(mark_terms(text))
    assert '<span class="dnn-part dnn-part-w1" tabindex="0">w₁</span>' in html
    assert '<span class="dnn-part dnn-part-line" tabindex="0">0.5</span>' in html
    assert "[a link](x)" in html


@pytest.mark.parametrize("name", STEPS)
def test_what_the_browser_gets_is_ready_for_json(name: str) -> None:
    data = component_data(STEPS[name], THEMES["dark"])
    assert json.loads(json.dumps(data)) == data
