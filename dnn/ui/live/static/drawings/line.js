// @ts-check
// Logistic regression: the line of a neuron with two inputs, its three numbers as handles.

import { tr } from '../i18n.js';
import { logistic, lossOfLogit } from './functions.js';
import { circle, HEIGHT, label, line as stroke, three, two, WIDTH } from './shapes.js';

/** @import { Field, Kind, Shape, Values } from './contract.d.ts' */
/**
 * @typedef {object} Settings
 * @property {number[][]} points x1, x2 and the class of each training example
 * @property {Values} start w1, w2 and b
 */

const [MIDDLE, CENTRE] = [WIDTH / 2, HEIGHT / 2];
const ARROW = 0.4; // units of the plane for a weight of 1
const MOST = 5; // of a weight or bias

/** @param {Settings} settings pixels for a unit of the plane */
function scaleOf({ points }) {
  const wide = Math.max(...points.map(([x]) => Math.abs(x)));
  const high = Math.max(...points.map(([, y]) => Math.abs(y)));
  return Math.min(MIDDLE / (1.06 * wide), CENTRE / (1.06 * high));
}

/** @param {number} value */
const within = (value) => Math.round(Math.max(-MOST, Math.min(MOST, value)) * 100) / 100;

/** @param {Settings} settings @param {Values} values */
function numbers({ points }, { w1, w2, b }) {
  const logits = points.map(([x1, x2]) => w1 * x1 + w2 * x2 + b);
  const cost = points.reduce((sum, [, , y], k) => sum + lossOfLogit(logits[k], y), 0) / points.length;
  const right = points.filter(([, , y], k) => logits[k] > 0 === y > 0.5).length / points.length;
  const length = Math.hypot(w1, w2);
  return { cost, right, distance: length ? -b / length : 0, degrees: (Math.atan2(w2, w1) * 180) / Math.PI };
}

/** @param {Settings} settings @param {Values} values */
function shapes(settings, { w1, w2, b }) {
  const scale = scaleOf(settings);
  /** @param {number} x */
  const X = (x) => MIDDLE + scale * x;
  /** @param {number} y */
  const Y = (y) => CENTRE - scale * y;
  /** @type {Shape[]} */
  const found = settings.points.map(([x, y, k]) => circle(X(x), Y(y), 3, { class: k ? 'dot one' : 'dot zero' }));
  found.push(
    stroke(0, CENTRE, WIDTH, CENTRE, { class: 'grid' }),
    stroke(MIDDLE, 0, MIDDLE, HEIGHT, { class: 'grid' }),
    label(WIDTH - 6, CENTRE - 6, 'x₁', { class: 'name', 'text-anchor': 'end' }),
    label(MIDDLE + 6, 13, 'x₂', { class: 'name' }),
  );
  const square = w1 * w1 + w2 * w2;
  if (square > 1e-4) {
    const [px, py] = [(-b * w1) / square, (-b * w2) / square]; // the point of the line nearest to the middle
    const reach = 20 / Math.sqrt(square);
    const [dx, dy] = [-w2 * reach, w1 * reach];
    found.push(stroke(X(px - dx), Y(py - dy), X(px + dx), Y(py + dy), { part: 'line', class: 'thick' }));
    const [lx, ly] = inside(X(px), Y(py));
    found.push(
      stroke(MIDDLE, CENTRE, X(px), Y(py), { part: 'b', class: 'dashed' }),
      circle(lx, ly, 8, { part: 'b', drag: 'b', class: 'handle' }),
      label(lx + 12, ly + 16, `ŷ = ${three(logistic(0))}`, { part: 'line', class: 'value' }),
    );
  }
  const [x, y] = [X(ARROW * w1), Y(ARROW * w2)];
  found.push(
    stroke(MIDDLE, CENTRE, x, y, { class: 'thin' }),
    stroke(x, CENTRE, x, y, { class: 'thin dashed' }),
    stroke(MIDDLE, y, x, y, { class: 'thin dashed' }),
    stroke(MIDDLE, CENTRE, x, CENTRE, { part: 'w1', class: 'thick c0' }),
    stroke(MIDDLE, CENTRE, MIDDLE, y, { part: 'w2', class: 'thick c1' }),
    circle(x, CENTRE, 8, { part: 'w1', drag: 'w1', class: 'handle c0' }),
    circle(MIDDLE, y, 8, { part: 'w2', drag: 'w2', class: 'handle c1' }),
    label(x, CENTRE + 22, 'w₁', { part: 'w1', class: 'value c0', 'text-anchor': 'middle' }),
    label(MIDDLE - 13, y + 4, 'w₂', { part: 'w2', class: 'value c1', 'text-anchor': 'end' }),
  );
  return found;
}

/** A place, moved into the picture. @param {number} x @param {number} y */
const inside = (x, y) => [Math.max(10, Math.min(WIDTH - 70, x)), Math.max(10, Math.min(HEIGHT - 24, y))];

/** @type {Kind<Settings>} */
export const line = {
  title: () => tr('The boundary of one neuron'),
  handles: () =>
    Object.entries({ w1: 'w₁', w2: 'w₂', b: 'b' }).map(([name, text]) => ({
      name,
      label: text,
      low: -MOST,
      high: MOST,
      step: 0.05,
    })),
  start: (settings) => settings.start,
  numbers,
  marked: () => ({ line: logistic(0) }),
  shapes,
  words(settings, values) {
    const { cost, right } = numbers(settings, values);
    const [w1, w2, b] = [values.w1, values.w2, values.b].map(two);
    return tr('ŷ = σ(w₁x₁ + w₂x₂ + b) with w₁ = {a}, w₂ = {b}, b = {c}: cost {cost}, {right} % right.', {
      a: w1,
      b: w2,
      c: b,
      cost: three(cost),
      right: (100 * right).toFixed(1),
    });
  },
  drag(settings, values, name, at) {
    const scale = scaleOf(settings);
    const [x, y] = [(at.x - MIDDLE) / scale, (CENTRE - at.y) / scale];
    if (name === 'w1') return { ...values, w1: within(x / ARROW) };
    if (name === 'w2') return { ...values, w2: within(y / ARROW) };
    return { ...values, b: within(-(values.w1 * x + values.w2 * y)) };
  },
  field(settings, { w1, w2, b }) {
    const square = w1 * w1 + w2 * w2;
    const scale = scaleOf(settings);
    /** @param {number} z the place on the way from the middle where the weighted sum is z */
    const place = (z) => ({
      x: MIDDLE + (scale * (z - b) * w1) / square,
      y: CENTRE - (scale * (z - b) * w2) / square,
    });
    const [low, high] = [-6, 6];
    if (square < 1e-4) {
      return { from: { x: 0, y: 0 }, to: { x: WIDTH, y: 0 }, shares: [logistic(b), logistic(b)] };
    }
    const shares = Array.from({ length: 13 }, (_, k) => logistic(low + ((high - low) * k) / 12));
    return /** @type {Field} */ ({ from: place(low), to: place(high), shares });
  },
};
