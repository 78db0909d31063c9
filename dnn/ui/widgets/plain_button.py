"""A button as an element of a small component of its own: its HTML, and a style like that of the page's buttons.

The component's script comes after its HTML. Until it has named the button, nobody sees the button or hears of it.
"""

from __future__ import annotations

HTML = '<button type="button"></button>'

CSS = """
button { font: 0.875rem var(--st-font); height: 2.5rem; padding: 0 0.75rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
button:empty { visibility: hidden; }
button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
