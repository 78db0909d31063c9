"""Two to six experiments to compare, as one value, with its link and its file.

The link holds the first experiment as any link does, and of the others what differs, after their number:
``?data=spiral&learning_rate=0.1&2.learning_rate=0.3&3.activation=relu``. A word with a number replaces that word of the
first, and its parameters. Reading never raises, as in ``dnn.experiment.links``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator

from dnn.components import Component, Document
from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment.documents import text_of
from dnn.experiment.experiment import Experiment
from dnn.experiment.links import WORDS, from_query, needs_file, to_query
from dnn.messages import Message

FEWEST, MOST = 2, 6  # experiments beside one another
RUNS = "runs"  # word of the number of experiments, which the last ones need if they equal the first
EXPECTED = Message("it must be the JSON of a comparison, as Download gives it")


class Comparison(Document):
    """Experiments that are trained in step. The first is the base from which the link writes the differences."""

    version: Literal[1] = 1
    experiments: tuple[Experiment, ...] = Field(default=(), validate_default=True)

    @field_validator("experiments", mode="before")
    @classmethod
    def _valid_experiments(cls, value: Any) -> tuple[Experiment, ...]:
        """Check each experiment by itself, so that its own problems are reported."""
        if not isinstance(value, list | tuple) or not FEWEST <= len(value) <= MOST:
            text = Message("{count} of them", count=len(value)) if isinstance(value, list | tuple) else shown(value)
            allowed = Message("it must be a list of {low} to {high} experiments", low=FEWEST, high=MOST)
            raise InvalidSetting([Problem("experiments", text, allowed)])
        return tuple(each if isinstance(each, Experiment) else Experiment.model_validate(each) for each in value)

    @property
    def needs_file(self) -> bool:
        """Whether one of the experiments has custom data that are too large for a link."""
        return any(needs_file(experiment) for experiment in self.experiments)


def read(document: bytes | str) -> Comparison:
    """Return the comparison in a file's bytes or a pasted text; raises InvalidSetting with a message."""
    comparison = Comparison.model_validate_json(text_of(document, "comparison", EXPECTED))
    for experiment in comparison.experiments:
        experiment.make_data()  # a formula may be undefined at one of the points
    return comparison


def comparison_to_query(comparison: Comparison) -> dict[str, str]:
    """Return the words of the base, then for each other experiment the words that differ, with its number."""
    base, *others = (to_query(experiment) for experiment in comparison.experiments)
    query = dict(base)
    if comparison.experiments[-1] == comparison.experiments[0]:
        query[RUNS] = str(len(comparison.experiments))
    for number, words in enumerate(others, start=2):
        for head in WORDS:
            of_base, of_words = _of_head(base, head), _of_head(words, head)
            if of_words == of_base:
                continue
            usual = {head: _default_text(head)}
            query |= {f"{number}.{word}": text for word, text in (of_words or usual).items()}
    return query


def comparison_from_query(query: Mapping[str, str]) -> tuple[Comparison | None, tuple[Problem, ...]]:
    """Return the comparison in ``query``, and a Problem for each word that cannot be read.

    It is None if there are fewer than two experiments.
    """
    problems: list[Problem] = []
    words_of_run: dict[int, dict[str, str]] = {}
    base = {}
    for word, text in query.items():
        place, _, rest = word.partition(".")
        if not place.isdecimal():
            base[word] = text
        elif rest and len(place) == 1 and FEWEST <= int(place) <= MOST:
            words_of_run.setdefault(int(place), {})[rest] = text
        else:
            allowed = Message("the compared runs have the numbers {first} to {last}", first=FEWEST, last=MOST)
            problems.append(Problem(shown(word).strip("'"), shown(text), allowed))
    count = max([_count(base.pop(RUNS, ""), problems), *words_of_run])
    first, found = from_query(base)
    problems += found
    experiments = [first]
    for number in range(2, count + 1):
        words = words_of_run.get(number, {})
        heads = {word.partition(".")[0] for word in words}
        kept = {word: text for word, text in base.items() if word.partition(".")[0] not in heads}
        experiment, found = from_query(kept | words)
        problems += (problem for problem in found if problem not in problems)
        experiments.append(experiment)
    comparison = Comparison(experiments=tuple(experiments)) if count >= FEWEST else None
    return comparison, tuple(problems)


def _count(text: str, problems: list[Problem]) -> int:
    if text in map(str, range(FEWEST, MOST + 1)):
        return int(text)
    if text:
        allowed = Message("it must be a whole number from {low} to {high}", low=FEWEST, high=MOST)
        problems.append(Problem(RUNS, shown(text), allowed))
    return 1


def _of_head(words: Mapping[str, str], head: str) -> dict[str, str]:
    """Return the word ``head`` and those of its parameters."""
    return {word: text for word, text in words.items() if word.partition(".")[0] == head}


def _default_text(head: str) -> str:
    """Return the text of a word for its default, which a link of one experiment leaves out."""
    value: Any = Experiment()
    for name in WORDS[head]:
        value = getattr(value, name)
    if isinstance(value, Component):
        return value.kind
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or "none"
    return "none" if value is None else f"{value!r}" if isinstance(value, float) else str(value)
