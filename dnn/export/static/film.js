// @ts-check
// What the replay shows: the frames that the file brings, which of them is on screen, and in which colours.

import { channels, Field, fit, palette } from '../../web/paint.js';

/** @typedef {import('../replay.js').Replay} Replay */
/** @typedef {import('../replay.js').ReplayTheme} ReplayTheme */

/** @param {string} id */
export const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

export const LETTERS = '12px system-ui, sans-serif';

/** @type {Replay} */
export const scene = JSON.parse(find('data').textContent);

/** @param {string} text base64 */
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const { sizes, side, mapSide } = scene;
export const FIELDS = bytes(scene.field);
export const MAPS = bytes(scene.maps);
export const WEIGHTS = new Float32Array(bytes(scene.weights).buffer);
const SEEN = bytes(scene.seen);
export const last = scene.epochs.length - 1;
export const outputs = scene.several ? sizes[sizes.length - 1] : 1;
export const hidden = sizes.slice(1, -1).reduce((sum, n) => sum + n, 0);

// Pictures: the field, a map for each hidden unit, for each input (these stay as they are), and for each class.
export const field = new Field(side);
export const map = mapSide && hidden ? new Field(mapSide, hidden) : null;
export const seen = SEEN.length ? new Field(mapSide, sizes[0]) : null;
export const chance = outputs > 1 ? new Field(side, outputs) : null;

/** @param {ReplayTheme} theme */
const dressed = (theme) => ({ ...theme, colors: palette(theme.ramp), mixed: theme.soft.map(channels) });
export const themes = { light: dressed(scene.themes.light), dark: dressed(scene.themes.dark) };

// What is on screen: the place of the frame, and the appearance.
export const state = { at: last, theme: themes.light };

/** @param {'light' | 'dark'} name */
export function dress(name) {
  const theme = themes[name];
  state.theme = theme;
  seen?.paint(SEEN, theme.colors);
  const root = document.documentElement;
  root.dataset.theme = name;
  root.style.colorScheme = name;
  const { ink, muted, grid, paper, negative, positive } = theme;
  for (const [part, color] of Object.entries({ ink, muted, grid, paper, negative, positive })) {
    root.style.setProperty(`--${part}`, color);
  }
}

/**
 * The part of `values` that belongs to the frame on screen.
 *
 * @template {Uint8Array | Float32Array} T
 * @param {T} values
 * @param {number} size
 * @returns {T}
 */
export function frameOf(values, size) {
  return /** @type {T} */ (values.subarray(state.at * size, (state.at + 1) * size));
}

/**
 * The canvas of a figure, cleared, with its size and how far down its caption reaches.
 *
 * @param {string} id
 */
export function boardOf(id) {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`#${id} canvas`));
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const context = fit(canvas, w, h);
  context.clearRect(0, 0, w, h);
  const caption = /** @type {HTMLElement} */ (canvas.nextElementSibling);
  return { context, w, h, top: caption.offsetHeight + 14 };
}
