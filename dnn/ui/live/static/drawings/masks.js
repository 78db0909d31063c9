// @ts-check
// Dropout: in each draw some units of two layers are left out, and what the others pass on is made larger.

import { tr } from '../i18n.js';
import { between, circle, label, line, two } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/**
 * @typedef {object} Settings
 * @property {number[][]} activations of the units of each layer
 * @property {number[][][]} random by draw, layer and unit: a unit stays where its number is p or more
 * @property {Values} start p and draw
 */

const COLUMNS = [130, 270]; // of the two layers
const [TOP, ROW] = [26, 33]; // of the first unit, and from one to the next
const BAR = { left: 70, right: 330, y: 252 };
const MOST = 0.9; // of p

/** What each unit passes on in a draw. @param {Settings} settings @param {number} p @param {number} draw from 1 */
function passedOn({ activations, random }, p, draw) {
  const scale = 1 / (1 - p);
  return activations.map((layer, l) => layer.map((a, unit) => a * (random[draw - 1][l][unit] >= p ? scale : 0)));
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {Settings} settings @param {Values} values */
function numbers(settings, { p, draw }) {
  const layers = passedOn(settings, p, draw);
  const draws = settings.random.map((_, k) => passedOn(settings, p, k + 1).map(sum));
  return {
    scale: 1 / (1 - p),
    kept: layers.map((layer) => layer.filter((value) => value > 0).length),
    sums: layers.map(sum),
    means: layers.map((_, l) => sum(draws.map((sums) => sums[l])) / draws.length),
  };
}

/** @param {Settings} settings @param {Values} values */
function shapes(settings, values) {
  const { p, draw } = values;
  const layers = passedOn(settings, p, draw);
  const { sums } = numbers(settings, values);
  const y = (/** @type {number} */ unit) => TOP + ROW * unit;
  /** @type {Shape[]} */
  const found = [];
  layers[0].forEach((from, i) => {
    layers[1].forEach((to, k) => {
      if (from && to) found.push(line(COLUMNS[0], y(i), COLUMNS[1], y(k), { class: 'grid' }));
    });
  });
  layers.forEach((layer, l) => {
    const [x, side] = [COLUMNS[l], l ? 1 : -1];
    layer.forEach((value, unit) => {
      const part = value ? 'kept' : 'left_out';
      found.push(circle(x, y(unit), 12, { part, class: value ? 'full c1' : 'empty' }));
      found.push(
        label(x + 20 * side, y(unit) + 4, value ? `${settings.activations[l][unit]} → ${two(value)}` : '0', {
          part,
          class: 'name',
          'text-anchor': l ? 'start' : 'end',
        }),
      );
    });
    const text = tr('sum {number}', { number: two(sums[l]) });
    found.push(label(x, y(layer.length) - 5, text, { part: 'sum', class: 'value', 'text-anchor': 'middle' }));
  });
  const at = BAR.left + p * (BAR.right - BAR.left);
  return [
    ...found,
    line(BAR.left, BAR.y, BAR.right, BAR.y, { class: 'axis' }),
    ...between(0, 1, 3).map((share) =>
      label(BAR.left + share * (BAR.right - BAR.left), BAR.y + 17, String(share), {
        class: 'tick',
        'text-anchor': 'middle',
      }),
    ),
    label(BAR.left - 14, BAR.y + 5, 'p', { part: 'p', class: 'value' }),
    circle(at, BAR.y, 8, { part: 'p', drag: 'p', class: 'handle' }),
  ];
}

/** @type {Kind<Settings>} */
export const masks = {
  title: () => tr('Dropout in two hidden layers'),
  handles: ({ random }) => [
    { name: 'p', label: tr('p: share left out'), low: 0, high: MOST, step: 0.05 },
    { name: 'draw', label: tr('Number of the draw'), low: 1, high: random.length, step: 1 },
  ],
  start: ({ start }) => start,
  numbers,
  marked: () => ({}),
  shapes,
  words(settings, values) {
    const { scale, kept, sums, means } = numbers(settings, values);
    return tr(
      'Each unit is kept with probability 1 − p = {keep}; in this draw {first} and {second} of {all} are. Their activations are multiplied by 1 / (1 − p) = {scale}. The sum of the first layer: {sum} now, {mean} on average of {draws} draws, {plain} without dropout.',
      {
        keep: two(1 - values.p),
        first: kept[0],
        second: kept[1],
        all: settings.activations[0].length,
        scale: two(scale),
        sum: two(sums[0]),
        mean: two(means[0]),
        draws: settings.random.length,
        plain: two(sum(settings.activations[0])),
      },
    );
  },
  drag(_, values, __, { x }) {
    const share = (x - BAR.left) / (BAR.right - BAR.left);
    return { ...values, p: Math.round(20 * Math.max(0, Math.min(MOST, share))) / 20 };
  },
};
