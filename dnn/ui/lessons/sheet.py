"""The teacher's sheet of a lesson, on one page: aims, questions with answers, goals, and common misunderstandings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from dnn.lessons import LESSONS, Lesson, Step
from dnn.lessons.lesson import answer
from dnn.lessons.sheets import Misunderstanding, Sheet
from dnn.messages import Message
from dnn.mistakes import MISTAKES
from dnn.ui.lessons.questions import choice, measured
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import mark_terms

PRINT_STYLE = Path(__file__).with_suffix(".css")


def draw(sheet: Sheet) -> None:
    """The whole sheet. Its answers are found by running the lesson's steps, which takes some seconds the first time."""
    lesson = LESSONS[sheet.lesson]
    st.html(PRINT_STYLE)
    with st.container(key="sheet", gap="xsmall"):
        st.header(f"{list(LESSONS).index(lesson.id) + 1}. {tr(lesson.title)}", anchor=False)
        about = Message("{minutes} minutes, {steps} steps. {summary}", minutes=sheet.minutes, steps=len(lesson.steps),
            summary=lesson.summary)  # fmt: skip
        st.caption(tr(about))
        with st.spinner(tr("The steps are run to find the answers."), show_time=True):
            text = sheet_markdown(sheet, lesson)
        st.markdown(mark_terms(text), unsafe_allow_html=True)


def sheet_markdown(sheet: Sheet, lesson: Lesson) -> str:
    """The text below the title, in the visitor's language."""
    sections = {
        tr("Aims"): [tr(aim) for aim in sheet.aims],
        tr("Questions and answers"): list(_questions(lesson)),
        tr("What to try"): [*_tries(lesson), tr(sheet.further)],
        tr("Common misunderstandings"): [_misunderstanding(each) for each in sheet.misunderstandings],
    }
    return "\n\n".join(
        f"### {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections.items()
    )


def _questions(lesson: Lesson) -> Iterator[str]:
    """Every question of the lesson, its right answer, the number that decides, and the reason."""
    for number, step in enumerate(lesson.steps, start=1):
        if asked := step.prediction:
            right, value = answer(step)
            found = tr(measured(asked.measure, asked.measure.written(value), step.epochs))
            said = f"{tr(asked.question)} → **{choice(asked, right)}** · {found.replace('**', '')} {tr(asked.why)}"
            yield f"{_name(number, step)} · {said}"
        if asked_for := step.mystery:
            found_mistake = MISTAKES[asked_for.mistake]
            yield f"{_name(number, step)} → **{tr(found_mistake.title)}** · {tr(found_mistake.why)}"


def _tries(lesson: Lesson) -> Iterator[str]:
    """The goals to reach, how they are reached, and the settings of other steps that can be changed."""
    for number, step in enumerate(lesson.steps, start=1):
        if goal := step.checkpoint:
            yield f"{_name(number, step)} · {tr(goal.task)} → {tr(goal.why)}"
        elif step.project and step.project.rubric:
            yield f"{_name(number, step)} · " + "; ".join(tr(line.title) for line in step.project.rubric)
        else:
            for setting in step.settings:
                options = ", ".join(tr(option.label) for option in setting.options)
                yield f"{_name(number, step)} · {tr(setting.label)}: {options}"


def _misunderstanding(each: Misunderstanding) -> str:
    step = tr(Message("step {number}", number=each.step))
    return f"“{tr(each.belief)}” {tr(each.truth)} · {step}"


def _name(number: int, step: Step) -> str:
    return f"**{number}. {tr(step.title)}**"
