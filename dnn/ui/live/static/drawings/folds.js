// @ts-check
// Four tanh units on a walk around the middle of the flower: each times its output weight, and their sum.

import { tr } from '../i18n.js';
import { logistic } from './functions.js';
import { Axes, circle, label, line, path, rect, three, two } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/**
 * @typedef {object} Settings
 * @property {number} radius of the walk
 * @property {number[][]} weights of each unit
 * @property {number[]} biases of each unit
 * @property {number} bias of the output
 * @property {number[][]} points angle and class of the examples that lie near the walk
 * @property {Values} start
 */

const PLACES = 240;
const MOST = 12; // of an output weight
const STRIP = 9; // height of the strips of answers and of examples

const axes = () => {
  const on = new Axes(
    { low: 0, high: 360, ticks: [0, 60, 120, 180, 240, 300, 360], name: '', write: (angle) => `${angle}°` },
    { low: -15, high: 15, ticks: [-10, 0, 10], name: '', write: (sum) => String(sum).replace('-', '−') },
  );
  on.bottom -= 16;
  return on;
};

/** @param {Values} values */
const outputs = (values) => [1, 2, 3, 4].map((k) => values[`v${k}`]);

/** @param {Settings} settings @param {number} angle in degrees @returns {number[]} */
function activations({ radius, weights, biases }, angle) {
  const turn = (angle * Math.PI) / 180;
  const [x, y] = [radius * Math.cos(turn), radius * Math.sin(turn)];
  return weights.map(([w1, w2], k) => Math.tanh(w1 * x + w2 * y + biases[k]));
}

/** @param {Settings} settings @param {Values} values @param {number} angle */
const sumAt = (settings, values, angle) =>
  activations(settings, angle).reduce((sum, a, k) => sum + a * outputs(values)[k], settings.bias);

/** How often the sum changes its sign on the way round. @param {Settings} settings @param {Values} values */
function changes(settings, values) {
  const signs = Array.from({ length: PLACES }, (_, k) => sumAt(settings, values, (360 * k) / PLACES) > 0);
  return signs.filter((sign, k) => sign !== signs.at(k - 1)).length;
}

/** The share of the examples near the walk that is right. @param {Settings} settings @param {Values} values */
const rightShare = (settings, values) =>
  settings.points.filter(([angle, y]) => sumAt(settings, values, angle) > 0 === y > 0.5).length /
  settings.points.length;

/** @param {Settings} settings @param {Values} values */
function shapes(settings, values) {
  const on = axes();
  const { angle } = values;
  const all = Array.from({ length: PLACES + 1 }, (_, k) => (360 * k) / PLACES);
  const sums = all.map((each) => sumAt(settings, values, each));
  /** @param {number} height */
  const Y = (height) => on.y(Math.max(-15.5, Math.min(15.5, height)));
  /** @type {Shape[]} */
  const found = [...on.shapes(), line(on.left, on.y(0), on.right, on.y(0), { class: 'axis' })];
  for (const [k, v] of outputs(values).entries()) {
    const part = `unit${k + 1}`;
    /** @type {[number, number][]} */
    const places = all.map((each) => [on.x(each), Y(v * activations(settings, each)[k])]);
    const [x, y] = places[20 + 55 * k];
    found.push(path(places, { part, class: v > 0 ? 'thin one' : 'thin zero' }));
    found.push(label(x, y - 5, `v${'₁₂₃₄'[k]}a${'₁₂₃₄'[k]}`, { part, class: v > 0 ? 'value one' : 'value zero' }));
  }
  found.push(
    path(
      all.map((each, k) => [on.x(each), Y(sums[k])]),
      { part: 'sum', class: 'thick' },
    ),
  );
  const turns = [0, ...all.slice(1).filter((_, k) => sums[k] > 0 !== sums[k + 1] > 0), 360];
  for (const [k, from] of turns.slice(0, -1).entries()) {
    const width = on.x(turns[k + 1]) - on.x(from);
    const side = sums[all.indexOf(from) + 1] > 0 ? 'one' : 'zero';
    found.push(rect(on.x(from), on.bottom + 20, width, STRIP, { part: 'answer', class: side }));
  }
  for (const [at, y] of settings.points) {
    found.push(circle(on.x(at), on.bottom + 36, 3, { class: y > 0.5 ? 'dot one' : 'dot zero' }));
  }
  const [x, y] = [on.x(angle), Y(sumAt(settings, values, angle))];
  found.push(line(x, on.top, x, on.bottom, { class: 'thin dashed' }));
  found.push(circle(x, y, 8, { part: 'sum', drag: 'angle', class: 'handle' }));
  return found;
}

/** @type {Kind<Settings>} */
export const folds = {
  title: () => tr('Four tanh units and their sum, once around the flower'),
  handles: () => [
    { name: 'angle', label: tr('angle'), low: 0, high: 360, step: 1 },
    ...[1, 2, 3, 4].map((k) => ({ name: `v${k}`, label: `v${'₁₂₃₄'[k - 1]}`, low: -MOST, high: MOST, step: 0.1 })),
  ],
  start: ({ start }) => start,
  numbers: (settings, values) => ({
    folds: activations(settings, values.angle).map((a, k) => a * outputs(values)[k]),
    sum: sumAt(settings, values, values.angle),
    changes: changes(settings, values),
    right: rightShare(settings, values),
  }),
  marked: (settings) => ({ sum: changes(settings, settings.start) }),
  shapes,
  words(settings, values) {
    const terms = activations(settings, values.angle).map((a, k) => two(a * outputs(values)[k]));
    const sum = sumAt(settings, values, values.angle);
    return tr(
      'At {angle}°: z = {terms} + {bias} = {sum}, ŷ = {answer}. The sum changes its sign {changes} times; of the examples near the circle {right} % are right.',
      {
        angle: values.angle.toFixed(0),
        terms: terms.join(' + ').replaceAll('+ −', '− '),
        bias: two(settings.bias),
        sum: two(sum),
        answer: three(logistic(sum)),
        changes: changes(settings, values),
        right: (100 * rightShare(settings, values)).toFixed(0),
      },
    );
  },
  drag: (_, values, __, at) => ({ ...values, angle: Math.round(Math.max(0, Math.min(360, axes().at(at).x))) }),
};
