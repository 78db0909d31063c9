// @ts-check
// Plays the frames: has the figures drawn for one of them, and moves from one to the next.

import { dress, find, last, scene, state, themes } from './film.js';
import { drawCost } from './replay_cost.js';
import { drawNetwork } from './replay_network.js';
import { drawBoundary, explain } from './replay_plane.js';

const { epochs, costs } = scene;
const dark = matchMedia('(prefers-color-scheme: dark)');
const slider = /** @type {HTMLInputElement} */ (find('at'));
const speed = /** @type {HTMLSelectElement} */ (find('speed'));
let playing = false;
let drawnAt = 0;

/** @param {number | null} cost */
const shown = (cost) => (cost === null ? '–' : cost.toPrecision(4));

function draw() {
  const { at } = state;
  find('epoch').textContent = epochs[at].toLocaleString('en');
  find('train').textContent = shown(costs[at][0]);
  find('test').textContent = shown(costs[at][1]);
  find('validation').textContent = shown(scene.validation_costs[at] ?? null);
  slider.value = String(at);
  slider.setAttribute('aria-valuetext', `epoch ${epochs[at]}, train cost ${shown(costs[at][0])}`);
  drawBoundary(); // first: its field is the output's map
  drawCost();
  drawNetwork();
  document.body.dataset.epoch = String(epochs[at]);
}

/** @param {'light' | 'dark'} name */
function redress(name) {
  dress(name);
  explain();
  draw();
}

/** @param {number} place */
function go(place) {
  state.at = Math.min(last, Math.max(0, place));
  draw();
}

/** @param {boolean} on */
function play(on) {
  playing = on;
  if (on && state.at === last) state.at = 0;
  find('play').textContent = on ? 'Pause' : 'Play';
  drawnAt = performance.now();
  if (on) requestAnimationFrame(tick);
}

/** @param {number} now */
function tick(now) {
  if (!playing) return;
  if (now - drawnAt >= 1000 / Number(speed.value)) {
    drawnAt = now;
    go(state.at + 1);
    if (state.at === last) return play(false);
  }
  requestAnimationFrame(tick);
}

/** @type {Record<string, () => void>} */
const KEYS = {
  ' ': () => play(!playing),
  ArrowRight: () => go(state.at + 1),
  ArrowLeft: () => go(state.at - 1),
  Home: () => go(0),
  End: () => go(last),
};

window.addEventListener('keydown', (event) => {
  const target = /** @type {Element} */ (event.target);
  const typed = target.matches('select') || (event.key === ' ' && target.matches('button'));
  if (typed || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});
find('play').addEventListener('click', () => play(!playing));
slider.addEventListener('input', () => go(Number(slider.value)));
find('theme').addEventListener('click', () => redress(state.theme === themes.dark ? 'light' : 'dark'));
dark.addEventListener('change', () => redress(dark.matches ? 'dark' : 'light'));
new ResizeObserver(draw).observe(/** @type {Element} */ (document.querySelector('main')));

slider.max = String(last);
find('layers').textContent = scene.title;
find('note').textContent = scene.note;
find('note').hidden = !scene.note;
for (const [name, there] of Object.entries({ test: scene.tested, validation: scene.validation_costs.length > 0 })) {
  for (const part of document.querySelectorAll(`.${name}`)) /** @type {HTMLElement} */ (part).hidden = !there;
}
redress(dark.matches ? 'dark' : 'light');
