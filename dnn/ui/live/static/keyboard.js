// @ts-check
// The keys of the page: they press its own buttons.

import { focusPopover, press } from './streamlit_dom.js';

/**
 * What a key presses, by the key of the widget.
 *
 * @type {Record<string, string>}
 */
export const KEYS = {
  ' ': 'play',
  s: 'step',
  b: 'batch',
  r: 'reset',
  n: 'new_weights',
  u: 'undo',
  y: 'redo',
  v: 'speed',
  t: 'stop',
  '?': 'keys',
  'ctrl+z': 'undo',
  'ctrl+y': 'redo',
  'ctrl+shift+z': 'redo',
};
const CHOSEN = '[type=range], [type=checkbox], [type=radio], [type=button]';
const TYPED = `textarea, select, [role=grid], [contenteditable=true], input:not(${CHOSEN})`;
const PRESSED = 'button, a, summary, input:not([type=range]), [role=button], [role=radio], [role=option]';
const OPENED = 150; // milliseconds after which what a button opens is there

/**
 * Fields keep the keys they need, and a focused button its Space.
 *
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  const held = event.ctrlKey || event.metaKey;
  const name = KEYS[`${held ? 'ctrl+' : ''}${held && event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`];
  const [at] = event.composedPath();
  if (!name || event.altKey || !(at instanceof Element)) return;
  if (at.closest(TYPED) || (event.key === ' ' && at.closest(PRESSED))) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  press(name);
  setTimeout(focusPopover, OPENED);
}

// Listen to the keys; returns what ends it.
export function listenToKeys() {
  window.addEventListener('keydown', onKey, true);
  return () => window.removeEventListener('keydown', onKey, true);
}
