"""Share the experiment as a link or a file, and open one from a file or pasted text.

Every problem of a file gets a message next to the field, and the current experiment continues.
"""

from __future__ import annotations

from functools import lru_cache, partial

import streamlit as st

from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.experiment.documents import MOST_MEGABYTES, read
from dnn.experiment.links import needs_file
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.limits import within_limits
from dnn.ui.toolbar import class_address, class_link
from dnn.ui.visitor import address, markdown, store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.copy_link import copy_link, link
from dnn.ui.widgets.file_kinds import misplaced
from dnn.ui.widgets.guard import callback, fragment
from dnn.ui.widgets.upload import upload

MOST_SENTENCES = 8  # most messages about a file
WIDTH = 340  # width of the popover in pixels, less on a narrow screen
SHARE = "share"  # key of the popover's state
UPLOADED, PASTED = "share.uploaded", "share.pasted"  # widgets
BY_HAND = Message(
    "Link and file begin anew with these settings: numbers set or frozen by hand, and what was changed on the way, "
    "are in the model file (*Take it with you*)."
)
PAST = Message(
    "Link and file begin anew with the settings beside the network, not at the epoch of the past on screen: that is in "
    "the model file (*Take it with you*)."
)
OUTCOME, CHANGED = "share.outcome", "share.changed"  # result of the last file; whether the page must be redrawn


def file_name(experiment: Experiment) -> str:
    """Return the file name of a downloaded experiment."""
    return f"dnn-{experiment.data.dataset.kind}.json"


@lru_cache(maxsize=8)
def text(experiment: Experiment) -> str:
    """Return the text of a file of ``experiment``."""
    return f"{experiment.model_dump_json(indent=2)}\n"


@fragment
def button() -> None:
    """Draw the button that opens link, download and upload."""
    if store.value(CHANGED):
        store.put({CHANGED: False})
        st.rerun()  # the whole page, not only this fragment
    share = st.popover(tr("Share"), key=SHARE, icon=":material/share:", on_change="rerun")
    with share, st.container(width=WIDTH):
        experiment = session.experiment()
        copy_link(link(experiment, st.context.url or "", address.page_words()))
        if needs_file(experiment):
            st.caption(tr("Your own data are too many for a link: send the file instead."), width="stretch")
        if session.player().looks_back:
            st.caption(tr(PAST), width="stretch")
        if _has_manual_changes():
            st.caption(tr(BY_HAND), width="stretch")
        class_link.DIALOG.button(
            tr("Link for pupils …"),
            "class_link",
            before=partial(store.put, {SHARE: False}),
            icon=":material/school:",
            help=tr("The same experiment, with a task, and only those controls that you choose"),
            width="stretch",
        )
        class_address.DIALOG.button(
            tr("Class address …"),
            "class_address",
            before=partial(store.put, {SHARE: False}),
            icon=":material/qr_code_2:",
            help=tr("The address that pupils type, in large letters and as a QR code"),
            width="stretch",
        )
        st.download_button(
            tr("Download"),
            text(experiment),
            file_name(experiment),
            "application/json",
            key="download",
            icon=":material/download:",
            help=tr("This experiment as a file, to keep or to hand in"),
            on_click="ignore",
            width="stretch",
        )
        _outcome(experiment)
        upload(tr("Open a file"), UPLOADED, MOST_MEGABYTES, callback(_open))
        with st.form("paste", border=False):
            st.text_area(tr("Or paste its text"), key=PASTED, height=110, placeholder='{"version": 2, …}')
            st.form_submit_button(tr("Use the text"), key="use_text", on_click=callback(_paste), width="stretch")


def _has_manual_changes() -> bool:
    """Whether the run has manual changes, so that the experiment alone does not reproduce it."""
    run = session.player().run
    return run.changed or run.frozen is not None or run.origin is not None


def _open() -> None:
    if file := store.value(UPLOADED):
        _use(file.getvalue())
    else:  # removed again
        store.put({OUTCOME: None})


def _paste() -> None:
    _use(store.value(PASTED) or "")


def _use(document: bytes | str) -> None:
    """Play the experiment in ``document``, or store the reason why not."""
    try:
        experiment, problems = within_limits(read(document))
    except InvalidSetting as error:
        other = misplaced(document, "experiment")
        store.put({OUTCOME: (None, (other,) if other else error.problems)})
        return
    session.open(experiment)
    store.put({OUTCOME: (experiment, problems), CHANGED: True})


def _outcome(current: Experiment) -> None:
    """Draw the result of the last file or text, until something else plays."""
    outcome: tuple[Experiment | None, tuple[Problem, ...]] | None = store.value(OUTCOME)
    if not outcome or outcome[0] not in (None, current):
        return
    experiment, problems = outcome
    if experiment is None:
        text = tr("Nothing was changed:")
        st.error(f"{text}\n{_messages(problems)}", icon=":material/error:")
    elif problems:
        text = tr("It plays, with defaults for what this page cannot show:")
        st.warning(f"{text}\n{_messages(problems)}")
    else:
        st.success(tr("It plays now."), icon=":material/check:")


def _messages(problems: tuple[Problem, ...]) -> str:
    items = [f"- {markdown.problem_markdown(problem)}" for problem in problems[:MOST_SENTENCES]]
    if more := max(0, len(problems) - MOST_SENTENCES):
        text = tr("and {count} more").format(count=more)
        items.append(f"- {text}")
    return "\n".join(items)
