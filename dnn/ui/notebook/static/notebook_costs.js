// @ts-check
// The costs against the epoch, small: a solid line for training, a dotted one for testing, a dashed one for validation.

import { fit } from '../../../web/paint.js';
import { language, tr } from '../../live/static/i18n.js';

/** @import { Colors } from '../../live/contract.d.ts' */

const [LEFT, RIGHT, TOP, BOTTOM] = [44, 10, 24, 24]; // pixels around the lines
const FONT = '12px sans-serif';
const LOOKS = /** @type {[() => string, 'ink' | 'muted', number[]][]} */ ([
  [() => tr('train'), 'ink', []],
  [() => tr('test'), 'muted', [2, 3]],
  [() => tr('validation'), 'ink', [7, 4]],
]);

/**
 * Places of a curve in a picture; null where it has no number. `curves` has the epochs first, and then the costs.
 *
 * @param {Float32Array} curves
 * @param {number} count of curves, with the epochs
 * @param {number} width
 * @param {number} height
 */
export function placesOf(curves, count, width, height) {
  const length = curves.length / count;
  const epochs = curves.subarray(0, length);
  const known = curves.subarray(length).filter(Number.isFinite);
  const low = known.reduce((least, cost) => Math.min(least, cost), 0);
  const high = known.reduce((most, cost) => Math.max(most, cost), low + 1e-9);
  const last = Math.max(1, epochs[length - 1] ?? 0);
  const lines = Array.from({ length: count - 1 }, (_, line) =>
    Array.from(epochs, (epoch, k) => {
      const cost = curves[(line + 1) * length + k];
      if (!Number.isFinite(cost)) return null;
      const x = LEFT + (epoch / last) * (width - LEFT - RIGHT);
      const y = height - BOTTOM - ((cost - low) / (high - low)) * (height - TOP - BOTTOM);
      return { x, y };
    }),
  );
  return { lines, low, high, last };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} curves
 * @param {number} count
 * @param {Colors} colors
 */
export function drawCosts(canvas, curves, count, colors) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = fit(canvas, width, height);
  const { lines, low, high, last } = placesOf(curves, count, width, height);
  context.clearRect(0, 0, width, height);
  context.strokeStyle = colors.grid;
  context.strokeRect(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
  context.font = FONT;
  context.fillStyle = colors.muted;
  context.textAlign = 'right';
  context.fillText(high.toPrecision(3), LEFT - 4, TOP + 8);
  context.fillText(low ? low.toPrecision(3) : '0', LEFT - 4, height - BOTTOM);
  context.fillText(tr('epoch {epoch}', { epoch: last.toLocaleString(language()) }), width - RIGHT, height - 6);
  context.textAlign = 'left';
  let start = LEFT;
  lines.forEach((line, k) => {
    const [said, color, dash] = LOOKS[k];
    if (!line.some(Boolean)) return;
    const name = said();
    context.strokeStyle = colors[color];
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(start, 12);
    context.lineTo(start + 20, 12);
    let broken = true;
    for (const place of line) {
      if (place && broken) context.moveTo(place.x, place.y);
      else if (place) context.lineTo(place.x, place.y);
      broken = !place;
    }
    context.stroke();
    context.setLineDash([]);
    context.fillText(name, start + 25, 16);
    start += 36 + context.measureText(name).width;
  });
}
