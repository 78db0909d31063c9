"""Parse numbers in a table: detect the decimal sign and convert cells to numbers.

Thousands are never grouped after a 0 or after four digits, so the comma of most cells is unambiguous: it is decimal in
0,125 and 1234,567, but not in 1,234.5. Only cells such as 48,137 are ambiguous; then the other cells decide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from statistics import median
from typing import Literal

import numpy as np

Decimal = Literal[".", ","]

SPACES = " \u00a0\u2009\u202f"  # a space between thousands: plain or non-breaking
EUROPEAN = "\t;"  # delimiters of programs whose decimal sign is the comma
LOOKED_AT = 50_000  # distinct cells that are read to detect the decimal sign
BOOLEANS = (  # words for 0 and 1; a column of single letters must contain both
    ("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y"), ("falsch", "wahr"), ("nein", "ja"), ("faux", "vrai"),
    ("non", "oui"), ("falso", "verdadero"), ("no", "sí"), ("否", "是"), ("假", "真"), ("нет", "да"),
    ("off", "on"), ("n", "j"), ("falso", "vero"), ("no", "si"), ("não", "sim"), ("nao", "sim"), ("nee", "ja"),
    ("onwaar", "waar"), ("nej", "ja"), ("nei", "ja"), ("falskt", "sant"), ("nie", "tak"), ("fałsz", "prawda"),
    ("ne", "ano"), ("nem", "igen"), ("hayır", "evet"), ("ei", "kyllä"), ("όχι", "ναι"), ("ложь", "истина"),
    ("いいえ", "はい"), ("아니요", "예"), ("아니오", "예"), ("لا", "نعم"),
)  # fmt: skip

_CURRENCY = (
    r"(?:(?:US|CA|AU|NZ|HK|NT|[ACRS])?\$|[€£¥₹₩₽₺₴₫₪₦₱฿₡₲₵₸₼₾₿¢元円원]|kr\.?|zł|Kč|Ft|S?Fr\.?|Rs\.?|руб\.?|"
    r"USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD|NZD|HKD|SGD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|RUB|TRY|KRW)"
)
_MONEY = re.compile(_CURRENCY, re.IGNORECASE)
_NOT_DIGITS: dict[int, str | None] = {**dict.fromkeys(map(ord, f"{SPACES}'’")), ord("−"): "-"}
_SIMPLE = {False: re.compile(r"-?\d+(?:\.\d+)?", re.ASCII), True: re.compile(r"-?\d+(?:,\d+)?", re.ASCII)}
_DIGIT = re.compile(r"\d", re.ASCII)


def _digits(decimal: str, thousands: str) -> str:
    """Unsigned numbers with these signs: 1234.5, 1,234.5, 1 234.5, 1'234.5, .5, 5., 1e3."""
    grouped = (
        rf"[1-9]\d{{0,2}}(?:(?:{thousands}\d{{3}})+|(?:[{SPACES}]\d{{3}})+|(?:['’]\d{{3}})+)"
        rf"|[1-9]\d?(?:{thousands}\d\d)+{thousands}\d{{3}}"  # lakhs and crores: 12,34,567
    )
    return rf"(?={decimal}?\d)(?:(?:{grouped})(?:{decimal}\d*)?|\d*(?:{decimal}\d*)?(?:e[-+]?\d+)?)"


def _patterns(decimal: str, thousands: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with a sign at most, and one with what accounts put around it: ($1,200.50), 3.00-, 12 %."""
    digits = _digits(decimal, thousands)
    maybe_space = f"[{SPACES}]?"
    before, after = rf"(?:{_CURRENCY}{maybe_space})?", rf"(?:{maybe_space}(?:%|{_CURRENCY}))?"
    signed = rf"(?P<sign>[-+−]{maybe_space})?{before}(?P<sign2>[-+−])?(?P<digits>{digits}){after}"
    behind = rf"{before}(?P<behind>{digits}){after}[-−]"
    brackets = rf"{before}\({before}(?P<brackets>{digits}){after}\){after}"
    flags = re.ASCII | re.IGNORECASE
    return re.compile(rf"[-+−]?{digits}%?", flags), re.compile(f"{signed}|{behind}|{brackets}", flags)


_PATTERNS = {False: _patterns(r"\.", ","), True: _patterns(",", r"\.")}


def number(text: str, comma: bool) -> float:
    """Parse a cell as a number, NaN if it is not one: 1,234.5 or 1 234.5, with ``comma`` 1.234,5 or 1 234,5; 12% is 12.

    Money is read as its amount, and accountants' (5.00) and 5.00- as -5.
    """
    if _SIMPLE[comma].fullmatch(text):  # nearly all of them
        return _value(text, comma)
    plain, decorated = _PATTERNS[comma]
    if plain.fullmatch(text):
        return _value(text.rstrip("%"), comma)
    match = decorated.fullmatch(text) if _DIGIT.search(text) else None
    if match is None:
        return np.nan
    if behind := match["behind"]:  # 3.00- but not 3-, which may be a mark or a grade
        return -_value(behind, comma) if not behind.isdigit() else np.nan
    if brackets := match["brackets"]:
        return -_value(brackets, comma)
    signs = (match["sign"] or "").strip(SPACES), match["sign2"] or ""
    if all(signs):
        return np.nan
    return _value("".join(signs) + match["digits"], comma)


def _value(text: str, comma: bool) -> float:
    plain = text if text.isascii() and " " not in text and "'" not in text else text.translate(_NOT_DIGITS)
    value = float(plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", ""))
    return value if math.isfinite(value) else np.nan


def decimal_of(columns: Iterable[Sequence[str]], delimiter: str) -> tuple[Decimal, str]:
    """Detect the decimal sign of a file with these columns of cells; also return an ambiguous cell, or "".

    The ambiguous cell is returned if only the delimiter or other columns determined how to read it.
    """
    different = [dict.fromkeys(column) for column in columns]
    cells = islice((cell for column in different for cell in column if "," in cell or "." in cell), LOOKED_AT)
    certain, doubtful = {True: 0, False: 0}, {",": "", ".": ""}
    money = 0
    for cell in cells:
        point, comma = number(cell, False), number(cell, True)
        if np.isnan(point) != np.isnan(comma):
            certain[bool(np.isnan(point))] += 1
        elif point != comma and not np.isnan(point):
            sign = "," if "," in cell else "."
            if _MONEY.search(cell):  # two decimals, rarely three
                certain[sign == "."] += 1
                money += 1
            doubtful[sign] = doubtful[sign] or cell
    example = doubtful[","] or doubtful["."]
    if certain[True] != certain[False]:
        unusual = doubtful[","] if delimiter in EUROPEAN else doubtful["."] if delimiter != ";" else ""
        return "," if certain[True] > certain[False] else ".", unusual if money == sum(certain.values()) else ""
    if certain[True]:
        return "," if delimiter in EUROPEAN else ".", example
    if doubtful[","] and doubtful["."]:
        return "," if delimiter in EUROPEAN else ".", example
    grouped = _groups(different, "," if doubtful[","] else ".", delimiter) if example else False
    comma = bool(doubtful[","]) != grouped if example else False
    usual = not doubtful[","] and not comma and delimiter != ";"  # a point and three digits
    return "," if comma else ".", "" if usual else example


def _groups(columns: Sequence[Iterable[str]], sign: str, delimiter: str) -> bool:
    """Whether ``sign`` groups thousands in cells that are all ambiguous.

    Beside 1,234 a cell 950 is evidence for it; 1234 or 12345 in any column is evidence against it.
    """
    long = False
    for column in columns:
        plain = [abs(number(cell, False)) for cell in column if not {",", ".", *SPACES} & {*cell}]
        whole = [value for value in plain if value == value]
        if any(sign in cell and not np.isnan(number(cell, sign == ",")) for cell in column):
            if any(value >= 1000 for value in whole):
                return False
            if whole and median(whole) >= 100 and (sign == "," or delimiter == ";"):
                return True
        long = long or any(value >= 10_000 for value in whole)
    return sign == "," and not long and delimiter not in EUROPEAN


def truths(texts: Sequence[str], numbers: np.ndarray, gaps: np.ndarray) -> np.ndarray | None:
    """Convert a column of yes and no, true and false or the like to 1 and 0, NaN for missing values; None for other
    columns.
    """
    is_word = np.isnan(numbers) & ~gaps
    words: set[str] = set()
    for text, word in zip(texts, is_word, strict=True):
        if word:
            words.add(text.lower())
            if len(words) > 2:
                return None
    values = {value for value in numbers[~gaps].tolist() if value == value}
    if not words or not values <= {0.0, 1.0}:
        return None
    for pair in BOOLEANS:
        if words <= {*pair} and (len(pair[1]) > 1 or len(words) == 2):
            value_of = {pair[0]: 0.0, pair[1]: 1.0}
            cells = zip(texts, numbers, is_word, strict=True)
            return np.array([value_of[text.lower()] if word else value for text, value, word in cells])
    return None
