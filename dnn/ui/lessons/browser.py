"""What the browser does for the lessons: it keeps what is done, turns pages at the arrow keys, and fills the screen."""

from __future__ import annotations

import streamlit as st

from dnn.lessons import LESSONS
from dnn.ui.lessons import location
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr

KEY = "lesson-browser"
SENT = "lesson.sent"  # what of the steps done the browser has been told
KNOWN = frozenset(f"{lesson.id}.{number + 1}" for lesson in LESSONS.values() for number in range(len(lesson.steps)))

HTML = '<button type="button"></button>'

CSS = """
button { font: 0.875rem var(--st-font); height: 2.5rem; padding: 0 0.75rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""

# What is done is kept under one name; what Python says and what is kept become one. Fields keep their arrow keys.
JS = """
const NAME = 'dnn.lessons.done', TURNS = { ArrowLeft: 'lesson_back', ArrowRight: 'lesson_next' };
const KEEP = 'input, textarea, select, [role=slider], [role=radio], [role=tab], [role=radiogroup], .dnn-stage';
function kept() {
  try { return JSON.parse(localStorage.getItem(NAME) ?? '[]'); } catch { return []; }
}
function fill() {
  document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
}
function onKey(event) {
  const at = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || at.closest?.(KEEP)) return;
  if (event.key.toLowerCase() === 'f') return fill();
  document.querySelector(`.st-key-${TURNS[event.key]} button`)?.click();
}
const shown = new Set();  // a new page may come before the old one has gone: whoever is last stops listening
export default function ({ data, parentElement, setStateValue }) {
  const button = parentElement.querySelector('button');
  [button.textContent, button.title, button.onclick, button.hidden] = [data.label, data.help, fill, !data.shown];
  const before = kept(), all = [...new Set([...(Array.isArray(before) ? before : []), ...data.done])];
  try { localStorage.setItem(NAME, JSON.stringify(all)); } catch { /* a browser that keeps nothing */ }
  if (all.length > data.done.length && !data.told) setStateValue('kept', all);
  shown.add(parentElement);
  window.addEventListener('keydown', onKey);
  return () => {
    shown.delete(parentElement);
    if (!shown.size) window.removeEventListener('keydown', onKey);
  };
}
"""

_component = st.components.v2.component("dnn.lesson_browser", html=HTML, css=CSS, js=JS)


def draw(*, shown: bool = True) -> None:
    """Draw the button for the whole screen (if ``shown``), listen to the keys, and fetch what was done before."""
    _fetch()
    store.put({SENT: location.done()})
    _component(
        key=KEY,
        data={
            "done": sorted(location.done()),
            "told": bool(store.value("lesson.fetched")),
            "label": tr("Full screen"),
            "help": tr("Fill the screen (F)"),
            "shown": shown,
        },
        height="content",
        on_kept_change=_fetch,
    )


def behind() -> bool:
    """Whether more has been done since the browser was told in this run of the page."""
    return bool(store.value(SENT) != location.done())


def _fetch() -> None:
    """Take over what the browser has kept. It may say anything: only steps that there are count."""
    kept = (store.value(KEY) or {}).get("kept")
    if isinstance(kept, list):
        location.finish(*(KNOWN & {name for name in kept[:500] if isinstance(name, str)}))
        store.put({"lesson.fetched": True})
