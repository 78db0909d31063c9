"""Files of the page that were opened in another place than theirs: what each is, and where it opens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from dnn.errors import DnnError, Problem
from dnn.messages import Message
from dnn.ui.visitor import store

# for each kind the words that only its files have at their top, what they are, and where they open
KINDS: dict[str, tuple[set[str], Message, Message]] = {
    "experiment": (
        {"data", "network", "training"},
        Message("the file of an experiment"),
        Message("it opens in the playground, under Share"),
    ),
    "shelf": ({"kept"}, Message("the file of a shelf"), Message("it opens on the page Compare, under Shelf")),
    "comparison": (
        {"experiments"},
        Message("the file of a comparison"),
        Message("it opens on the page Compare, under Share"),
    ),
    "results": (
        {"sweep"},
        Message("the results file of a sweep"),
        Message("it opens on the page Sweep, under Open results"),
    ),
    "sweep": ({"base", "axes"}, Message("the file of a sweep"), Message("the command dnn sweep runs it")),
}


def misplaced(document: bytes | str, expected: str) -> Problem | None:
    """Return the problem of a file of another kind than ``expected``; None if it is of that kind or of none."""
    words = _words_at_top(document)
    if KINDS[expected][0] & words:
        return None
    for kind, description, where in KINDS.values():
        if kind & words:
            return Problem(expected, description, where)
    return None


def open_uploaded(uploaded: str, outcome: str, expected: str, use: Callable[[bytes], Any]) -> None:
    """Pass the content of the file in the field ``uploaded`` to ``use``; store under ``outcome`` why it was refused."""
    file = store.value(uploaded)
    store.put({outcome: None})
    if file is None:
        return
    content = file.getvalue()
    try:
        use(content)
    except DnnError as error:
        other = misplaced(content, expected)
        store.put({outcome: other.message if other else error.message})


def _words_at_top(document: bytes | str) -> set[str]:
    """Return the words of the JSON object in a file, or of the one in its first line."""
    text = document if isinstance(document, str) else document.decode("utf-8-sig", "replace")
    return next((set(found) for found in _objects([text.partition("\n")[0], text]) if isinstance(found, dict)), set())


def _objects(texts: Iterable[str]) -> Iterable[Any]:
    for text in texts:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            continue
