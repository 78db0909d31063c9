"""Share: the experiment as a link to copy and a file to keep, and the way back from a file or from pasted text.

Every mistake in a file gets its sentence beside where it was given, and the experiment on screen goes on.
"""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dnn.documents import MOST_MEGABYTES, read
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.links import link, needs_file
from dnn.ui import controls, session

MOST_SENTENCES = 8  # of what is wrong with a file: more would hide one another
WIDTH = 340  # of what opens, in pixels, or less on a narrow screen
UPLOADED, PASTED = "share.uploaded", "share.pasted"  # widgets
OUTCOME, CHANGED = "share.outcome", "share.changed"  # what came of the last file; whether the page must follow

HTML = """<div><label>Link<input readonly></label><button type="button">Copy link</button>
<output aria-live="polite"></output></div>"""

CSS = """
div:has(> label) { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
div, input, button { font: 0.875rem var(--st-font); color: var(--st-text-color); }
label { flex: 1 1 10rem; min-width: 0; }
input { width: 100%; margin-top: 0.25rem; }
input, button { box-sizing: border-box; height: 2.5rem; padding: 0 0.75rem; border-radius: var(--st-base-radius);
  border: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }
button { background: var(--st-background-color); cursor: pointer; }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
output { flex-basis: 100%; }
"""

# Without https a browser keeps the clipboard from a page, except on the page's own machine; then the old way is tried.
JS = """
export default function ({ data, parentElement }) {
  const [field, button, said] = ['input', 'button', 'output'].map((name) => parentElement.querySelector(name));
  if (field.value !== data.link) said.textContent = '';
  field.value = data.link;
  field.onfocus = () => field.select();
  button.onclick = async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(data.link);
    } catch {
      field.focus();
      field.select();
      copied = document.execCommand('copy');
    }
    said.textContent = copied ? 'Copied. It opens this very experiment anywhere.' : 'Press Ctrl+C (or ⌘C) to copy it.';
  };
}
"""

_copy_link = st.components.v2.component("dnn.copy_link", html=HTML, css=CSS, js=JS)


def file_name(experiment: Experiment) -> str:
    """What a downloaded experiment is called."""
    return f"dnn-{experiment.data.dataset.kind}.json"


@lru_cache(maxsize=8)
def text(experiment: Experiment) -> str:
    """What a file of ``experiment`` says."""
    return f"{experiment.model_dump_json(indent=2)}\n"


@st.fragment
def button() -> None:
    """Draw the button that opens link, download and upload."""
    if session.value(CHANGED):
        session.put({CHANGED: False})
        st.rerun()  # the page, and not this fragment alone
    share = st.popover("Share", key="share", icon=":material/share:", on_change="rerun")
    with share, st.container(width=WIDTH):
        experiment = session.experiment()
        _copy_link(key="copy-link", data={"link": link(experiment, st.context.url or "")}, height="content")
        if needs_file(experiment):
            st.caption("Your own data are too many for a link: send the file instead.", width="stretch")
        st.download_button(
            "Download",
            text(experiment),
            file_name(experiment),
            "application/json",
            key="download",
            icon=":material/download:",
            help="This experiment as a file, to keep or to hand in",
            on_click="ignore",
            width="stretch",
        )
        _outcome(experiment)
        st.file_uploader("Open a file", "json", key=UPLOADED, on_change=_open, max_upload_size=MOST_MEGABYTES)
        with st.form("paste", border=False):
            st.text_area("Or paste its text", key=PASTED, height=110, placeholder='{"version": 2, …}')
            st.form_submit_button("Use the text", key="use_text", on_click=_paste, width="stretch")


def _open() -> None:
    if file := session.value(UPLOADED):
        _use(file.getvalue())
    else:  # taken away again
        session.put({OUTCOME: None})


def _paste() -> None:
    _use(session.value(PASTED) or "")


def _use(given: bytes | str) -> None:
    """Play what was given, or remember why not."""
    try:
        experiment, problems = controls.readable(read(given), ())
    except InvalidSetting as error:
        session.put({OUTCOME: (None, error.problems)})
        return
    controls.write(experiment)
    session.keep(experiment)
    session.put({OUTCOME: (experiment, problems), CHANGED: True})


def _outcome(current: Experiment) -> None:
    """Say what came of the last file or text, until something else plays."""
    outcome: tuple[Experiment | None, tuple[Problem, ...]] | None = session.value(OUTCOME)
    if not outcome or outcome[0] not in (None, current):
        return
    experiment, problems = outcome
    if experiment is None:
        st.error(f"Nothing was changed:\n{_sentences(problems)}", icon=":material/error:")
    elif problems:
        st.warning(f"It plays, with defaults for what this page cannot show:\n{_sentences(problems)}")
    else:
        st.success("It plays now.", icon=":material/check:")


def _sentences(problems: tuple[Problem, ...]) -> str:
    said = [f"- {controls.plain(problem)}" for problem in problems[:MOST_SENTENCES]]
    more = [f"- and {len(problems) - MOST_SENTENCES} more"] if len(problems) > MOST_SENTENCES else []
    return "\n".join(said + more)
