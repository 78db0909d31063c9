"""Many runs as a Streamlit component: an empty element, and the few lines that fetch the script that draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import plotly
import streamlit as st

from dnn import web
from dnn.ui.live.base_player import BasePlayer
from dnn.ui.live.i18n import translations
from dnn.ui.visitor.language import current

HTML = """<div class="dnn-panel"><div class="dnn-group" data-testid="group-panel" data-epoch="" data-frame="0"
 data-state="loading"></div></div>"""

JS = web.source(Path(__file__).with_suffix(".js"))
STYLES = ("panel.css", "group.css")

_component = st.components.v2.component("dnn.group_panel", html=HTML, js=JS, isolate_styles=False)


def group_panel(
    player: BasePlayer,
    settings: Mapping[str, Any],
    *,
    key: str,
    script: str,
    styles: tuple[str, ...],
    on_chosen: Callable[[], None] | None = None,
) -> Any:
    """Mount the panel that shows the runs of ``player``, drawn by a ``script`` of the live panel's folder.

    The script exports a class ``Panel(root, options)`` with ``update(settings)``, ``connect(url)`` and ``close()``; its
    ``options.tell(name, value)`` sets a trigger of the page: ``stopped`` when all runs have come to rest by themselves,
    ``chosen`` for what was chosen among them, which ``on_chosen`` may handle. ``settings`` are ready for JSON.
    """
    return _component(
        key=key,
        data={
            "token": player.token,
            "script": script,
            "styles": [*STYLES, *styles],
            "plotly": plotly.__version__,
            "language": translations(current()),
            "settings": dict(settings),
        },
        height="content",
        on_stopped_change=_rerun,
        on_appearance_change=_rerun,
        on_chosen_change=on_chosen or _rerun,
    )


def _rerun() -> None:
    """A change callback: that there is one makes Streamlit run the page."""
