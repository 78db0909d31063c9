// @ts-check
// The plane: the field, the line between the classes, and the examples: filled for training, rings for testing,
// rings with a dot for validation.

import { fitting } from '../../web/names.js';
import { channels, crossings, lead } from '../../web/paint.js';
import { boardOf, FIELDS, field, find, frameOf, LETTERS, outputs, scene, state } from './film.js';
import { compact, ticks } from './ticks.js';

/**
 * The words beside an axis are set in the middle of it; a name that is too long is cut.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string | undefined} text none: nothing is written
 * @param {number} x
 * @param {number} y
 * @param {number} room
 * @param {boolean} [turned]
 */
export function titled(context, text, x, y, room, turned = false) {
  if (!text) return;
  context.save();
  context.translate(x, y);
  if (turned) context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(fitting(context, text, room), 0, 0);
  context.restore();
}

export function drawBoundary() {
  const { context, w, h, top } = boardOf('boundary');
  const { side } = scene;
  const { theme } = state;
  const [x1, x2, y1, y2] = scene.bounds;
  const [across, up] = scene.axes;
  context.font = LETTERS;
  const rows = up ? ticks(y1, y2, 5) : [];
  const beside = Math.max(0, ...rows.map((value) => context.measureText(compact(value)).width)) + (up ? 30 : 12);
  const size = Math.max(20, Math.min(w - beside - 16, h - top - 46));
  const left = beside + (w - beside - 16 - size) / 2;
  /** @param {number} value */
  const x = (value) => left + ((value - x1) / (x2 - x1)) * size;
  /** @param {number} value */
  const y = (value) => top + ((y2 - value) / (y2 - y1)) * size;
  const values = frameOf(FIELDS, outputs * side * side);
  if (outputs > 1) field.mix(values, theme.mixed);
  else field.paint(values, theme.colors);
  context.imageSmoothingEnabled = true;
  context.drawImage(field.canvas, left, top, size, size);
  context.fillStyle = theme.muted;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const value of ticks(x1, x2, size / 60)) context.fillText(compact(value), x(value), top + size + 16);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of rows) context.fillText(compact(value), left - 6, y(value));
  titled(context, across, left + size / 2, top + size + 34, size);
  titled(context, up, left - beside + 20, top + size / 2, size, true);
  drawLine(context, values, left, top, size / (side - 1));
  drawExamples(context, x, y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} values
 * @param {number} left
 * @param {number} top
 * @param {number} step pixels between two points of the field
 */
function drawLine(context, values, left, top, step) {
  const { side } = scene;
  context.beginPath();
  /** @type {Parameters<typeof crossings>[3]} */
  const line = (fromX, fromY, toX, toY) => {
    context.moveTo(left + fromX * step, top + fromY * step);
    context.lineTo(left + toX * step, top + toY * step);
  };
  const out = new Float32Array(side * side);
  if (outputs > 1) {
    for (let k = 0; k < outputs; k++) crossings(lead(values, side * side, outputs, k, out), side, 0, line);
  } else if (scene.task === 'binary') {
    crossings(values, side, 127.5, line);
  }
  context.strokeStyle = state.theme.ink;
  context.lineWidth = 2;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 */
function drawExamples(context, x, y) {
  const { theme } = state;
  const numbers = scene.task === 'regression';
  context.lineWidth = 1.2;
  scene.points.forEach(([a, b], k) => {
    context.beginPath();
    context.arc(x(a), y(b), 3.2, 0, 2 * Math.PI);
    const color = colorOf(scene.labels[k]);
    const training = scene.training[k];
    if (training || numbers) {
      context.fillStyle = color;
      context.fill();
    }
    // a number may have the colour of paper: its rim is always dark
    if (numbers) context.strokeStyle = training ? theme.muted : theme.ink;
    else context.strokeStyle = training ? theme.paper : color;
    context.stroke();
    if (!scene.validation[k]) return;
    context.beginPath();
    context.arc(x(a), y(b), 1.2, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle;
    context.fill();
  });
}

/** @param {number} label */
function colorOf(label) {
  const { theme } = state;
  if (scene.task !== 'regression') return theme.classes[label];
  const [low, high] = scene.heights;
  const share = Math.min(1, Math.max(0, (label - low) / (high - low)));
  const from = theme.ramp[128];
  const to = channels(share < 0.5 ? theme.negative : theme.positive);
  const mixed = from.map((value, k) => Math.round(value + (to[k] - value) * Math.abs(2 * share - 1)));
  return `rgb(${mixed.join(',')})`;
}

// The legend: what the colours of the examples mean, and what a ring is.
export function explain() {
  const { target, heights, task, names, tested } = scene;
  const numbers = task === 'regression';
  /** @type {[string, string][]} words, and a colour or none */
  const entries = numbers
    ? heights.map((height) => [`${target} = ${compact(height)}`, colorOf(height)])
    : names.map((name, k) => [name, state.theme.classes[k]]);
  if (scene.validation_costs.length) entries.push([`validation: ${numbers ? 'dark rim' : 'ring'} with a dot`, '']);
  if (tested) entries.push([numbers ? 'test: dark rim' : 'test: rings', '']);
  const made = entries.map(([textContent, color]) => {
    const entry = Object.assign(document.createElement('span'), { className: color ? 'class' : 'ring', textContent });
    if (color) entry.style.setProperty('--class', color);
    return entry;
  });
  find('classes').replaceChildren(...made);
}
