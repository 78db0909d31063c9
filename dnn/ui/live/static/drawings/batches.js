// @ts-check
// The same work in few exact steps or in many rough ones: one neuron's cost from above, with the path of all examples at
// once and that of mini-batches.

import { crossings } from '../../../../web/paint.js';
import { linesOf } from '../ghost.js';
import { tr } from '../i18n.js';
import { logistic, lossOfLogit } from './functions.js';
import { circle, HEIGHT, label, line, path, three, two, WIDTH } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {[number, number]} Place w₁ and w₂ */
/**
 * @typedef {object} Settings
 * @property {number} epochs
 * @property {number[]} sizes of batches; the last one is all examples
 * @property {[number, number, number][]} points x₁, x₂ and the class of each example
 * @property {number[][]} orders of the examples in each epoch
 * @property {Place} lowest
 * @property {Values} start size, a place in sizes, rate, w1 and w2
 */

const SCALE = 26; // pixels for a unit of w₁ and of w₂
const [LEFT, TOP] = [-6.2, 3]; // the upper left corner
const EDGE = { w1: [-6, 9], w2: [-7.2, 2.8] };
const LEVELS = [0.26, 0.28, 0.33, 0.42, 0.6, 0.9, 1.4, 2.2, 3.2, 4.5];
const CELLS = 50; // across
const DOTS = 250; // steps at most of which each is a dot

/** @param {number} w1 */
const X = (w1) => SCALE * (w1 - LEFT);
/** @param {number} w2 */
const Y = (w2) => SCALE * (TOP - w2);

/** @param {Settings} settings @param {Place} place */
function cost({ points }, [w1, w2]) {
  let sum = 0;
  for (const [x1, x2, y] of points) sum += lossOfLogit(w1 * x1 + w2 * x2, y);
  return sum / points.length;
}

/** The places of one neuron, one more than updates. @param {Settings} settings @param {Values} values @param {number} size */
function walk({ points, orders }, values, size) {
  let [w1, w2] = [values.w1, values.w2];
  /** @type {Place[]} */
  const places = [[w1, w2]];
  for (const order of orders) {
    for (let first = 0; first < order.length; first += size) {
      const batch = order.slice(first, first + size);
      let [dw1, dw2] = [0, 0];
      for (const row of batch) {
        const [x1, x2, y] = points[row];
        const dz = logistic(w1 * x1 + w2 * x2) - y;
        dw1 += x1 * dz;
        dw2 += x2 * dz;
      }
      w1 -= (values.rate * dw1) / batch.length;
      w2 -= (values.rate * dw2) / batch.length;
      places.push([w1, w2]);
    }
  }
  return places;
}

/** How many times as long as straight on a way is. @param {Place[]} places */
function detour(places) {
  let length = 0;
  for (let k = 1; k < places.length; k++) length += distance(places[k - 1], places[k]);
  return length / Math.max(distance(places[0], places[places.length - 1]), 1e-12);
}

/** @param {Place} from @param {Place} to */
const distance = ([a1, a2], [b1, b2]) => Math.hypot(a1 - b1, a2 - b2);

/** @param {Settings} settings @param {Values} values */
function ways(settings, values) {
  const all = settings.points.length;
  const size = settings.sizes[values.size];
  const full = walk(settings, values, all);
  return { all, size, full, batch: size === all ? full : walk(settings, values, size) };
}

/** @param {Settings} settings @param {Values} values */
function numbers(settings, values) {
  const { full, batch } = ways(settings, values);
  const [fullEnd, batchEnd] = [full[full.length - 1], batch[batch.length - 1]];
  return {
    full: fullEnd,
    batch: batchEnd,
    steps: [full.length - 1, batch.length - 1],
    costs: [cost(settings, fullEnd), cost(settings, batchEnd)],
    detours: [detour(full), detour(batch)],
  };
}

/** @type {WeakMap<Settings, Shape[]>} the same in every picture of the same examples */
const valleys = new WeakMap();

/** Curves on which the cost is the same. @param {Settings} settings */
function valley(settings) {
  const known = valleys.get(settings);
  if (known) return known;
  const [side, step] = [CELLS + 1, WIDTH / CELLS];
  const costs = Float64Array.from({ length: side * side }, (_, k) => {
    return cost(settings, [LEFT + ((k % side) * step) / SCALE, TOP - (Math.floor(k / side) * step) / SCALE]);
  });
  const found = LEVELS.flatMap((level) =>
    linesOf((emit) => crossings(costs, side, level, emit), side).map((places) =>
      path(
        places.map(([x, y]) => [x * WIDTH, y * WIDTH]),
        { class: 'thin' },
      ),
    ),
  );
  valleys.set(settings, found);
  return found;
}

/** @type {Kind<Settings>} */
export const batches = {
  title: () => tr('Five epochs of one neuron, from above'),
  handles: ({ sizes }) => [
    { name: 'size', label: tr('Batch size'), low: 0, high: sizes.length - 1, step: 1, options: sizes.map(String) },
    { name: 'rate', label: tr('Learning rate'), low: 0.1, high: 2, step: 0.1 },
    { name: 'w1', label: tr('Start: w₁'), low: EDGE.w1[0], high: EDGE.w1[1], step: 0.1 },
    { name: 'w2', label: tr('Start: w₂'), low: EDGE.w2[0], high: EDGE.w2[1], step: 0.1 },
  ],
  start: ({ start }) => start,
  numbers,
  marked: () => ({}),
  shapes(settings, values) {
    const { all, size, full, batch } = ways(settings, values);
    const [lowX, lowY] = [X(settings.lowest[0]), Y(settings.lowest[1])];
    const found = [...valley(settings)];
    for (const [part, places, look] of /** @type {[string, Place[], string][]} */ ([
      ['batch', batch, 'c1'],
      ['full', full, 'c0'],
    ])) {
      const dots = places.map(([w1, w2]) => /** @type {Place} */ ([X(w1), Y(w2)]));
      const few = dots.length <= DOTS;
      found.push(path(dots, { part, class: few ? `thick ${look}` : look }));
      if (few)
        for (const [x, y] of dots.slice(1))
          found.push(circle(x, y, part === 'full' ? 4 : 2.5, { part, class: `full ${look}` }));
    }
    const texts = /** @type {[string, string, string][]} */ ([
      ['full', 'c0', tr('all {count}: {steps} steps', { count: all, steps: full.length - 1 })],
      ['batch', 'c1', tr('batches of {size}: {steps} steps', { size, steps: batch.length - 1 })],
    ]);
    texts.forEach(([part, look, text], row) => {
      const y = HEIGHT - 30 + 18 * row;
      found.push(
        line(10, y - 4, 34, y - 4, { part, class: `thick ${look}` }),
        label(40, y, text, { part, class: `value ${look}` }),
      );
    });
    return [
      ...found,
      line(lowX - 6, lowY, lowX + 6, lowY, { part: 'lowest', class: 'thick' }),
      line(lowX, lowY - 6, lowX, lowY + 6, { part: 'lowest', class: 'thick' }),
      circle(X(values.w1), Y(values.w2), 8, { drag: 'w1', class: 'handle' }),
    ];
  },
  words(settings, values) {
    const { all, size } = ways(settings, values);
    const { steps, costs, detours } = numbers(settings, values);
    return tr(
      'From a cost of {first}: all {all} examples at once make {few} steps, to {high}. Batches of {size} make {many}, to {low}; their way is {times} times as long as the straight one.',
      {
        first: two(cost(settings, [values.w1, values.w2])),
        all,
        few: steps[0],
        high: three(costs[0]),
        size,
        many: steps[1],
        low: three(costs[1]),
        times: two(detours[1]),
      },
    );
  },
  drag: (_, values, __, { x, y }) => ({
    ...values,
    w1: within(LEFT + x / SCALE, EDGE.w1),
    w2: within(TOP - y / SCALE, EDGE.w2),
  }),
};

/** @param {number} value @param {number[]} edges */
const within = (value, [low, high]) => Math.round(10 * Math.max(low, Math.min(high, value))) / 10;
