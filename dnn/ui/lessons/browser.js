// @ts-check

/** @import { Component } from '../component.d.ts' */
/**
 * @typedef {object} Data
 * @property {string[]} done steps that Python knows to be done
 * @property {boolean} told whether Python knows what this browser has kept
 * @property {string} label
 * @property {string} help
 * @property {boolean} shown
 */

const NAME = 'dnn.lessons.done'; // under which what is done is kept
/** @type {Record<string, string>} keys that turn pages, by the button that they press */
const TURNS = { ArrowLeft: 'lesson_back', ArrowRight: 'lesson_next' };
// fields keep their arrow keys
const KEEP = 'input, textarea, select, [role=slider], [role=radio], [role=tab], [role=radiogroup], .dnn-stage';

/** @returns {string[]} */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** @param {string[]} done */
function keep(done) {
  try {
    localStorage.setItem(NAME, JSON.stringify(done));
  } catch {
    // a browser that keeps nothing
  }
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

/** @type {Promise<typeof import('../live/static/streamlit_dom.js')> | undefined} */
let loading;
function streamlit() {
  loading ??= import(new URL('ui/live/static/streamlit_dom.js', new URL('./', document.baseURI)).href);
  return loading;
}

/** @param {KeyboardEvent} event */
async function onKey(event) {
  const [at] = event.composedPath();
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (at instanceof Element && at.closest(KEEP)) return;
  if (event.key.toLowerCase() === 'f') return fill();
  if (TURNS[event.key]) (await streamlit()).pressButton(TURNS[event.key]);
}

/** @type {Set<HTMLElement>} a new page may come before the old one has gone: whoever is last stops listening */
const shown = new Set();

/** @param {Component<Data>} component */
export default function ({ data, parentElement, setStateValue }) {
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector('button'));
  Object.assign(button, { textContent: data.label, title: data.help, onclick: fill, hidden: !data.shown });
  // what Python knows and what is kept become one
  const all = [...new Set([...kept(), ...data.done])];
  keep(all);
  if (all.length > data.done.length && !data.told) setStateValue('kept', all);
  streamlit();
  shown.add(parentElement);
  window.addEventListener('keydown', onKey);
  return () => {
    shown.delete(parentElement);
    if (!shown.size) window.removeEventListener('keydown', onKey);
  };
}
