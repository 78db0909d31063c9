"""The panel's words in the visitor's language: the scripts have the English ones, ``tr('Train cost')``, as keys."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from dnn.lessons.glossary import GLOSSARY
from dnn.ui.catalogue import LANGUAGES, translated

SCRIPTS = Path(__file__).parent / "static"
TRANSLATED = re.compile(r"(?<![.\w])tr\(\s*'((?:[^'\\]|\\.)*)'")  # not the methods of that name


@cache
def keys() -> tuple[str, ...]:
    """Every text that the scripts translate, in English."""
    scripts = (script.read_text(encoding="utf-8") for script in sorted(SCRIPTS.rglob("*.js")))
    return tuple(dict.fromkeys(text for script in scripts for text in TRANSLATED.findall(script)))


@cache
def translations(language: str) -> dict[str, Any]:
    """What ``i18n.js`` learns: the ``name`` of the language, the ``words`` that differ there, and the ``glossary``."""
    words = {text: translation for text in keys() if (translation := translated(text, language)) != text}
    glossary = {word.name: translated(word.meaning, language) for word in GLOSSARY}
    return {"name": LANGUAGES[language].locale, "words": words, "glossary": glossary}
