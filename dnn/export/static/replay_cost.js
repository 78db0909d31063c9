// @ts-check
// The cost against the epoch: all lines as far as they go, strong up to the frame on screen.

import { boardOf, LETTERS, last, scene, state } from './film.js';
import { titled } from './replay_plane.js';
import { compact, ticks } from './ticks.js';

export function drawCost() {
  const { context, w, h, top } = boardOf('cost');
  const { costs, epochs } = scene;
  const { theme, at } = state;
  context.font = LETTERS;
  const known = [...costs.flat(), ...scene.validation_costs].filter((cost) => cost !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 1e-9)];
  const rows = ticks(low, high, 4);
  const widest = Math.max(...rows.map((cost) => context.measureText(compact(cost)).width));
  const box = { l: 18 + widest, r: 24, t: top + 6, b: 40 };
  const end = Math.max(1, epochs[last]);
  /** @param {number} epoch */
  const x = (epoch) => box.l + (epoch / end) * (w - box.l - box.r);
  /** @param {number} cost */
  const y = (cost) => h - box.b - ((cost - low) / (high - low)) * (h - box.t - box.b);
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const cost of rows) {
    context.beginPath();
    context.moveTo(box.l, y(cost));
    context.lineTo(w - box.r, y(cost));
    context.stroke();
    context.fillText(compact(cost), box.l - 8, y(cost));
  }
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  const whole = ticks(0, end, (w - box.l - box.r) / 90).filter(Number.isInteger);
  for (const epoch of whole) context.fillText(epoch.toLocaleString('en'), x(epoch), h - box.b + 16);
  titled(context, 'epoch', (box.l + w - box.r) / 2, h - 8, w);
  const [train, test] = [0, 1].map((part) => costs.map((both) => both[part]));
  drawCurve(context, test, theme.muted, [5, 4], x, y);
  drawCurve(context, scene.validation_costs, theme.ink, [2, 3], x, y);
  drawCurve(context, train, theme.ink, [], x, y);
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(epochs[at]), box.t);
  context.lineTo(x(epochs[at]), h - box.b);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {(number | null)[]} costs of each frame, or none
 * @param {string} color
 * @param {number[]} dash
 * @param {(epoch: number) => number} x
 * @param {(cost: number) => number} y
 */
function drawCurve(context, costs, color, dash, x, y) {
  for (const [upTo, alpha] of [
    [last, 0.25],
    [state.at, 1],
  ]) {
    context.beginPath();
    for (let k = 0; k <= upTo; k++) {
      const cost = costs[k] ?? null;
      if (cost !== null) context.lineTo(x(scene.epochs[k]), y(cost));
    }
    Object.assign(context, { strokeStyle: color, globalAlpha: alpha, lineWidth: 2 });
    context.setLineDash(dash);
    context.stroke();
  }
}
