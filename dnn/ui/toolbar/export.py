"""Export the run as code, as a model, as numbers or as figures.

Files are created on demand: a click in the browser writes the file from the current run.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dnn import web
from dnn.errors import InvalidFile, InvalidSetting
from dnn.export import EXPORTS, Export, load
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.limits import check_limits
from dnn.ui.live.player import Player
from dnn.ui.turns import long_computation
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.guard import callback, fragment
from dnn.ui.widgets.upload import upload

WIDTH = 420  # width of the popover in pixels, less on a narrow screen
MOST_MEGABYTES = 20  # most megabytes of a model file; unpacked ten times as much
UPLOADED, OUTCOME, CHANGED = "take.uploaded", "take.outcome", "take.changed"

GROUPS = {
    "Code that trains it again": ("script", "notebook", "sklearn", "mlp", "pytorch", "keras"),
    "The run, its numbers, its film": ("npz", "onnx", "csv", "replay"),
}

HTML = """<div class="figures"></div>"""
CSS = """
.figures { display: grid; grid-template-columns: minmax(0, 1fr) repeat(3, auto); gap: 0.375rem; align-items: center; }
.figures, button { font: 0.875rem var(--st-font); color: var(--st-text-color); }
button { height: 2.25rem; padding: 0 0.75rem; border-radius: var(--st-base-radius); cursor: pointer;
  border: 1px solid var(--st-border-color); background: var(--st-background-color); }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
JS = web.source(Path(__file__).with_suffix(".js"))
FIGURES = (
    ("boundary", "Boundary", ("png", "svg", "html")),
    ("cost", "Cost", ("png", "svg", "html")),
    ("network", "Network", ("png",)),
)

_figures = st.components.v2.component("dnn.figures", html=HTML, css=CSS, js=JS)


@fragment
def button() -> None:
    """Draw the button that opens the export."""
    if store.value(CHANGED):
        store.put({CHANGED: False})
        st.rerun()  # the whole page, not only this fragment
    box = st.popover(
        tr("Take it with you"),
        key="take",
        icon=":material/download:",
        help=tr("Take it with you: as code, as a model, as numbers, as pictures"),
        on_change="rerun",
    )
    if not box.open:
        return
    with box, st.container(width=WIDTH):
        player = session.player()
        if player.looks_back:
            shown, newest = player.run.epoch, player.newest.epoch
            st.caption(
                tr(Message("All files are of the epoch on screen: {epoch} of {newest}.", epoch=shown, newest=newest))
            )
        for title, names in GROUPS.items():
            st.markdown(f"**{tr(title)}**")
            with st.container(horizontal=True, gap="xsmall", key=f"take-{names[0]}"):
                for name in names:
                    _download(player, name)
        reasons = {reason for export in EXPORTS.values() if (reason := export.why_not(player.run))}
        for reason in sorted(reasons):
            st.caption(tr(reason))
        pictures = tr("Pictures of this moment")
        st.markdown(f"**{pictures}**")
        figures = [{"figure": figure, "name": tr(name), "formats": formats} for figure, name, formats in FIGURES]
        _figures(key="figures", data={"figures": figures, "file": _stem(player)}, height="content")
        _outcome()
        upload(tr("Open a model file"), UPLOADED, MOST_MEGABYTES, callback(_open))


def _download(player: Player, name: str) -> None:
    export = EXPORTS[name]
    st.download_button(
        tr(export.label),
        partial(_write, player, export),
        file_name=export.file_name(player.run),
        mime=export.media_type,
        key=f"take.{name}",
        help=tr(export.help),
        on_click="ignore",
        disabled=bool(export.why_not(player.run)),
    )


@long_computation()
def _write(player: Player, export: Export) -> bytes:
    """Return the file for the current run."""
    return export(player.run)


def _stem(player: Player) -> str:
    return EXPORTS["csv"].file_name(player.run).removesuffix(".csv")


def _open() -> None:
    """Continue the run of the uploaded file, or store the reason why not."""
    file = store.value(UPLOADED)
    if file is None:
        store.put({OUTCOME: None})
        return
    try:
        run = load(file.getvalue(), most_bytes=10 * MOST_MEGABYTES * 1_000_000)
        check_limits(run.experiment)
    except (InvalidFile, InvalidSetting) as error:
        store.put({OUTCOME: (False, error.message)})
    else:
        session.open_run(run)
        store.put({OUTCOME: (True, Message("It goes on from epoch {epoch}.", epoch=run.epoch)), CHANGED: True})


def _outcome() -> None:
    if outcome := store.value(OUTCOME):
        success, text = outcome
        if success:
            st.success(tr(text), icon=":material/check:")
        else:
            text = tr("Nothing was changed: {reason}").format(reason=escape_markdown(tr(text)))
            st.error(text, icon=":material/error:")
