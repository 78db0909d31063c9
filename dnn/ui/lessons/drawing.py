"""A step's drawing as a component, and the words of its text that point at parts of it.

The scripts in ``dnn/ui/live/static/drawings`` draw and compute: nothing comes back to the server while one drags.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from dnn import web
from dnn.lessons import Step
from dnn.lessons.drawings import PART
from dnn.plots.theme import Theme
from dnn.ui import session
from dnn.ui.live.i18n import translations
from dnn.ui.visitor.language import current

HTML = '<figure class="dnn-drawing" data-testid="drawing"></figure>'

JS = web.source(Path(__file__).with_suffix(".js"))

_component = st.components.v2.component("dnn.drawing", html=HTML, js=JS, isolate_styles=False)


def draw(step: Step) -> None:
    """Draw the drawing of ``step``, if it has one."""
    if step.drawing:
        _component(
            key="drawing",
            data=component_data(step, session.appearance()),
            height="content",
            on_appearance_change=_rerun,
        )


def component_data(step: Step, theme: Theme) -> dict[str, Any]:
    """Return what the browser draws, declared as ``Data`` in ``contract.d.ts``."""
    assert step.drawing is not None
    negative, positive = theme.classes
    return {
        "kind": step.drawing.kind,
        "settings": step.drawing.settings(step.experiment),
        "colors": {
            "negative": negative,
            "positive": positive,
            "ramp": list(theme.ramp),
            "parts": [theme.many[3], theme.many[2]],
        },
        "language": translations(current()),
    }


def point_at_parts(text: str) -> str:
    """Return ``text`` with each ``[words]{.part}`` as an element that points at this part of the drawing."""
    return PART.sub(r'<span class="dnn-part dnn-part-\g<part>" tabindex="0">\g<words></span>', text)


def _rerun() -> None:
    """A change callback: that there is one makes Streamlit run the page."""
