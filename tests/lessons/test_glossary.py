"""Every term of the glossary is shown by a step that uses it, has a formula or a picture, and shares no form."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from dnn.lessons.glossary import GLOSSARY, TERMS, Term
from dnn.plots.theme import THEMES
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.lessons.term_pictures import PICTURES, picture
from dnn.ui.views.glossary import ALTERNATIVES
from dnn.ui.widgets.glossary import LITERAL
from tests.lessons.steps import said

OF_THE_FIELD = {
    *("backpropagation", "standard-deviation", "boundary", "regularisation", "hidden-layer", "neuron", "learning-rate"),
    *("activation", "cost", "gradient", "epoch", "batch", "momentum", "adam", "overfitting", "dropout", "l2", "he"),
    *("xavier", "cross-entropy", "vanishing-gradient"),
}


def test_there_are_forty_and_those_of_the_field_are_among_them() -> None:
    assert len(GLOSSARY) >= 40
    assert len(TERMS) == len(GLOSSARY)
    assert TERMS.keys() >= OF_THE_FIELD


@pytest.mark.parametrize("term", GLOSSARY, ids=list(TERMS))
def test_a_term_has_a_formula_or_a_picture(term: Term) -> None:
    assert term.formula or term.picture
    assert term.title[0].isupper()
    assert term.meaning.endswith(".")
    assert not re.search(r"\$|\\", term.meaning), "a meaning is read aloud: it has no formula"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", GLOSSARY, ids=list(TERMS))
def test_the_step_uses_the_term(term: Term, language: str) -> None:
    texts = (translated(text, language) for text in said(term.step))
    text = "\n".join(re.sub(LITERAL, "", text, flags=re.DOTALL) for text in texts)
    forms = translated(term.forms, language).split("|")
    assert any(re.search(rf"(?<![A-Za-z-]){re.escape(form)}(?![A-Za-z-])", text, re.IGNORECASE) for form in forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_share_a_form_or_a_title(language: str) -> None:
    forms = [form.casefold() for term in GLOSSARY for form in translated(term.forms, language).split("|")]
    assert len(set(forms)) == len(forms)
    assert all(form == form.strip() != "" for form in forms)
    titles = [translated(term.title, language) for term in GLOSSARY]
    assert len(set(titles)) == len(titles)


def test_every_picture_is_of_a_term_and_described() -> None:
    assert {term.picture for term in GLOSSARY if term.picture} == PICTURES.keys() == ALTERNATIVES.keys()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_within_its_frame(name: str) -> None:
    for theme in THEMES.values():
        root = ElementTree.fromstring(b64decode(picture(name, theme).partition(",")[2]))
        assert len(root) > 0
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for path in root.iter("{http://www.w3.org/2000/svg}path"):
            for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"]):
                assert 0 <= float(x) <= width
                assert 0 <= float(y) <= height
