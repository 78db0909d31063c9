"""Everything that the page says, found where it is written: what a catalogue of translations has to have."""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from pydantic import BaseModel

import dnn
from dnn.activations import ACTIVATIONS
from dnn.analysis.textbook import TRAININGS
from dnn.data.table.row_shape import DELIMITERS
from dnn.datasets import DATASETS
from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec
from dnn.experiment.presets import PRESETS
from dnn.export import EXPORTS
from dnn.export.beside_reference import PARTS as PARTS_OF_SCRIPT
from dnn.initializers import BIAS_INITIALIZERS, INITIALIZERS
from dnn.lessons import LESSONS, Step
from dnn.lessons.class_hours import CLASS_HOURS
from dnn.lessons.glossary import GLOSSARY, TOPICS
from dnn.lessons.sheets import SHEETS
from dnn.lessons.tutorials import COURSE, TUTORIALS
from dnn.losses import LOSSES
from dnn.mistakes import MISTAKES
from dnn.mistakes.shapes import BREAKS
from dnn.optimizers import OPTIMIZERS
from dnn.plots.cost_chart import SAID, VIEWS
from dnn.plots.plane_figure import PARTS
from dnn.schedules import SCHEDULES
from dnn.ui.controls import components, data, groups, training
from dnn.ui.live.i18n import keys, texts
from dnn.ui.live.marks import SETTINGS
from dnn.ui.own_data import import_table
from dnn.ui.panel.component import STEP, TOUR
from dnn.ui.toolbar import class_link, transport
from dnn.ui.toolbar import export as export_menu
from dnn.ui.views.glossary import ALTERNATIVES
from dnn.ui.visitor import class_plan
from tests.ui.page import FOLDS

PACKAGE = Path(dnn.__file__).parent
NOTEBOOK = PACKAGE / "ui" / "notebook" / "static"
KEYWORDS = {"tr": None, "Message": None, "say": None, "explained": None}


@cache
def messages() -> frozenset[str]:
    """The English texts; numbers and signs are the same in every language."""
    parts = (
        _marked,
        _lessons,
        _script,
        _teacher,
        _glossary,
        _mistakes,
        _textbook,
        _formulas,
        _panel,
        _kinds,
        _settings,
        _tables,
    )
    found = itertools.chain.from_iterable(part() for part in parts)
    return frozenset(text for text in found if any(letter.isalpha() for letter in text))


def _marked() -> Iterator[str]:
    """What stands in ``tr("…")``, ``Message("…")`` and what else hands its text on to ``tr``."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


def _lessons() -> Iterator[str]:
    yield from (*TUTORIALS.values(), COURSE)
    for lesson in LESSONS.values():
        yield from (lesson.title, lesson.summary, *lesson.learnt)
        if asked := lesson.recall:
            yield from (asked.question, *asked.choices, asked.why)
        for step in lesson.steps:
            yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    yield from (step.title, step.text.strip())
    for equation in step.equations:
        yield from (equation.title, *(symbol.meaning for symbol in equation.symbols))
        yield from re.findall(r"\\text\{\s*(.*?)\s*\}", equation.latex)
    if asked := step.prediction:
        yield from (asked.question, *asked.choices, asked.why, asked.measure.name)
    if goal := step.checkpoint:
        yield from (goal.task, goal.why, *(condition.measure.name for condition in goal.conditions))
    for setting in step.settings:
        yield from (setting.label, *(option.label for option in setting.options))
    if step.project:
        yield from (line.title for line in step.project.rubric)
    if step.mystery:
        yield from (symptom.title for symptom in step.mystery.symptoms)


def _script() -> Iterator[str]:
    """What is said of the parts of an exported script."""
    for part in PARTS_OF_SCRIPT:
        yield from (part.title, part.remark, *(line.remark for line in part.lines))


def _teacher() -> Iterator[str]:
    for sheet in SHEETS.values():
        yield from (*sheet.aims, sheet.further)
        for each in sheet.misunderstandings:
            yield from (each.belief, each.truth)
    for hour in CLASS_HOURS:
        yield from (hour.title, hour.question)
        for activity in hour.activities:
            yield from (activity.task, activity.finding)


def _glossary() -> Iterator[str]:
    yield from TOPICS
    for term in GLOSSARY:
        yield from (term.title, term.forms, term.meaning, *_words_of(term.formula))
    yield from ALTERNATIVES.values()


def _mistakes() -> Iterator[str]:
    for mistake in MISTAKES.values():
        yield from (mistake.title, mistake.wrong, *mistake.symptoms, mistake.why)
        yield mistake.setting.experiment.data.dataset.label
    yield from (each.title for each in BREAKS.values())


def _textbook() -> Iterator[str]:
    for each in TRAININGS:
        yield from (each.title, each.text)


def _formulas() -> Iterator[str]:
    """The words in the formulas of all kinds."""
    tables: tuple[Mapping[str, Any], ...] = (ACTIVATIONS, LOSSES, OPTIMIZERS, INITIALIZERS, SCHEDULES)
    for kind in (kind for table in tables for kind in table.values()):
        for formula in (kind.formula, getattr(kind, "slope_formula", "")):
            yield from _words_of(formula)


def _words_of(formula: str) -> list[str]:
    return re.findall(r"\\text\{\s*(.*?)\s*\}", formula)


def _panel() -> Iterator[str]:
    """What the scripts of the panel and the notebook say, the first steps, the views of the chart, and the marks."""
    yield from keys()
    yield from texts(sorted(NOTEBOOK.glob("*.js")))
    yield from (said for name, said in TOUR.items() if name != "steps")
    yield from (step[part] for step in TOUR["steps"] for part in STEP)
    yield from (view[part] for view in VIEWS.values() for part in SAID if part in view)
    yield from (part for part, *_ in PARTS)
    yield from SETTINGS
    yield from (kind.label for table in (OPTIMIZERS, SCHEDULES) for kind in table.values())


def _kinds() -> Iterator[str]:
    """Data sets, activations and the like: their names, what they are for, and their parameters."""
    for table in (DATASETS, ACTIVATIONS, INITIALIZERS, BIAS_INITIALIZERS, OPTIMIZERS, SCHEDULES, LOSSES):
        for kind in table.values():
            yield kind.label
            yield from _fields(kind)
    for dataset in DATASETS.values():
        yield dataset.sentence()


def _settings() -> Iterator[str]:
    """What the settings are called, as a widget or a sentence about a mistake has it, and what they mean."""
    for model in (Experiment, DataSpec, NetworkSpec, TrainingSpec):
        for field, info in model.model_fields.items():
            if info.description:
                yield from (field.replace("_", " ").capitalize(), info.description)
    yield from (
        "Feature",
        "Experiment",
        "Version",
        "Kept",
        "Shelf",
        "Comparison",
        "Sweep",
        "Experiments",
        "Runs",
        "Lang",
        "Lesson",
        "Term",
        "Sheet",
        "Show",
        "Lock",
    )  # of sentences about mistakes
    for fold in groups.GROUPS:
        yield fold.capitalize()


def _fields(model: type[BaseModel]) -> Iterator[str]:
    for field, info in model.model_fields.items():
        if info.description:
            yield components.parameter_label(field)
            yield info.description


def _tables() -> Iterator[str]:
    """The tables of names that the page's widgets offer."""
    for key, does in transport.KEYS:
        yield from (key, does)
    for preset in PRESETS.values():
        yield from (preset.title, preset.sentence)
    for export in EXPORTS.values():
        yield from (export.label, export.help)
    for group, controls in class_plan.CONTROLS.items():
        yield from (group, *controls.values())
    yield from (*export_menu.GROUPS, *(name for _figure, name, _formats in export_menu.FIGURES))
    for names in (
        class_link.WHICH,
        import_table.WHAT,
        import_table.HOW,
        import_table.SIGNS,
        data.WEIGHTS,
        data.STANDARDIZE,
        training.PRECISIONS,
    ):
        yield from names.values()
    yield from (*FOLDS, *DELIMITERS.values())
