"""The part of the *Sweep* page for sweeps too large to watch: they train in the background of the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import anyio.to_thread
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dnn.hosting.limits import most
from dnn.messages import Message
from dnn.sweeps import Result, Sweep
from dnn.ui.limits import check_limits
from dnn.ui.live.cleanup import grace
from dnn.ui.live.socket import BASE
from dnn.ui.sweep.jobs import MOST_RUNNING, MOST_RUNS, Job, Jobs
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets.guard import callback, guard
from dnn.ui.widgets.tab_storage import stored_text, tab_storage

JOB, KEEP = "sweep.job", "sweep.keep"  # keys in the store: the token of the visitor's job; a widget
SHOWN = "sweep.so-far"  # key in the store: how many results are shown before the end
STORAGE, STORED = "sweep-job-storage", "dnn.sweep-job"  # key of the component, and its name in the tab's storage
SECONDS = 1.0  # between two looks at the progress

JOBS = Jobs(grace, most("jobs") or MOST_RUNNING)


def job(sweep: Sweep) -> Job | None:
    """Return the visitor's job for ``sweep``, if there is one."""
    found = JOBS.of(store.value(JOB) or "")
    return found if found is not None and found.sweep == sweep else None


def results(sweep: Sweep) -> Sequence[Result]:
    """Return the results to show: all when the job has ended, before that those that the visitor asked to see."""
    current = job(sweep)
    if current is None:
        return ()
    return current.results() if current.has_ended else current.results()[: store.value(SHOWN) or 0]


def show(sweep: Sweep) -> None:
    """Draw the button that starts ``sweep`` in the background, or the progress of its job."""
    if sweep.runs > MOST_RUNS:
        text = Message(
            "{count} runs are too many for this page; it trains up to {most} in the background. "
            "On the command line `dnn sweep` has no such limit.",
            count=sweep.runs,
            most=MOST_RUNS,
        )
        st.info(tr(text), icon=":material/terminal:")
        return
    _remember()
    with guard():
        current = job(sweep)
        if current is None:
            _start_button(sweep)
        elif current.has_ended:
            _ended(current)
        else:
            _progress(sweep)


def _remember() -> None:
    """Let the browser's tab store the token of its job, so that a reload finds the job again."""
    token = store.value(JOB)
    tab_storage(STORED, STORAGE, text=token, wanted=token is None, on_kept=callback(_find_again))


def _find_again() -> None:
    """Go on with the job whose token the tab stored, if it is still there."""
    found = JOBS.of(stored_text(STORAGE))
    if store.value(JOB) is None and found is not None:
        found.is_watched = partial(_any_open, (found.is_watched, _watch()))  # a copy of a tab has its token too
        store.put({JOB: found.token})


def _any_open(tabs: Sequence[Callable[[], bool]]) -> bool:
    return any(is_open() for is_open in tabs)


def _watch() -> Callable[[], bool]:
    """Return whether this tab is open, as a function."""
    context = get_script_run_ctx()
    return partial(_is_open, context.session_id if context else "")


def _start_button(sweep: Sweep) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="sweep-background"):
        label = tr(Message("Train {count} runs in the background", count=sweep.runs))
        act = callback(partial(_start, sweep))
        st.button(label, key="sweep.start", type="primary", icon=":material/play_arrow:", on_click=act)
        st.toggle(
            tr("Go on when I close this tab"),
            key=KEEP,
            help=tr("There will be a link to the file of the results, for a day."),
            persist_state="session",
        )


def _start(sweep: Sweep) -> None:
    """Start the visitor's job, in place of an earlier one that is not kept.

    Raises InvalidSetting for what this page does not allow.
    """
    for cell in sweep.cells():
        if cell.experiment is not None:
            check_limits(cell.experiment)
    before = JOBS.of(store.value(JOB) or "")
    if before is not None and not before.keep:
        JOBS.remove(before)
    started = JOBS.submit(sweep, _watch(), keep=bool(store.value(KEEP)))
    store.put({JOB: started.token, SHOWN: 0})


def _is_open(session: str) -> bool:
    """Whether the tab of this session is connected to the server."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)


@st.fragment(run_every=SECONDS)
def _progress(sweep: Sweep) -> None:
    """Draw the progress of the job, again and again until it ends; then the whole page is drawn."""
    with guard():
        current = job(sweep)
        if current is None or current.has_ended:
            st.rerun()
            return
        done = current.done
        st.progress(done / sweep.runs, text=tr(_words(current, done)))
        with st.container(horizontal=True, key="sweep-progress"):
            stop = callback(current.stop)
            st.button(tr("Stop"), key="sweep.stop", icon=":material/stop:", on_click=stop)
            if st.button(
                tr("Show the results so far"), key="sweep.look", icon=":material/monitoring:", disabled=not done
            ):
                store.put({SHOWN: done})
                st.rerun()
        _link(current)


def _words(current: Job, done: int) -> Message:
    if current.state == "waiting":
        return Message("Waiting for its turn: {count} sweeps before this one", count=JOBS.ahead(current))
    return Message("{count} of {all} runs", count=done, all=current.sweep.runs)


def _ended(current: Job) -> None:
    """Say how the job ended; it can be forgotten, and then started again."""
    if current.state == "done":
        text = Message("All {count} runs are done.", count=current.sweep.runs)
        st.success(tr(text), icon=":material/check_circle:")
    elif current.state == "stopped":
        st.info(tr(current.message), icon=":material/stop_circle:")
    else:
        text = Message("It did not get to its end: {reason}", reason=current.message)
        st.error(escape_markdown(tr(text)), icon=":material/error:")
    retry = callback(partial(_forget, current))
    st.button(tr("Train again"), key="sweep.again", icon=":material/replay:", on_click=retry)
    _link(current)


def _forget(current: Job) -> None:
    JOBS.remove(current)
    store.put({JOB: "", SHOWN: 0})


def _link(current: Job) -> None:
    """Draw the link to the results of a job that outlives its tab."""
    if current.keep:
        page = (st.context.url or "").partition("?")[0]
        root = page.rpartition("/")[0] if page.count("/") > 2 else page
        st.caption(tr("The results so far, as a file, also after this tab is closed, for a day:"))
        st.code(f"{root}/sweep-results/{current.token}.jsonl", language=None)


async def download(request: Request) -> Response:
    """Answer with the whole lines of a job's results file, or 404."""
    current = JOBS.of(request.path_params["token"])
    if current is None or not current.file.exists():
        return Response(status_code=404)
    content = await anyio.to_thread.run_sync(current.file.read_bytes)
    headers = {"Content-Disposition": 'attachment; filename="results.jsonl"', "Cache-Control": "no-store"}
    return Response(content[: content.rfind(b"\n") + 1], media_type="application/jsonl", headers=headers)


ROUTES: list[BaseRoute] = [Route(BASE + "/sweep-results/{token}.jsonl", download)]
