"""The texts of the panel in the visitor's language; keys are the English texts of the scripts, ``tr('Train cost')``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from dnn.lessons.glossary import GLOSSARY
from dnn.ui.catalogue import LANGUAGES, translated

SCRIPTS = Path(__file__).parent / "static"
TRANSLATED = re.compile(r"(?<![.\w])tr\(\s*'((?:[^'\\]|\\.)*)'")  # not the methods of that name


def texts(scripts: Iterable[Path]) -> tuple[str, ...]:
    """Every text that these scripts translate, in English."""
    found = (TRANSLATED.findall(script.read_text(encoding="utf-8")) for script in scripts)
    return tuple(dict.fromkeys(text for each in found for text in each))


@cache
def keys() -> tuple[str, ...]:
    """Every text that the page's scripts translate, in English."""
    return texts(sorted(SCRIPTS.rglob("*.js")))


def words(texts: Iterable[str], language: str) -> dict[str, str]:
    """Those of ``texts`` that differ in the language, by their English."""
    return {text: translation for text in texts if (translation := translated(text, language)) != text}


@cache
def translations(language: str) -> dict[str, Any]:
    """What ``i18n.js`` learns: the ``name`` of the language, the ``words`` that differ there, and the ``glossary``."""
    glossary = {word.name: translated(word.meaning, language) for word in GLOSSARY}
    return {"name": LANGUAGES[language].locale, "words": words(keys(), language), "glossary": glossary}
