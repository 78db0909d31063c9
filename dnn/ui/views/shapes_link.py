"""What the shape clinic shows, and its address: ``?sizes=2-4-1&m=5&new=3&layout=columns&break=wrong_axis``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dnn.errors import Problem, shown
from dnn.messages import Message
from dnn.mistakes.shapes import BREAKS, LAYOUTS, Examination, Layout, examine
from dnn.ui.limits import MOST_LAYERS, WIDEST

MOST_EXAMPLES = 500  # of the clinic, in which every shape is computed
COUNTS = Message("it must be a whole number from 1 to {most}", most=MOST_EXAMPLES)
WORDS = ("sizes", "m", "new", "layout", "break")


@dataclass(frozen=True)
class Clinic:
    """Layers of ``sizes`` (inputs, …, outputs), m examples and ``new`` ones, and the break, if any."""

    sizes: tuple[int, ...] = (2, 4, 1)
    m: int = 5
    new: int = 3
    layout: Layout = "rows"
    broken: str | None = None

    def examine(self) -> Examination:
        """Return the examination of one step with these settings."""
        return examine(self.sizes, self.m, layout=self.layout, broken=self.broken, new=self.new)


def breaks_of(layout: Layout) -> tuple[str, ...]:
    """The breaks that there are in a layout."""
    return tuple(name for name, each in BREAKS.items() if layout in each.formulas)


def to_query(clinic: Clinic) -> dict[str, str]:
    """The words of the address; what is as usual is left out."""
    usual, words = Clinic(), {}
    if clinic.sizes != usual.sizes:
        words["sizes"] = "-".join(map(str, clinic.sizes))
    for word, value, default in (
        ("m", clinic.m, usual.m),
        ("new", clinic.new, usual.new),
        ("layout", clinic.layout, usual.layout),
        ("break", clinic.broken, usual.broken),
    ):
        if value != default:
            words[word] = str(value)
    return words


def from_query(query: Mapping[str, str]) -> tuple[Clinic, tuple[Problem, ...]]:
    """What an address asks for, and a problem for each word that cannot be read."""
    clinic, problems = Clinic(), []
    for word in WORDS:
        text = query.get(word)
        if text is None:
            continue
        changed, allowed = _READERS[word](clinic, text)
        if changed is None:
            problems.append(Problem(word, shown(text), allowed))
        else:
            clinic = changed
    return clinic, tuple(problems)


def _sizes(clinic: Clinic, text: str) -> tuple[Clinic | None, Message]:
    sizes = tuple(_whole(part, WIDEST) for part in text.split("-"))
    right = 2 <= len(sizes) <= MOST_LAYERS + 2 and 0 not in sizes
    return replace(clinic, sizes=sizes) if right else None, Message("it must be numbers of units, like 2-4-1")


def _m(clinic: Clinic, text: str) -> tuple[Clinic | None, Message]:
    count = _whole(text, MOST_EXAMPLES)
    return replace(clinic, m=count) if count else None, COUNTS


def _new(clinic: Clinic, text: str) -> tuple[Clinic | None, Message]:
    count = _whole(text, MOST_EXAMPLES)
    return replace(clinic, new=count) if count else None, COUNTS


def _layout(clinic: Clinic, text: str) -> tuple[Clinic | None, Message]:
    found = next((layout for layout in LAYOUTS if layout == text), None)
    return replace(clinic, layout=found) if found else None, Message("choose one of {names}", names=", ".join(LAYOUTS))


def _break(clinic: Clinic, text: str) -> tuple[Clinic | None, Message]:
    names = breaks_of(clinic.layout)
    return replace(clinic, broken=text) if text in names else None, Message(
        "choose one of {names}", names=", ".join(names)
    )


_READERS = {
    "sizes": _sizes,
    "m": _m,
    "new": _new,
    "layout": _layout,
    "break": _break,
}


def _whole(text: str, most: int) -> int:
    """The whole number from 1 to ``most`` that ``text`` is, or 0."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return number if number <= most else 0
