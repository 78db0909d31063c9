"""Everything that the page says, found where it is written: what a catalogue of translations has to have."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

import dnn
from dnn.activations import ACTIVATIONS
from dnn.analysis.textbook import TRAININGS
from dnn.lessons import LESSONS, Step
from dnn.lessons.glossary import GLOSSARY
from dnn.losses import LOSSES
from dnn.mistakes import MISTAKES
from dnn.optimizers import OPTIMIZERS
from dnn.plots.boundary import PARTS

PACKAGE = Path(dnn.__file__).parent
KEYWORDS = {"tr": None, "Sentence": None, "say": None, "explained": None}


def messages() -> set[str]:
    """The English texts; numbers and signs are the same in every language."""
    found = (*_marked(), *_lessons(), *_glossary(), *_mistakes(), *_textbook(), *_formulas(), *_parts())
    return {text for text in found if any(letter.isalpha() for letter in text)}


def _marked() -> Iterator[str]:
    """What stands in ``tr("…")``, ``Sentence("…")`` and what else hands its text on to ``tr``."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


def _lessons() -> Iterator[str]:
    for lesson in LESSONS.values():
        yield from (lesson.title, lesson.summary)
        for step in lesson.steps:
            yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    yield from (step.title, step.text.strip())
    if asked := step.prediction:
        yield from (asked.question, *asked.choices, asked.why, asked.measure.name)
    if goal := step.checkpoint:
        yield from (goal.task, *(condition.measure.name for condition in goal.conditions))
    for setting in step.settings:
        yield from (setting.label, *(option.label for option in setting.options))


def _glossary() -> Iterator[str]:
    for word in GLOSSARY:
        yield from (word.forms, word.meaning)


def _mistakes() -> Iterator[str]:
    for mistake in MISTAKES.values():
        yield from (mistake.title, mistake.wrong, *mistake.symptoms, mistake.why)
        yield mistake.setting.experiment.data.dataset.label


def _textbook() -> Iterator[str]:
    for training in TRAININGS:
        yield from (training.title, training.text)


def _formulas() -> Iterator[str]:
    """The words in the formulas of activations, losses and optimisers."""
    for kind in (*ACTIVATIONS.values(), *LOSSES.values(), *OPTIMIZERS.values()):
        for formula in (kind.formula, getattr(kind, "slope_formula", "")):
            yield from re.findall(r"\\text\{\s*(.*?)\s*\}", formula)


def _parts() -> Iterator[str]:
    """Of the examples: train and test."""
    yield from (part for part, *_ in PARTS)
