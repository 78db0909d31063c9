"""Detect the encoding of a table: from its byte-order mark, else from the letters that it would contain.

A table has few letters, mostly in its heading: too few for language statistics. So an encoding is accepted if all
decoded letters belong to one language and all signs are usual in headings.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from itertools import islice

from dnn.messages import Message

UTF_8 = "utf-8-sig"  # with or without a byte-order mark
ENCODINGS = {  # encodings that have to be guessed, and their names
    "cp1252": Message("Western European ({encoding})", encoding="Windows-1252"),
    "mac_roman": Message("Western European ({encoding})", encoding="Mac Roman"),
    "cp850": Message("Western European ({encoding})", encoding="DOS 850"),
    "cp1250": Message("Central European ({encoding})", encoding="Windows-1250"),
    "cp1254": Message("Turkish ({encoding})", encoding="Windows-1254"),
    "cp1251": Message("Cyrillic ({encoding})", encoding="Windows-1251"),
    "koi8_r": Message("Cyrillic ({encoding})", encoding="KOI8-R"),
    "cp866": Message("Cyrillic ({encoding})", encoding="DOS 866"),
    "cp1253": Message("Greek ({encoding})", encoding="Windows-1253"),
    "gb18030": Message("Simplified Chinese ({encoding})", encoding="GB 18030"),
    "big5": Message("Traditional Chinese ({encoding})", encoding="Big5"),
    "cp932": Message("Japanese ({encoding})", encoding="Shift JIS"),
    "cp949": Message("Korean ({encoding})", encoding="EUC-KR"),
}
_MARKS = {BOM_UTF8: UTF_8, BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}

# The letters beyond a to z of languages, the likelier first. Western: German, Dutch and Finnish; French; Spanish;
# Portuguese; Italian; Danish, Norwegian. Central: Polish; Czech, Slovak; Slovene, Croatian; Hungarian; Romanian.
_WESTERN = ("äöüßåéëï", "àâæçéèêëîïôœùûüÿ", "áéíïñóúüç", "àáâãçéêíóôõúü", "àèéìîòóù", "æøåéèêóòâô")
_CENTRAL = ("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "čćđšž", "áéíóöőúüű", "ăâîșțşţ")
_READINGS = (
    *(("cp1252", letters) for letters in _WESTERN),
    ("cp1254", "çğıöşüâîi̇"),
    ("cp1252", "áðéíóúýþæö"),
    *((encoding, letters) for encoding in ("mac_roman", "cp850") for letters in _WESTERN),
    *(("cp1250", letters) for letters in _CENTRAL),
)
_SIGNS = set("\xa0°²³µ·±×÷€£¥§©®™‰½¼¾ªº–—‘’“”„«»…•¿¡")
_INSIDE = re.compile(  # characters that never occur inside a word: capitals and signs
    r"[a-z][A-ZÀ-Þ]+[a-z]|[A-ZÀ-Þ][À-Þ][a-z]|[^\W\d_][²³¹¼½¾¿¡°‰€£„“”«»•·©®™±×÷]+[^\W\d_]"
)

# The first bytes of common letters. If two encodings fit, the first in the table is chosen.
_USUAL = {
    "cp1251": (0xC0, 0xFF),
    "cp1253": (0xB8, 0xFE),
    "cp949": (0xB0, 0xC8),  # hangul
    "gb18030": (0xB0, 0xD7),  # the 3755 most common characters
    "big5": (0xA4, 0xC6),
    "cp932": (0x82, 0x98),  # kana and the more common characters
}
_FOREIGN = re.compile(rb'(?<![^\s;,"])[^\s;,"\x80-\xff]*+[\x80-\xff][^\s;,"]*')  # non-ASCII words
MOST_WORDS = 2000  # that are examined
MOSTLY = 0.8  # share of the letters that must be common ones


def encoding_of(raw: bytes) -> str | None:
    """Return the name of the most likely encoding of ``raw``; None if it is not text."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return encoding
    if b"\x00" in raw:
        return _utf_16(raw)
    if read(raw, UTF_8) is not None:
        return UTF_8
    foreign = b"\n".join(dict.fromkeys(word[0] for word in islice(_FOREIGN.finditer(raw), MOST_WORDS)))
    return _latin_encoding(foreign, raw) or _other_encoding(foreign, raw) or _fallback_encoding(raw)


def read(raw: bytes, encoding: str) -> str | None:
    """Decode ``raw`` with ``encoding``; None if it cannot be decoded or there is no such encoding."""
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _utf_16(raw: bytes) -> str | None:
    """Detect UTF-16 without a mark: the upper byte of every ASCII character is 0, and no lower byte is."""
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        upper, lower = raw[first::2], raw[1 - first :: 2]
        if 2 * upper.count(0) > len(upper) and not lower.count(0) and read(raw, encoding) is not None:
            return encoding
    return None


def _latin_encoding(foreign: bytes, raw: bytes) -> str | None:
    """Return the first encoding in which all letters belong to one language with a Latin alphabet."""
    high, plain = (len(re.findall(signs, foreign)) for signs in (rb"[\x80-\xff]", rb"[A-Za-z]"))
    if plain < high and re.search(rb"[\x80-\xff]{3}", foreign):
        return None
    for encoding, letters in _READINGS:
        text = read(foreign, encoding)
        beyond = {sign for sign in (text or "").lower() if not sign.isascii()}
        if text and beyond - _SIGNS <= set(letters) and not _INSIDE.search(text) and read(raw, encoding):
            return encoding
    return None


def _other_encoding(foreign: bytes, raw: bytes) -> str | None:
    """Return the non-Latin encoding in which most letters are common ones."""

    def usual(encoding: str) -> Iterator[bool]:
        low, high = _USUAL[encoding]
        text = read(foreign, encoding) or ""
        for before, sign in zip(f" {text}", text, strict=False):
            if not sign.isascii():
                inside = before.islower() and sign.isupper()
                yield sign.isalpha() and low <= sign.encode(encoding)[0] <= high and not inside

    def share(encoding: str) -> float:
        flags = list(usual(encoding)) if read(raw, encoding) else []
        return sum(flags) / len(flags) if flags else 0.0

    best = max(_USUAL, key=share)
    return best if share(best) >= MOSTLY else None


def _fallback_encoding(raw: bytes) -> str | None:
    """Return a Western encoding if the letters occur alone, else a statistical guess."""
    from charset_normalizer import from_bytes  # start-up time: few files need it

    alone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", raw))
    if 2 * alone >= len(re.findall(rb"[\x80-\xff]", raw)) and read(raw, "cp1252") is not None:
        return "cp1252"
    best = from_bytes(raw, cp_isolation=list(ENCODINGS)).best()
    return best.encoding if best else None
