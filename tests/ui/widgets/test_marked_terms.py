"""Texts with their terms marked: every term, formulas and code left alone, and no star to be read."""

import re

import pytest

from dnn import LESSONS
from dnn.lessons.glossary import GLOSSARY
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.widgets import glossary
from tests.catalogue import messages
from tests.lessons.steps import STEPS, said

pytestmark = pytest.mark.slow


def test_the_first_of_each_word_is_explained_but_not_in_formulas() -> None:
    marked = glossary.mark_terms("The cost $cost$ and costs of `weight`, a **Weight**; learning rate; rebatch.")
    assert marked.count("dnn-meaning") == 3
    assert "$cost$" in marked
    assert "`weight`" in marked
    assert marked.index("dnn-word-cost") < marked.index("$cost$")
    assert "rebatch." in marked


def test_all_terms_are_used_and_explained() -> None:
    texts = glossary.mark_terms("\n".join(text for name in STEPS for text in said(name)))
    for term in GLOSSARY:
        assert f"dnn-word-{term.slug}" in texts, term.name


def test_no_star_of_any_text_in_any_language_is_left_to_be_read() -> None:
    """Markdown does not see the stars of 一个**权重**， once a tag stands beside them."""
    for text in (text for text in messages() if "*" in text):
        for language in LANGUAGES:
            said = glossary.mark_terms(translated(text, language))
            assert "*" not in re.sub(rf"{glossary.LITERAL}|(?<!\S)\*(?!\S)", "", said, flags=re.DOTALL), said


def test_stars_become_tags_around_words_but_not_in_formulas_and_code() -> None:
    assert glossary.mark_terms("一个**x**，*y*和 $a*b$ `c*d*e` **f $g*$ h** 2 * 3 * 4") == (
        "一个<strong>x</strong>，<em>y</em>和 $a*b$ `c*d*e` <strong>f $g*$ h</strong> 2 * 3 * 4"
    )
    assert glossary.mark_terms("a **weight**,").startswith('a <strong><a class="dnn-word"')


def test_every_equation_has_a_line_of_its_own() -> None:
    """A row of equations breaks where it is narrow; and two formulas on consecutive lines are one paragraph."""
    texts = [step.text.strip() for lesson in LESSONS.values() for step in lesson.steps]
    for text in (translated(text, language) for text in texts for language in LANGUAGES):
        for paragraph in re.split(r"\n\s*\n", text):
            if "$$" in paragraph:
                assert re.fullmatch(r"\$\$[^$]+\$\$", paragraph.strip()), paragraph
                for line in paragraph.split("\\\\"):
                    assert len(re.findall(r"=|\\leftarrow", line)) <= 1, line


def test_a_word_has_a_place_of_its_own_in_each_text() -> None:
    places = [re.findall(r'id="([^"]+)"', glossary.mark_terms(text)) for text in ("The cost falls.", "The cost rises.")]
    assert [len(each) for each in places] == [1, 1]
    assert places[0] != places[1]
