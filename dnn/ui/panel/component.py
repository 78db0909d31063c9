"""The live panel as a Streamlit component: an empty element, and the few lines that fetch the real thing.

What stands here travels in every message to the browser, so it is short; the panel itself is served by
``dnn.ui.live.socket`` and cached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import plotly
import streamlit as st

from dnn import web
from dnn.ui import session
from dnn.ui.limits import MOST_LAYERS, WIDEST
from dnn.ui.live.findings import forbids
from dnn.ui.live.i18n import translations
from dnn.ui.live.landscape_player import LandscapePlayer
from dnn.ui.live.player import Player
from dnn.ui.visitor import address
from dnn.ui.visitor.language import current, tr

HTML = """<div class="dnn-panel"><div class="dnn-stage" data-testid="live-panel" data-epoch="" data-frame="0"
 data-state="loading"></div></div>"""

JS = web.source(Path(__file__).with_suffix(".js"))

# The first steps: where each points, the first of these that is in sight, and what it says.
TOUR: dict[str, Any] = {
    "name": "First steps",
    "steps": [
        {
            "at": [".dnn-boundary > [role=img]"],
            "title": "It is learning right now",
            "text": "Every mark is an example. The colours are the network's answer everywhere else, and the line "
            "is where it is undecided. Watch it bend while the cost falls.",
        },
        {
            "at": ["[data-testid=stSidebar]", "[data-testid=stExpandSidebarButton]"],
            "title": "Change anything while it learns",
            "text": "Other data, one more layer, a larger learning rate: it goes on at once. Undo takes it back.",
        },
        {
            "at": [".dnn-network"],
            "title": "Look inside",
            "text": "Point at a unit to see large what it has learnt to see, and click a weight to change it. "
            "Space plays and pauses; ? lists the other keys.",
        },
    ],
    "back": "Back",
    "next": "Next",
    "done": "Start exploring",
    "close": "Close the first steps",
}

STEP = ("title", "text")  # the words of a step

IN_PANEL = ("data", "layers", "features", "edit")  # controls in the panel, as a teacher's link calls them

_component = st.components.v2.component("dnn.live_panel", html=HTML, js=JS, isolate_styles=False)


@dataclass(frozen=True)
class DrawOnly:
    """Examples can be drawn, nothing else be changed: ``act`` is the callback, ``done`` the last action's number."""

    act: Callable[[], None]
    done: int


def live_panel(
    token: str,
    *,
    key: str = session.PANEL,
    editable: bool = True,
    opens: Mapping[str, Any] | None = None,
    draws: DrawOnly | None = None,
) -> Any:
    """Mount the panel that shows the player with this token. What is clicked in its diagram, the session does.

    It must be ``editable`` for that; else the diagram can be looked at only, or with ``draws`` examples be drawn.
    ``opens`` is what a lesson's step shows: "cost", "health" or "landscape" (``shows``), with ``logarithmic`` axes of
    the cost, once for each ``step``. After that the visitor may open another.

    The page is run again when the run has come to its end (``stopped``), when the player asks for it (``notice``) and
    when the browser turns light or dark (``appearance``), of which Streamlit says nothing by itself. ``inside`` of what
    is returned is a place that the visitor wants to see on the page *Inside one step*, in the one run after the click:
    see ``dnn.ui.inside.opening``.
    """
    landscape = ""
    if player := Player.of(token):
        player.speak(current())
        player.findings.allowed = address.plan().permits if editable else forbids
        around = LandscapePlayer.beside(player)
        around.show(player.camera.theme, current())
        landscape = around.token
    most = {"layers": MOST_LAYERS, "units": WIDEST}
    return _component(
        key=key,
        data={
            "token": token,
            "landscape": landscape,
            "plotly": plotly.__version__,
            "most": most,
            "noticed": player.heard if player else 0,
            "acted": draws.done if draws else session.last_action(),
            "tour": _tour() if editable and session.is_newcomer() else None,
            "language": translations(current()),
            "fixed": " ".join(control for control in IN_PANEL if _is_fixed(control, draws)),
            "editable": editable or draws is not None,
            "opens": opens,
            "recovered": session.recovered_run(),
        },
        height="content",
        on_stopped_change=_rerun,
        on_appearance_change=_rerun,
        on_notice_change=_rerun,
        on_action_change=draws.act if draws else session.run_panel_action if editable else _rerun,
        on_inside_change=_rerun,
        on_kept_change=partial(session.take_kept_run, key),
    )


def _is_fixed(control: str, draws: DrawOnly | None) -> bool:
    return control != "data" if draws else address.locks(control)


def _tour() -> dict[str, Any]:
    """The first steps in the visitor's language."""
    steps = [{part: tr(text) if part in STEP else text for part, text in step.items()} for step in TOUR["steps"]]
    return {name: steps if name == "steps" else tr(text) for name, text in TOUR.items()}


def _rerun() -> None:
    """A change callback: that there is one makes Streamlit run the page."""
