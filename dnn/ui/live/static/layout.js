// @ts-check
// Where everything in the diagram is.

import { brief } from '../../../web/names.js';
import { contextOf } from '../../../web/paint.js';

/** @import { Point } from './geometry.js' */

const STRIP = 56; // pixels that the switches of the inputs take of the diagram's width, at least
const STRIP_SHARE = 0.25; // of that width, at most
const AROUND = 18; // pixels in and beside a switch that its name cannot have
const STACKED = 62; // pixels: columns closer than this have their buttons one over the other,
const TIGHT = 76; // and closer than this short captions

/**
 * @typedef {object} Plan
 * @property {Point[][]} layers the middle of each unit's box
 * @property {number} strip how much the switches of the inputs take at the left
 * @property {number} box how large the boxes are
 * @property {number} pitch from column to column
 * @property {boolean} stacked
 * @property {boolean} tight
 * @property {number} head how much the buttons and captions take at the top
 * @property {number} top where the room for units begins
 * @property {number} bottom and ends
 * @property {number} scale how large letters are
 */

// How large the page's letters are, and with them its buttons: 1 as browsers have them, more on a projector.
export function letters() {
  const panel = document.querySelector('.dnn-panel') ?? document.documentElement;
  return Number.parseFloat(getComputedStyle(panel).fontSize) / 16 || 1;
}

/**
 * How much room the switches of the inputs need for these names.
 *
 * @param {string[]} labels
 * @param {number} width of the diagram
 * @param {number} scale
 * @param {string} family of the letters
 */
export function stripFor(labels, width, scale, family) {
  const context = contextOf(document.createElement('canvas'));
  context.font = `600 ${13 * scale}px ${family}`;
  const widest = Math.max(0, ...labels.map((label) => context.measureText(brief(label)).width));
  return Math.max(STRIP * scale, Math.min(Math.ceil(widest) + AROUND * scale, STRIP_SHARE * width));
}

/**
 * The plan for these layer sizes in this much room, with letters of this `scale`.
 *
 * @param {number[]} sizes
 * @param {number} width
 * @param {number} height
 * @param {number} [scale]
 * @param {number} [strip]
 * @returns {Plan}
 */
export function arrange(sizes, width, height, scale = 1, strip = STRIP * scale) {
  const bottom = 26 * scale;
  const pitch = (width - strip - 10) / sizes.length;
  const stacked = pitch < STACKED * scale;
  const head = (stacked ? 80 : 56) * scale;
  const top = head + 22 * scale;
  const tallest = Math.max(...sizes);
  const room = height - top - bottom;
  const box = Math.max(4, Math.min(56 * scale, pitch * 0.55, (room / tallest) * 0.78));
  const gap = Math.min(box * 1.9, room / tallest);
  const layers = sizes.map((units, l) => {
    const x = strip + pitch * (l + 0.5);
    const step = units > 1 ? Math.min(Math.max(gap, box * 1.25), room / units) : 0;
    return Array.from({ length: units }, (_, k) => ({ x, y: top + room / 2 + (k - (units - 1) / 2) * step }));
  });
  return {
    layers,
    strip,
    box,
    pitch,
    stacked,
    tight: pitch < TIGHT * scale,
    head,
    top,
    bottom: height - bottom,
    scale,
  };
}
