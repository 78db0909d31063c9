"""The landscape: the cost around the weights of the run on screen, over two directions, while it trains."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from dnn.messages import Message
from dnn.ui import session
from dnn.ui.compare import landscape_runs
from dnn.ui.live.landscape_player import LandscapePlayer
from dnn.ui.live.player import Player
from dnn.ui.panel.group import group_panel
from dnn.ui.visitor import language
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained
from dnn.ui.widgets.link_problems import show_link_problems
from dnn.ui.widgets.play_button import icon_button, play_button, reset_button, step_button

PANEL = "landscape-panel"

SOURCES = (
    "Hao Li et al. 2018, *Visualizing the loss landscape of neural nets*; Joseph Antognini and Jascha Sohl-Dickstein "
    "2018, *PCA of high dimensional random walks with comparison to neural network training*"
)


def show(playground: Page) -> None:
    """The whole page; ``playground`` is the way back, where settings are changed."""
    session.open_address()
    player = session.player()
    session.update(session.experiment())
    around = LandscapePlayer.beside(player)
    around.show(session.appearance(), language.current())
    with st.container(horizontal=True, vertical_alignment="center", key="landscape-head"):
        st.page_link(playground, label=tr("Playground"), icon=":material/arrow_back:")
        st.header(tr("Landscape"), anchor=False, width="content")
        st.caption(tr("The cost around the weights of the run on screen, and the way it came."))
    show_link_problems(session.PROBLEMS)
    picture, words = st.columns([0.68, 0.32], gap="medium")
    with picture:
        _transport(player)
        group_panel(around, {}, key=PANEL, script="landscape_page.js", styles=("landscape.css",))
    with words:
        around.show_others(*landscape_runs.choose())
        _story(player)
        _code(around)


def _transport(player: Player) -> None:
    """Play, step, reset and the way back from an epoch of the past, with the keys of the playground's."""
    held = bool(player.held)
    playing, stopped = player.state == "playing", held or player.state in ("ended", "diverged")
    with st.container(horizontal=True, vertical_alignment="center", key="transport-landscape", gap="xsmall"):
        play_button(session.play, playing=playing, disabled=stopped)
        step_button(player.step, disabled=stopped)
        reset_button(session.reset, disabled=held)
        newest, back = partial(_look_at_newest, player), tr("Back to the newest epoch (L)")
        icon_button(tr("Live"), "live", "last_page", newest, back, disabled=not player.looks_back)
        icon_button(tr("Undo"), "undo", "undo", session.undo, tr("Undo (U)"))
        icon_button(tr("Redo"), "redo", "redo", session.redo, tr("Redo (Y)"))


def _look_at_newest(player: Player) -> None:
    """End the look at the past before the page is drawn again."""
    player.look(None)
    player.settle()


def _story(player: Player) -> None:
    """Explain what is seen."""
    explained(
        "Every place of this picture is a network with other weights, and its colour, or its height, is the **cost** "
        "of that network. The star in the middle is the network as it is now, and the line is the way it came: "
        "training goes downhill."
    )
    count = player.run.params.vector.size
    st.markdown(
        tr(
            Message(
                "This network has {count} weights and biases, so its landscape has {count} dimensions. The picture "
                "shows two of them. Each point of the path has the colour of its true cost: point at it to see how "
                "far from the plane it lies.",
                count=count,
            )
        )
    )
    explained(
        "*Principal components* are the two directions in which the path spreads most. *Random* directions are scaled "
        "to the weights of each unit; they show the valley as it is, and little of the path."
    )
    st.caption(tr(Message("Source: {source}", source=SOURCES)))


def _code(around: LandscapePlayer) -> None:
    """Draw the code that makes the same picture in Python."""
    view = around.view
    directions = f'"{view.directions}"' + (f", seed={view.seed}" if view.directions == "random" else "")
    figure = {"contours": "contour_figure", "surface": "surface_figure"}[view.form]
    with st.expander(tr("The same from Python"), icon=":material/code:"):
        lines = (
            "from dnn import advance, start",
            "from dnn.analysis.landscape import landscape",
            f"from dnn.plots.contours import {figure}",
            "from dnn.plots.theme import LIGHT",
            "",
            "run = advance(start(experiment), epochs=100)",
            f"found = landscape(run, {directions})",
            f"{figure}(found, LIGHT).show()",
        )
        st.code("\n".join(lines), language="python", wrap_lines=True)
