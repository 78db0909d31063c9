// @ts-check
// One layer as four boxes: linear and activation, forward and backward, what each keeps, and the shape of everything.

import { tr } from '../i18n.js';
import { circle, label, line, path, rect } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {{ start: Values }} Settings */
/** @typedef {{ part: string, left: number, right: number, top: number, bottom: number, title: string, lines: Row[] }} Box */
/** @typedef {{ text: string, part?: string }} Row */

const MOST = { examples: 300, units: 12 };
const [LEFT, RIGHT] = [
  { left: 52, right: 190 },
  { left: 242, right: 350 },
];
const [FRONT, BACK] = [
  { top: 8, bottom: 84 },
  { top: 164, bottom: 262 },
];
const CACHE = { left: LEFT.left, right: RIGHT.right, top: 100, bottom: 148 };
/** Where the dot is in each of the halves. */
const STOPS = [
  { x: LEFT.right, y: FRONT.bottom },
  { x: RIGHT.right, y: FRONT.bottom },
  { x: RIGHT.left, y: BACK.top },
  { x: LEFT.left, y: BACK.top },
];

/** The shape of each array. @param {Settings} _ @param {Values} values */
const numbers = (_, { examples, before, units }) => ({
  A1: [examples, before],
  W2: [before, units],
  b2: [units],
  Z2: [examples, units],
  A2: [examples, units],
  dA2: [examples, units],
  dZ2: [examples, units],
  dW2: [before, units],
  db2: [units],
  dA1: [examples, before],
});

/** @param {number[]} shape as Python writes it */
const written = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

/** @param {Record<string, number[]>} of @returns {Box[]} in the order in which they are computed */
function boxes(of) {
  const row = (/** @type {string} */ name, /** @type {string} */ text, shape = of[name]) => {
    return { text: `${text} ${written(shape)}`, part: name.toLowerCase() };
  };
  const [linear, activation] = [tr('LINEAR'), tr('ACTIVATION')];
  return [
    {
      part: 'linear',
      ...LEFT,
      ...FRONT,
      title: linear,
      lines: [{ text: 'Z₂ = A₁ W₂ + b₂' }, row('W2', 'W₂'), row('b2', 'b₂')],
    },
    { part: 'activation', ...RIGHT, ...FRONT, title: activation, lines: [{ text: 'A₂ = g(Z₂)' }] },
    {
      part: 'activation_back',
      ...RIGHT,
      ...BACK,
      title: activation,
      lines: [{ text: 'dZ₂ =' }, { text: 'dA₂ ⊙ g′(Z₂)' }],
    },
    {
      part: 'linear_back',
      ...LEFT,
      ...BACK,
      title: linear,
      lines: [row('dW2', 'dW₂ = A₁ᵀ dZ₂'), row('db2', 'db₂ = Σ dZ₂'), { text: 'dA₁ = dZ₂ W₂ᵀ', part: 'da1' }],
    },
  ];
}

/** A box with its title and formulas, which belong to its part or to one of their own. @param {Box} box */
function drawn({ part, left, right, top, bottom, title, lines }, now = false) {
  const x = left + 8;
  return [
    rect(left, top, right - left, bottom - top, { part, class: now ? 'box now' : 'box' }),
    label(x, top + 17, title, { part, class: 'name strong' }),
    ...lines.map((row, k) => label(x, top + 36 + 17 * k, row.text, { part: row.part ?? part, class: 'name' })),
  ];
}

/** An arrow. @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
function arrow(x1, y1, x2, y2, part = '') {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [((x2 - x1) / length) * 6, ((y2 - y1) / length) * 6];
  const head = path([
    [x2 - dx - dy / 2, y2 - dy + dx / 2],
    [x2, y2],
    [x2 - dx + dy / 2, y2 - dy - dx / 2],
  ]);
  return [line(x1, y1, x2, y2, part ? { part } : {}), head];
}

/** What goes from half to half: its name and its shape beside the arrow. @param {Record<string, number[]>} of */
function passed(of) {
  const [front, back] = [44, 208];
  /** @type {[string, string, number, number, number][]} name, text, where the arrow begins and ends, height */
  const ways = [
    ['A1', 'A₁', 2, LEFT.left - 2, front],
    ['Z2', 'Z₂', LEFT.right + 2, RIGHT.left - 2, front],
    ['A2', 'A₂', RIGHT.right + 2, 398, front],
    ['dA2', 'dA₂', 398, RIGHT.right + 2, back],
    ['dZ2', 'dZ₂', RIGHT.left - 2, LEFT.right + 2, back],
    ['dA1', 'dA₁', LEFT.left - 2, 2, back],
  ];
  return ways.flatMap(([name, text, from, to, y]) => {
    const part = name.toLowerCase();
    const middle = { part, 'text-anchor': /** @type {const} */ ('middle') };
    return [
      ...arrow(from, y, to, y, part),
      label((from + to) / 2, y - 8, text, { ...middle, class: 'name strong' }),
      label((from + to) / 2, y + 17, written(of[name]), { ...middle, class: 'tick' }),
    ];
  });
}

/** The cache between forward and backward. @param {Record<string, number[]>} of @returns {Shape[]} */
function cache(of) {
  const { left, right, top, bottom } = CACHE;
  const [first, second] = [left + 8, RIGHT.left + 8];
  const way = (/** @type {number} */ x) => [
    ...arrow(x, FRONT.bottom, x, top, 'cache'),
    ...arrow(x, bottom, x, BACK.top, 'cache'),
  ];
  return [
    rect(left, top, right - left, bottom - top, { part: 'cache', class: 'box dashed' }),
    label((LEFT.right + RIGHT.left) / 2, top + 29, tr('cache'), {
      part: 'cache',
      class: 'name strong',
      'text-anchor': 'middle',
    }),
    label(first, top + 20, `A₁ ${written(of.A1)}`, { part: 'a1', class: 'name' }),
    label(first, top + 38, `W₂ ${written(of.W2)}`, { part: 'w2', class: 'name' }),
    label(second, top + 20, `Z₂ ${written(of.Z2)}`, { part: 'z2', class: 'name' }),
    ...way((LEFT.left + LEFT.right) / 2),
    ...way((RIGHT.left + RIGHT.right) / 2),
  ];
}

/** @type {Kind<Settings>} */
export const halves = {
  title: () => tr('Layer 2 in halves, forward and backward'),
  handles: () => [
    {
      name: 'half',
      label: tr('Half'),
      low: 0,
      high: 3,
      step: 1,
      options: [tr('linear, forward'), tr('activation, forward'), tr('activation, backward'), tr('linear, backward')],
    },
    { name: 'examples', label: tr('Examples'), low: 1, high: MOST.examples, step: 1 },
    { name: 'before', label: tr('Units of layer 1'), low: 1, high: MOST.units, step: 1 },
    { name: 'units', label: tr('Units of layer 2'), low: 1, high: MOST.units, step: 1 },
  ],
  start: ({ start }) => start,
  numbers,
  marked: () => ({}),
  shapes(settings, values) {
    const of = numbers(settings, values);
    const { x, y } = STOPS[values.half];
    return [
      ...passed(of),
      ...cache(of),
      ...boxes(of).flatMap((box, k) => drawn(box, k === values.half)),
      circle(x, y, 8, { drag: 'half', class: 'handle c1' }),
    ];
  },
  words(settings, values) {
    const of = numbers(settings, values);
    const shapes = { before: written(of.A1), weights: written(of.W2), bias: written(of.b2), sums: written(of.Z2) };
    return [
      tr(
        'Linear half, forward: A₁ W₂ is {before} @ {weights}, and b₂ {bias} is added to each row, so Z₂ is {sums}. It keeps A₁ and W₂.',
        shapes,
      ),
      tr('Activation half, forward: g works on each number of Z₂, so A₂ is {sums}, too. It keeps Z₂.', shapes),
      tr(
        'Activation half, backward: dA₂ comes in. It is multiplied, number by number, by the slope at the Z₂ that was kept. So dZ₂ is {sums}, like Z₂.',
        shapes,
      ),
      tr(
        'Linear half, backward: dZ₂ comes in. With the A₁ that was kept, dW₂ is {weights}, like W₂. With the W₂ that was kept, dA₁ is {before}, like A₁.',
        shapes,
      ),
    ][values.half];
  },
  drag(_, values, __, at) {
    const distances = STOPS.map(({ x, y }) => Math.hypot(at.x - x, at.y - y));
    return { ...values, half: distances.indexOf(Math.min(...distances)) };
  },
};
