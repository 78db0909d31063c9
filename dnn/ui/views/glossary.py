"""The glossary: every term with its meaning, its formula or picture, and the step of a lesson that shows it."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.navigation.page import Page

from dnn.errors import Problem, shown
from dnn.lessons import LESSONS
from dnn.lessons.glossary import TERMS, TOPICS, Term
from dnn.messages import Message
from dnn.ui import navigation, session
from dnn.ui.lessons.term_pictures import picture
from dnn.ui.visitor import address, store
from dnn.ui.visitor.language import tr, translate_latex
from dnn.ui.widgets.glossary import WORD
from dnn.ui.widgets.link_problems import show_link_problems

SEARCH, ASKED, PROBLEMS = "glossary.search", "glossary.asked", "glossary.problems"

# What each picture shows, for those who do not see it.
ALTERNATIVES = {
    "boundary": "Two clouds of points in two colours, and a straight line between them",
    "hidden layer": "Two inputs, four hidden units and one output, each connected to all before it",
    "sigmoid": "An S-shaped curve from 0 to 1, at one half where z is 0",
    "tanh": "An S-shaped curve from −1 to 1, at 0 where z is 0",
    "relu": "0 to the left of z = 0, and a line that rises to the right of it",
    "leaky_relu": "A line that hardly rises to the left of z = 0, and rises steeply to the right of it",
    "schedule": "A curve that falls slowly, then quickly, then slowly to 0",
    "test examples": "Two interleaved half moons: the training examples are filled, the test examples are hollow",
    "outlier": "Two clouds of points, and a few of one colour far away among the other",
    "overfitting": "The train cost falls to the end. The test cost, dotted, falls and then rises far above its start",
    "early stopping": "The validation cost, dotted, with a mark at its lowest epoch",
    "ravine": "Long ellipses of equal cost, and a way that jumps to and fro across them and moves slowly along",
    "saddle": "Curves of equal cost around a point: open to the left and right, and above and below",
    "plateau": "A cost that stays level for many epochs, and then falls",
}


def show(lessons: Page) -> None:
    """The whole page; ``lessons`` is the page that it belongs to."""
    asked = _open_address()
    show_link_problems(PROBLEMS)
    with st.container(horizontal=True, vertical_alignment="center", key="glossary-head"):
        st.page_link(lessons, label=tr("All lessons"), icon=":material/arrow_back:", query_params=address.page_words())
        st.header(tr("Glossary"), anchor=False, width="content")
        count = Message("{count} terms, each with the step of a lesson that shows it.", count=len(TERMS))
        st.caption(tr(count))
    with st.container(key="terms", gap="xsmall"):
        if asked:
            with st.container(border=True):
                _draw(asked, lessons)
        found = _search()
        for topic, terms in TOPICS.items():
            if here := [term for term in terms if term in found and term is not asked]:
                st.header(tr(topic), anchor=False)
                grid = st.grid(min_column_width=300, border=True)
                for term in here:
                    with grid.cell():
                        _draw(term, lessons)
    address.write({WORD: asked.slug} if asked else {})


def _open_address() -> Term | None:
    """The term that the address asks for, on arrival and after the browser's back button."""
    if address.navigated() or navigation.came_from_another():
        name = address.query().get(WORD, "")
        exists = not name or name in TERMS
        nearest = Message("there is no such term; search for it below")
        store.put({ASKED: name, PROBLEMS: () if exists else (Problem("term", shown(name), nearest),)})
    return TERMS.get(store.value(ASKED) or "")


def _search() -> set[Term]:
    """Draw the search, and what it finds: in title, forms and meaning, in English and the visitor's language."""
    text = st.text_input(
        tr("Search"),
        key=SEARCH,
        placeholder=tr("A term, or a word of its meaning"),
        icon=":material/search:",
        max_chars=60,
        persist_state="session",
    )
    wanted = (text or "").strip().casefold()
    found = {term for term in TERMS.values() if wanted in _words(term)}
    if not found:
        st.info(tr("No term has this in its name or its meaning."), icon=":material/search_off:")
    return found


def _words(term: Term) -> str:
    texts = (tr(term.title), tr(term.forms), tr(term.meaning))
    return "\n".join((term.name, term.title, term.forms, *texts)).casefold()


def _draw(term: Term, lessons: Page) -> None:
    """One term, in Chinese with its English name."""
    name = tr(term.title)
    english = "" if name.casefold() == term.title.casefold() else f" :small[{term.title}]"
    st.subheader(f"{name}{english}", anchor=term.slug)
    if term.picture:
        st.html(_image(term))
    if term.formula:
        st.latex(translate_latex(term.formula))
    st.markdown(tr(term.meaning))
    lesson, _, step = term.step.rpartition(".")
    number = list(LESSONS).index(lesson) + 1
    title = tr(LESSONS[lesson].steps[int(step) - 1].title)
    place = Message("Lesson {lesson}, step {step}: {title}", lesson=number, step=step, title=title)
    words = {"lesson": lesson, "step": step} | address.page_words()
    st.page_link(lessons, label=tr(place), icon=":material/school:", query_params=words)


def _image(term: Term) -> str:
    theme = session.appearance()
    return f'<img class="dnn-term" alt="{escape(tr(ALTERNATIVES[term.picture]))}" src="{picture(term.picture, theme)}">'
