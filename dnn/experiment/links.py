"""Convert an experiment to the query of a web address and back: ``?layers=8-8&activation=relu&learning_rate=0.1``.

Each parameter of the query, such as ``learning_rate=0.1``, is called a word. Only values that differ from the default
are written. A component's parameters follow its word after a dot, ``activation.slope=0.1``. A layer's parameters follow
its number, ``activation=tanh-leaky_relu&activation.2.slope=0.1``. Reading never raises: a word that cannot be read
keeps its default and is reported, because links are typed by hand or come from other versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from dnn.components import Component
from dnn.data.dataset import LONGEST_TEXT
from dnn.errors import InvalidSetting, Problem, UnknownSetting, shown
from dnn.experiment import Experiment
from dnn.messages import Message

# word in the link: its path in the experiment; a word comes after those that it depends on
WORDS: dict[str, tuple[str, ...]] = {
    "data": ("data", "dataset"),
    "samples": ("data", "samples"),
    "class_balance": ("data", "class_balance"),
    "label_noise": ("data", "label_noise"),
    "test_share": ("data", "test_share"),
    "validation_share": ("data", "validation_share"),
    "standardize": ("data", "standardize"),
    "standardize_target": ("data", "standardize_target"),
    "features": ("data", "features"),
    "weights": ("data", "weights"),
    "layers": ("network", "hidden_layer_sizes"),
    "activation": ("network", "activation"),
    "initializer": ("network", "initializer"),
    "bias_initializer": ("network", "bias_initializer"),
    "loss": ("training", "loss"),
    "optimizer": ("training", "optimizer"),
    "learning_rate": ("training", "learning_rate"),
    "schedule": ("training", "schedule"),
    "batch_size": ("training", "batch_size"),
    "l1": ("training", "l1"),
    "l2": ("training", "l2"),
    "dropout": ("training", "dropout"),
    "clip_norm": ("training", "clip_norm"),
    "patience": ("training", "patience"),
    "min_improvement": ("training", "min_improvement"),
    "dtype": ("training", "dtype"),
    "seed": ("seed",),
    "draw": ("draw",),
}
ELSEWHERE = "file"  # replaces a data set with too many rows for a link
LINK = Message("this link")
MAY_BE_NONE = ("loss", "batch_size", "clip_norm", "patience")
# separator of the values of one word; a dash occurs in 1e-05
BETWEEN = {"features": ",", "layers": "-", "activation": "-", "dropout": "~"}
BETWEEN_NAMES = "~"  # the same for the names of columns and classes
LONGEST, LONGEST_ROWS = 1000, LONGEST_TEXT  # characters of one value; this module never writes longer ones


def needs_file(experiment: Experiment) -> bool:
    """Whether custom data are too large for a link; the link then holds only the other settings."""
    return not experiment.data.dataset.fits_link


def to_query(experiment: Experiment) -> dict[str, str]:
    """Return the words for ``experiment`` in the order of ``WORDS``; ``data=file`` if it :func:`needs_file`."""
    query: dict[str, str] = {}
    usual = Experiment()
    for word, path in WORDS.items():
        if word == "data" and needs_file(experiment):
            query[word] = ELSEWHERE
        else:
            query |= _words(word, _at(experiment, path), _at(usual, path))
    return query


def link(experiment: Experiment, address: str) -> str:
    """Return the web address of ``experiment`` for the page at ``address``."""
    address = address if urlsplit(address).path else f"{address}/"
    query = urlencode(to_query(experiment))
    return f"{address}?{query}" if query else address


def from_query(query: Mapping[str, str]) -> tuple[Experiment, tuple[Problem, ...]]:
    """Return the experiment in ``query`` and a :class:`Problem` for each word that cannot be read."""
    experiment, problems = Experiment(), list[Problem]()
    for word in sorted(query, key=_turn):
        head, *place = word.split(".")
        longest = LONGEST_ROWS if place == ["rows"] else LONGEST
        if head not in WORDS:
            problems.append(UnknownSetting.of(word, query[word], LINK, WORDS))
            continue
        if len(query[word]) > longest:
            allowed = Message("it must be {count} characters or fewer", count=longest)
            problems.append(Problem(shown(word).strip("'"), shown(query[word]), allowed))
            continue
        try:
            experiment = _with(experiment, head, place, query[word])
        except InvalidSetting as error:
            problems += error.problems
    return experiment, tuple(problems)


def _turn(word: str) -> tuple[int, int]:
    """Sort key of a word: components precede their parameters, and layers precede lists with one value per layer."""
    order = list(WORDS)
    head = word.partition(".")[0]
    return word.count("."), order.index(head) if head in WORDS else 0


def _words(word: str, value: object, usual: object) -> dict[str, str]:
    """Return the words for the differences between ``value`` and the default ``usual``."""
    if value == usual:
        return {}
    if isinstance(value, Component):
        same = type(value) is type(usual)
        words, base = {} if same else {word: value.kind}, usual if same else type(value)(kind=value.kind)
        for name in type(value).model_fields:
            words |= {} if name == "kind" else _words(f"{word}.{name}", getattr(value, name), getattr(base, name))
        return words
    if isinstance(value, tuple) and value and isinstance(value[0], Component):
        words = {word: BETWEEN[word].join(each.kind for each in value)}
        for place, each in enumerate(value, start=1):
            words |= _words(f"{word}.{place}", each, type(each)(kind=each.kind))
        return words
    if isinstance(value, tuple):
        return {word: BETWEEN.get(word, BETWEEN_NAMES).join(map(_text, value)) or "none"}
    return {word: _text(value)}


def _with(experiment: Experiment, head: str, place: list[str], text: str) -> Experiment:
    plain, path = experiment.model_dump(mode="json"), WORDS[head]
    *way, last = (*path, *place)
    section: Any = plain
    for name in way:
        section = _child(section, name)
    if (head, text) == ("data", ELSEWHERE):
        allowed = Message("the data were too many for a link, so open the file of this experiment")
        raise InvalidSetting([Problem("data", Message("a link without its points"), allowed)])
    if not isinstance(section, dict) or last not in section or (place and last == "kind"):
        raise InvalidSetting([_unknown(section, shown(".".join([head, *place[:-1]])).strip("'"), last, text)])
    section[last] = text if place else _split_values(head, text)
    return Experiment.model_validate(plain)


def _unknown(section: Any, owner: str, name: str, text: str) -> Problem:
    """Return the problem of a word whose last part, ``name``, is not a field of ``section``."""
    if isinstance(section, list):
        return UnknownSetting.of(name, text, owner, [str(place) for place in range(1, len(section) + 1)])
    fields = section if isinstance(section, dict) else {}
    return UnknownSetting.of(name, text, fields.get("kind", owner), [field for field in fields if field != "kind"])


def _child(section: Any, name: str) -> Any:
    """Return the value called ``name``: a field, or a layer by its number; None if there is none."""
    if isinstance(section, dict):
        return section.get(name)
    if isinstance(section, list) and name.isdecimal() and 1 <= int(name[:4]) <= len(section):
        return section[int(name[:4]) - 1]
    return None


def _split_values(word: str, text: str) -> object:
    if text == "none" and word in BETWEEN:
        return []
    if text == "none" and word in MAY_BE_NONE:
        return None
    parts = text.split(BETWEEN[word]) if word in BETWEEN else [text]
    return parts if len(parts) > 1 or word in ("features", "layers") else text


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = getattr(value, name)
    return value


def _text(value: object) -> str:
    return "full" if value is None else f"{value!r}" if isinstance(value, float) else str(value)
