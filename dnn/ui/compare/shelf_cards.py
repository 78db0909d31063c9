"""The shelf on the page: a card for each kept run, to open, rename, remove and choose it for a comparison."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from dnn.experiment.comparisons import FEWEST, MOST
from dnn.experiment.documents import MOST_MEGABYTES
from dnn.messages import Message
from dnn.plots import boundary_picture
from dnn.plots.theme import Theme
from dnn.ui import session
from dnn.ui.compare.state import compare
from dnn.ui.session import shelf_actions
from dnn.ui.session.shelf import LONGEST_NAME, LONGEST_STORED, Kept, Shelf, read, shelf_text
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.file_kinds import open_uploaded
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.upload import show_refusal, upload

UPLOADED, OUTCOME = "shelf.uploaded", "shelf.outcome"
EMPTY = Message("Nothing is kept yet. *Keep* in the transport, or the key K, puts the run on screen here.")
PICTURE = 88  # pixels


def draw() -> bool:
    """Draw the shelf; return whether a run was opened in the playground."""
    shelf = session.shelf()
    opened = False
    if shelf.kept:
        opened = _cards(shelf)
    else:
        st.markdown(tr(EMPTY))
    with st.container(horizontal=True, vertical_alignment="center", key="shelf-tools", gap="small"):
        if shelf.kept:
            _compare_button(shelf)
            st.download_button(
                tr("Download"),
                f"{shelf.model_dump_json(indent=2)}\n",
                "dnn-shelf.json",
                "application/json",
                key="shelf.download",
                icon=":material/download:",
                help=tr("All of them in one file"),
                on_click="ignore",
            )
            _act(tr("Remove all"), "shelf.clear", "delete_sweep", shelf_actions.remove_all)
        with st.popover(tr("Open a file"), icon=":material/upload:"):
            upload(tr("Open a file"), UPLOADED, MOST_MEGABYTES, callback(_open_file))
    if len(shelf_text(shelf)) > LONGEST_STORED:
        st.warning(tr("The shelf is too large for this tab to outlive a reload: download it."))
    show_refusal(store.value(OUTCOME))
    return opened


def _compare_button(shelf: Shelf) -> None:
    chosen = [kept for kept in shelf.kept if store.value(_choice(kept))]
    st.button(
        tr(Message("Compare {count} runs", count=len(chosen))) if chosen else tr("Compare"),
        key="shelf.compare",
        type="primary",
        icon=":material/compare:",
        disabled=not FEWEST <= len(chosen) <= MOST,
        help=tr(Message("Mark {fewest} to {most} of them", fewest=FEWEST, most=MOST)),
        on_click=callback(compare),
        args=tuple(kept.experiment for kept in chosen),
    )
    if any(kept.was_changed for kept in chosen):
        st.caption(tr("A comparison trains from the settings alone: what was changed on the way is not in it."))


def _choice(kept: Kept) -> str:
    return f"shelf.choice.{kept.number}"


def _act(label: str, key: str, icon: str, act: Callable[..., None]) -> None:
    st.button(label, key=key, icon=f":material/{icon}:", on_click=callback(act))


def _cards(shelf: Shelf) -> bool:
    theme, opened = session.appearance(), False
    grid = st.grid(min_column_width=260, border=True, key="shelf-cards")
    for kept, name in zip(shelf.kept, shelf.names(tr), strict=True):
        with grid.cell():
            opened |= st.button(
                escape_markdown(name),
                key=f"shelf.open.{kept.number}",
                on_click=callback(shelf_actions.open_kept),
                args=(kept.number,),
                help=tr("Go on with this run in the playground"),
                width="stretch",
            )
            st.html(card(kept, theme))
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                st.checkbox(tr("Compare"), key=_choice(kept), persist_state="session")
                with st.popover(tr("Rename"), icon=":material/edit:"):
                    key = f"shelf.name.{kept.number}"
                    st.text_input(
                        tr("Name"),
                        kept.name,
                        key=key,
                        max_chars=LONGEST_NAME,
                        placeholder=name,
                        on_change=callback(partial(_rename, kept.number, key)),
                        help=tr("Without a name of yours, it is made of what differs from the other runs"),
                    )
                _act(tr("Remove"), f"shelf.remove.{kept.number}", "delete", partial(shelf_actions.remove, kept.number))
    return opened


def card(kept: Kept, theme: Theme) -> str:
    """Return the picture of a kept run, and beside it its epoch, costs and accuracies, in HTML."""
    dataset = kept.experiment.data.dataset
    source = boundary_picture.picture(kept.levels, dataset.task, len(dataset.names.classes), theme)
    lines = [tr(Message("epoch {epoch}", epoch=kept.epoch))]
    if kept.train_cost is not None:
        lines.append(tr(_both(Message("cost"), kept.train_cost, kept.test_cost, "{:.3g}")))
    if kept.train_accuracy is not None and dataset.task != "regression":
        lines.append(tr(_both(Message("accuracy"), kept.train_accuracy, kept.test_accuracy, "{:.1%}")))
    if kept.diverged:
        lines.append(tr("diverged"))
    if kept.was_changed:
        lines.append(tr("changed on the way: kept with its weights"))
    image = f'<img alt="" width="{PICTURE}" height="{PICTURE}" src="{source}" style="border: 1px solid {theme.grid}">'
    layout = "display: flex; gap: 0.75rem; font-size: 0.875rem; line-height: 1.45; margin: 0"
    return f'<div style="{layout}">{image}<div>{"<br>".join(map(escape, lines))}</div></div>'


def _both(name: str, train: float, test: float | None, form: str) -> Message:
    if test is None:
        return Message("{what} {train}", what=name, train=form.format(train))
    return Message("{what} {train}, test {test}", what=name, train=form.format(train), test=form.format(test))


def _rename(number: int, key: str) -> None:
    shelf_actions.rename(number, store.value(key) or "")


def _open_file() -> None:
    """Put the runs of the uploaded file on the shelf, or store the reason why not."""
    open_uploaded(UPLOADED, OUTCOME, "shelf", lambda content: shelf_actions.add_shelf(read(content)))
