"""An experiment as the words of a web address, and back: ``?layers=8-8&activation=relu&learning_rate=0.1``.

Only what differs from the default is written. Reading never fails: what cannot be read keeps its default and is
reported, because a link comes from another person, another version or a slip of the keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment import Experiment
from dnn.kinds import problems_of

# word in the link: where it stands in the experiment
WORDS: dict[str, tuple[str, ...]] = {
    "data": ("data", "dataset"),
    "samples": ("data", "samples"),
    "test_share": ("data", "test_share"),
    "layers": ("network", "hidden_layer_sizes"),
    "activation": ("network", "activation"),
    "initializer": ("network", "initializer"),
    "loss": ("training", "loss"),
    "optimizer": ("training", "optimizer"),
    "learning_rate": ("training", "learning_rate"),
    "batch_size": ("training", "batch_size"),
    "l2": ("training", "l2"),
    "dtype": ("training", "dtype"),
    "seed": ("seed",),
    "draw": ("draw",),
}
LONGEST = 200  # characters of one value; nothing that this module writes comes near


def to_query(experiment: Experiment) -> dict[str, str]:
    """The words for ``experiment``, in the order of ``WORDS``; a kind's own parameters as ``activation.slope``."""
    given, default = experiment.model_dump(mode="json"), Experiment().model_dump(mode="json")
    query: dict[str, str] = {}
    for word, path in WORDS.items():
        value, usual = _at(given, path), _at(default, path)
        if isinstance(value, dict):
            fresh = type(_at(experiment, path))().model_dump(mode="json")
            if value["kind"] != (usual or {}).get("kind"):
                query[word] = value["kind"]
            elif isinstance(usual, dict):
                fresh = usual
            query |= {f"{word}.{name}": _text(each) for name, each in value.items() if each != fresh[name]}
        elif value != usual:
            query[word] = _text(value)
    return query


def from_query(query: Mapping[str, str]) -> tuple[Experiment, tuple[Problem, ...]]:
    """The experiment that ``query`` describes, and a :class:`Problem` for each word that could not be read."""
    experiment, problems = Experiment(), []
    for word in sorted(query, key=lambda word: "." in word):  # a kind before its parameters
        head, _, parameter = word.partition(".")
        if head not in WORDS or len(query[word]) > LONGEST:
            allowed = f"it must be {LONGEST} characters or fewer" if head in WORDS else "there is no such setting"
            problems.append(Problem(shown(word).strip("'"), shown(query[word]), allowed))
            continue
        try:
            experiment = _with(experiment, WORDS[head], parameter, query[word])
        except InvalidSetting as error:
            problems += error.problems
    return experiment, tuple(problems)


def _with(experiment: Experiment, path: tuple[str, ...], parameter: str, text: str) -> Experiment:
    plain = experiment.model_dump(mode="json")
    section, last = _at(plain, path[:-1]), path[-1]
    if parameter:
        if not isinstance(section[last], dict) or parameter not in section[last]:
            name = shown(f"{last}.{parameter}").strip("'")
            raise InvalidSetting([Problem(name, shown(text), "there is no such setting")])
        section[last][parameter] = text
    else:
        section[last] = ([] if text == "none" else text.split("-")) if last == "hidden_layer_sizes" else text
    try:
        return Experiment.model_validate(plain)
    except ValidationError as error:
        raise InvalidSetting(problems_of(error, Experiment)) from None


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value[name] if isinstance(value, dict) else getattr(value, name)
    return value


def _text(value: object) -> str:
    if isinstance(value, list):
        return "-".join(map(str, value)) or "none"
    return "full" if value is None else f"{value!r}" if isinstance(value, float) else str(value)
