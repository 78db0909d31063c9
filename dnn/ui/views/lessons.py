"""The lessons: a list with what is done, and one step at a time with the network learning beside its text."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from dnn.experiment import Experiment
from dnn.experiment.links import to_query
from dnn.lessons import LESSONS, Lesson
from dnn.lessons.drawings import without_parts
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.compare import lesson_pair
from dnn.ui.compare.settings import settings
from dnn.ui.inside import opening
from dnn.ui.lessons import (
    browser,
    closing,
    drawing,
    equations,
    lesson_run,
    location,
    mysteries,
    project,
    published,
    questions,
    script_reading,
    tutorials,
)
from dnn.ui.lessons.location import Location
from dnn.ui.panel.component import DrawOnly, live_panel
from dnn.ui.panel.group import group_panel
from dnn.ui.pupil import membership
from dnn.ui.toolbar import transport
from dnn.ui.views import shapes
from dnn.ui.visitor import address, markdown, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import mark_terms
from dnn.ui.widgets.thumbnails import thumbnail

PANEL = "lesson-panel"


def show(playground: Page, clinic: Page | None = None, more: tuple[Page, ...] = (), inside: Page | None = None) -> None:
    """The list, or the step that the pupil is at.

    An experiment can be taken to ``playground`` and to ``inside``, the page of one step in numbers, where an
    example can be followed on its way; the sizes of its layers to ``clinic``, the page of the shapes.
    The list leads to ``more`` pages.
    """
    here = location.here()
    location.write_address(here)
    for problem in store.value(location.PROBLEMS) or ():
        st.warning(markdown.problem_markdown(problem), icon=":material/link_off:")
    if here is None:
        _list(more)
        browser.draw(shown=False)
    else:
        _step(here, playground, clinic, inside)
    if browser.behind():  # a pupil who leaves now would find it undone another day
        st.rerun()


def _list(more: tuple[Page, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lessons-head"):
        st.header(tr("Lessons"), anchor=False, width="content")
        for page in more:
            st.page_link(page, query_params=address.page_words())
    st.markdown(tr("From one neuron to a deep network: press play, guess, and let the run decide."))
    theme = session.appearance()
    grid = st.grid(min_column_width=300, border=True, key="lessons")
    for number, lesson in enumerate(LESSONS.values(), start=1):
        with grid.cell():
            st.button(
                f"{number}. {tr(lesson.title)}",
                key=f"lesson.{lesson.id}",
                on_click=location.go,
                args=(_first_open(lesson),),
                width="stretch",
                icon=":material/check:" if location.finished(lesson) == len(lesson.steps) else None,
            )
            with st.container(horizontal=True, gap="small", key=f"about-{lesson.id}"):
                st.html(thumbnail(lesson.steps[0].experiment, theme), width="content")
                with st.container(width="stretch", gap="xsmall"):
                    st.markdown(tr(lesson.summary))
                    said = Message("{done} of {all} steps", done=location.finished(lesson), all=len(lesson.steps))
                    st.caption(tr(said))


def _first_open(lesson: Lesson) -> Location:
    """The first step that is not done; the first of all when all are."""
    numbers = range(1, len(lesson.steps) + 1)
    return Location(lesson, next((n for n in numbers if f"{lesson.id}.{n}" not in location.done()), 1))


def _step(here: Location, playground: Page, clinic: Page | None, inside: Page | None) -> None:
    _bar(here, playground)
    text, picture = st.columns([0.31, 0.69], gap="medium")
    reads = here.step.project is not None and here.step.project.does == "read"
    player = None if here.step.mystery or reads else lesson_run.player(here)
    if player:
        session.restore_kept_run(player)
        membership.let_wait(player)
    if player and here.step.only_tells and lesson_run.over(here, player.newest):
        location.finish(here.name)
    pair = False
    with text, st.container(key="lesson-text"):
        closing.recall(here)
        st.subheader(tr(here.step.title), anchor=False)
        answered = questions.judged(here) or (here.step.mystery and here.name in location.done())
        drawn = here.step.drawing and (not here.step.drawing.tells_answer or answered)
        marked = mark_terms(tr(here.step.text.strip()))
        st.markdown(drawing.point_at_parts(marked) if drawn else without_parts(marked), unsafe_allow_html=True)
        tutorials.draw(here)
        if drawn:
            drawing.draw(here.step)
        if here.step.shapes and player:
            shapes.of_network(player.run, clinic, inside)
        if player:
            questions.prediction(here, player.newest)
            lesson_run.way_back(here, player)
            questions.settings(here)
            questions.checkpoint(here, player.newest)
            published.draw(here, player.newest)
            project.controls(here, player)
            if here.step.beside and (lesson_run.over(here, player.newest) or questions.judged(here)):
                pair = lesson_pair.switch(here.name)
        equations.draw(here.step.equations)  # last: a question stays in sight of the text and the drawing
        mysteries.mystery(here)
        closing.learnt(here)
    with picture, st.container(key="lesson-picture", gap="xsmall"):
        if reads:
            script_reading.draw(lesson_run.to_read(here))
        elif player is None:
            mysteries.evidence(here)
        elif pair and here.step.beside:
            _pair(here, here.step.beside)
        else:
            lesson_run.transport(player, ready=questions.ready(here))
            draws = here.step.project is not None and here.step.project.does == "draw"
            pencil = DrawOnly(partial(project.draw, player, PANEL), project.acted()) if draws else None
            panel = live_panel(player.token, key=PANEL, editable=False, opens=questions.opens(here), draws=pencil)
            if inside and opening.go_to(panel.inside, player.run):
                st.switch_page(inside)


def _pair(here: Location, beside: Experiment) -> None:
    """The step's run and the one without what it shows, in step."""
    both = lesson_pair.pair_of(here.step.experiment, beside)
    found = lesson_pair.player(both, epochs=here.step.epochs, speed=lesson_run.speed(here))
    lesson_run.transport(found, ready=True)
    group_panel(
        found,
        settings(both, session.appearance(), opens=False),
        key="lesson-pair",
        script="compare.js",
        styles=("cost.css", "compare.css"),
    )


def _bar(here: Location, playground: Page) -> None:
    """Where one is, and the way on."""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson-bar", gap="xsmall"):
        st.button(tr("All lessons"), key="lesson_list", icon=":material/menu_book:", on_click=location.go, args=(None,))
        with st.container(width="content", key="lesson-title"):
            st.markdown(f"**{tr(here.lesson.title)}**")
        with st.container(width="content", key="lesson-count"):  # where there is no room for a button for each step
            st.markdown(f"{here.number} / {len(here.lesson.steps)}")
        with st.container(key="lesson-steps"):
            for number in range(1, len(here.lesson.steps) + 1):
                _step_button(Location(here.lesson, number), current=number == here.number)
        back = here.before
        st.button(
            tr("Back"),
            key="lesson_back",
            icon=":material/arrow_back:",
            on_click=location.go,
            args=(back,),
            disabled=back is None,
            help=tr("The step before (←)"),
        )
        st.button(
            tr("Next") if here.after else tr("All lessons"),
            key="lesson_next",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=location.go,
            args=(here.after,),
            help=tr("The next step (→)"),
        )
        browser.draw()
        st.toggle(
            tr("Projector"),
            key=session.PROJECTOR,
            help=tr("Larger words and points, for the back row"),
            persist_state="session",
        )
        if st.button(
            tr("Open in the playground"), key="lesson_open", icon=":material/open_in_new:",
            help=_opened(here),
        ):  # fmt: skip
            _open(here, playground)
    transport.project(words=True)


def _step_button(step: Location, current: bool) -> None:
    done = step.name in location.done()
    label = Message("Step {number}, done", number=step.number) if done else Message("Step {number}", number=step.number)
    st.button(
        f"{step.number} :material/check:" if done else f"{step.number}",
        key=f"lesson_step_{step.number}",
        on_click=location.go,
        args=(step,),
        type="primary" if current else "secondary",
        help=tr(label),
    )


def _opened(here: Location) -> str:
    if here.step.project and here.step.project.hides_test:
        return tr("This experiment with every setting there is, but without the test examples: they stay hidden")
    return tr("This experiment with every setting there is")


def _open(here: Location, playground: Page) -> None:
    session.open(lesson_run.to_open(here))
    st.switch_page(playground, query_params=to_query(session.experiment()) | address.page_words())
