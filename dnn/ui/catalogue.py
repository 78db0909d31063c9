"""The translation catalogues: the table of languages, and translation of texts.

The English text is the key, and ``dnn/locale/zh_CN/LC_MESSAGES/dnn.po`` has it in Chinese. To add a language, add such
a file and a line in ``LANGUAGES``. A text without translation stays English; a test checks that none is missing.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dnn.errors import Problem, shown
from dnn.messages import Message

LOCALE = Path(__file__).parents[1] / "locale"


@dataclass(frozen=True)
class Language:
    """A language: its native name, its code in browsers, and the folder of its catalogue (None for English)."""

    name: str
    locale: str
    folder: str | None = None


LANGUAGES: dict[str, Language] = {
    "en": Language("English", "en"),
    "zh": Language("中文", "zh", "zh_CN"),
}


def language_of(locale: str) -> str | None:
    """Return the name in ``LANGUAGES`` for a locale such as "zh-CN" or "zh_CN"; None if there is none."""
    return next((name for name, each in LANGUAGES.items() if locale.lower().startswith(each.locale)), None)


def translated(text: str, language: str) -> str:
    """Translate ``text`` to the language with this name in ``LANGUAGES``."""
    if isinstance(text, Message):
        values = {
            name: translated(value, language) if isinstance(value, str) else value
            for name, value in text.values.items()
        }
        return catalogue(language).gettext(text.template).format(**values)
    return catalogue(language).gettext(text) if text else text


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations into ``language``, compiled once from its file."""
    folder = LANGUAGES[language].folder
    if folder is None:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (LOCALE / folder / "LC_MESSAGES" / "dnn.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=folder))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def problems(name: str) -> tuple[Problem, ...]:
    """Return the problem of a language in an address, if any."""
    if name in LANGUAGES:
        return ()
    return (Problem("lang", shown(name), Message("choose one of {names}", names=", ".join(LANGUAGES))),)
