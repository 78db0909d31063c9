// @ts-check
// The keys of the page: they press its own buttons.

import { focusPopover, press, STREAMLIT } from './streamlit_dom.js';

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
  k: 'keep',
  l: 'live',
  '?': 'keys',
  'ctrl+z': 'undo',
  'ctrl+y': 'redo',
  'ctrl+shift+z': 'redo',
};
/** @type {Record<string, number>} */
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 }; // an epoch back, an epoch on
const CHOSEN = '[type=range], [type=checkbox], [type=radio], [type=button]';
const TYPED = `textarea, select, [role=grid], [contenteditable=true], input:not(${CHOSEN})`;
const PRESSED = 'button, a, summary, input:not([type=range]), [role=button], [role=radio], [role=option]';
const PICKED = `[role=dialog], [role=listbox], [role=menu], ${STREAMLIT.popover}`; // where Space picks something
const OPENED = 150; // milliseconds after which what a button opens is there

/** @type {Element | null} the button that has the focus because it was clicked */
let clicked = null;

/** @type {(epochs: number) => void} goes to an earlier or later epoch of the run */
let onArrow = () => {};

/** @param {PointerEvent} event */
function onPointer(event) {
  const [at] = event.composedPath();
  clicked = at instanceof Element ? at.closest(PRESSED) : null;
}

/**
 * Whether Space belongs to the element: to a button that the keys went to. One that was clicked has the focus too, but who
 * then presses Space wants to pause.
 *
 * @param {Element} at
 */
function keepsSpace(at) {
  const pressed = at.closest(PRESSED);
  return pressed !== null && (pressed !== clicked || at.closest(PICKED) !== null);
}

/**
 * Fields keep the keys they need, and a focused button its Space.
 *
 * @param {KeyboardEvent} event
 */
function onKey(event) {
  if (event.key === 'Tab') clicked = null;
  const held = event.ctrlKey || event.metaKey;
  const name = KEYS[`${held ? 'ctrl+' : ''}${held && event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`];
  const [at] = event.composedPath();
  if (event.altKey || !(at instanceof Element)) return;
  if (at === document.body && ARROWS[event.key] && !held) onArrow(ARROWS[event.key]);
  if (!name) return;
  if (at.closest(TYPED) || (event.key === ' ' && keepsSpace(at))) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  if (event.key === ' ' && at instanceof HTMLElement) at.blur(); // or it would be pressed when the key goes up
  press(name);
  setTimeout(focusPopover, OPENED);
}

/**
 * Listen to the keys; returns what ends it.
 *
 * @param {(epochs: number) => void} [onEpochs] hears the arrow keys, where no field or button has the focus
 */
export function listenToKeys(onEpochs = () => {}) {
  onArrow = onEpochs;
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPointer, true);
  return () => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPointer, true);
  };
}
