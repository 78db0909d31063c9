"""The window of the map in the address: ``?map=relu&epochs=200&draw=1&rates=0.1..1.0&scales=0.5..2.0``.

Only what differs from the whole map of tanh is written. What cannot be read keeps its default and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.sweeps.trainability import MAPS, TrainabilityMap

FIRST = "tanh"  # the map that is shown first
ENDS = {"rates": "learning_rates", "scales": "scales"}  # words, and the fields with two ends that they stand for
WORDS = ("map", "epochs", "draw", *ENDS)
NUMBER = r"(\d+\.?\d*(?:e[+-]?\d+)?)"
BETWEEN = re.compile(rf"{NUMBER}\.\.{NUMBER}", re.ASCII)


def name_of(window: TrainabilityMap) -> str:
    """The map that a window is of."""
    return next(name for name, each in MAPS.items() if each.base.network == window.base.network)


def to_query(window: TrainabilityMap) -> dict[str, str]:
    """The words of the address for a window."""
    name = name_of(window)
    values = {"map": name, "epochs": str(window.epochs), "draw": str(window.base.draw)}
    usual = {"map": FIRST, "epochs": str(MAPS[name].epochs), "draw": str(MAPS[name].base.draw)}
    words = {word: value for word, value in values.items() if value != usual[word]}
    for word, field in ENDS.items():
        if (ends := getattr(window, field)) != getattr(MAPS[name], field):
            words[word] = f"{ends[0]!r}..{ends[1]!r}"
    return words


def from_query(query: Mapping[str, str]) -> tuple[tuple[TrainabilityMap, ...], tuple[Problem, ...]]:
    """The whole map and the window of an address, one if they are the same; and a problem for each invalid word."""
    problems: list[Problem] = []
    name = query.get("map", FIRST)
    if name not in MAPS:
        problems.append(Problem("map", shown(name), Message("choose one of {names}", names=", ".join(MAPS))))
        name = FIRST
    whole = MAPS[name]
    for word in ("epochs", "draw"):
        if word in query:
            whole = _with(whole, word, query[word], problems)
    window = whole
    for word in ENDS:
        if word in query:
            window = _with(window, word, query[word], problems)
    return ((whole,) if window == whole else (whole, window)), tuple(problems)


def _with(window: TrainabilityMap, word: str, text: str, problems: list[Problem]) -> TrainabilityMap:
    """The window with the value of a word; as it is, with one problem more, if that cannot be read."""
    try:
        if word == "draw":
            base = Experiment.of(**(window.base.model_dump() | {"draw": text}))
            return window.model_copy(update={"base": base})
        value = tuple(_ends(word, text)) if word in ENDS else text
        fields = {field: getattr(window, field) for field in TrainabilityMap.model_fields}
        return TrainabilityMap(**(fields | {ENDS.get(word, word): value}))
    except InvalidSetting as error:
        problems.extend(Problem(word, shown(text), problem.allowed) for problem in error.problems[:1])
        return window


def _ends(word: str, text: str) -> Iterator[float]:
    found = BETWEEN.fullmatch(text)
    if found is None:
        raise InvalidSetting([Problem(word, shown(text), Message("it must be two numbers, like 0.1..1"))])
    yield from map(float, found.groups())
