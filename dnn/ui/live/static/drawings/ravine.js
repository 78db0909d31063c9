// @ts-check
// A narrow valley, much steeper across than along, and the paths of optimisers that go down it from one place.

import { tr } from '../i18n.js';
import { circle, HEIGHT, label, line, path, three, two, WIDTH } from './shapes.js';

/** @import { Handle, Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {[number, number]} Place w₁ and w₂ */
/**
 * @typedef {object} Settings
 * @property {string[]} shown names of optimisers
 * @property {number} steep the curvature across; along it is 1
 * @property {number} updates
 * @property {boolean} limit whether the text names the largest rate of plain descent
 * @property {Values} start rate, beta, w1 and w2
 */

const SCALE = 52; // pixels for a unit of w₁ and of w₂
const [MIDDLE, CENTRE] = [(WIDTH * 3) / 4, HEIGHT / 2]; // where the lowest place is
const EDGE = { w1: [-5.6, 1.8], w2: [-2.4, 2.4] };
const LEVELS = [0.3, 2, 6, 13, 24, 40];
const FAR = 1e3; // units: no picture reaches there
/** @type {Record<string, string>} */
const LOOK = { sgd: 'c0', momentum: 'c1', adam: 'dashed' };

/** @param {number} w1 */
const X = (w1) => MIDDLE + SCALE * w1;
/** @param {number} w2 */
const Y = (w2) => CENTRE - SCALE * w2;

/** What one optimiser makes of a number's gradients, one after another: its steps. @param {string} name @param {Values} values */
function stepper(name, { rate, beta }) {
  let [m, v, t] = [0, 0, 0];
  return (/** @type {number} */ gradient) => {
    t += 1;
    if (name === 'sgd') return -rate * gradient;
    if (name === 'momentum') {
      v = beta * v + gradient;
      return -rate * v;
    }
    m = 0.9 * m + (1 - 0.9) * gradient;
    v = 0.999 * v + (1 - 0.999) * gradient * gradient;
    const [unbiased, square] = [m / (1 - 0.9 ** t), v / (1 - 0.999 ** t)];
    return (-rate * unbiased) / (Math.sqrt(square) + 1e-8);
  };
}

/** @param {Settings} settings @param {Values} values @param {string} name @returns {Place[]} one more than updates */
function walk({ steep, updates }, values, name) {
  const [along, across] = [stepper(name, values), stepper(name, values)];
  let { w1, w2 } = values;
  /** @type {Place[]} */
  const places = [[w1, w2]];
  for (let k = 0; k < updates; k++) {
    w1 += along(w1); // the slope of ½ w₁²
    w2 += across(steep * w2); // the slope of ½ steep w₂²
    places.push([w1, w2]);
  }
  return places;
}

/** @param {Settings} settings @param {Place} place */
const cost = ({ steep }, [w1, w2]) => 0.5 * (w1 * w1 + steep * w2 * w2);

/** @param {Settings} settings @param {Values} values */
function numbers(settings, values) {
  /** @type {Record<string, number | number[]>} */
  const found = {};
  for (const name of settings.shown) {
    const places = walk(settings, values, name);
    found[name] = places.filter((_, k) => k % 15 === 0).flat();
    found[`${name}_cost`] = cost(settings, places[places.length - 1]);
  }
  return found;
}

/** A closed curve where the cost is the same. @param {Settings} settings @param {number} level */
function contour({ steep }, level) {
  const [wide, high] = [Math.sqrt(2 * level), Math.sqrt((2 * level) / steep)];
  const round = Array.from({ length: 121 }, (_, k) => (2 * Math.PI * k) / 120);
  return path(
    round.map((a) => [X(wide * Math.cos(a)), Y(high * Math.sin(a))]),
    { part: 'valley', class: 'thin' },
  );
}

/** The beginning of a path that stays near the picture. @param {Place[]} places */
function near(places) {
  const end = places.findIndex(([w1, w2]) => Math.hypot(w1, w2) > FAR);
  return (end < 0 ? places : places.slice(0, end)).map(([w1, w2]) => /** @type {Place} */ ([X(w1), Y(w2)]));
}

/** @param {string} name */
const called = (name) => ({ sgd: tr('Gradient descent (SGD)'), momentum: tr('Momentum'), adam: 'Adam' })[name] ?? name;

/** @param {Settings} settings @param {Values} values */
function shapes(settings, values) {
  /** @type {Shape[]} */
  const found = LEVELS.map((level) => contour(settings, level));
  found.push(
    line(0, CENTRE, WIDTH, CENTRE, { class: 'grid' }),
    line(MIDDLE, 0, MIDDLE, HEIGHT, { class: 'grid' }),
    label(WIDTH - 6, CENTRE - 6, 'w₁', { class: 'name', 'text-anchor': 'end' }),
    label(MIDDLE + 6, 13, 'w₂', { class: 'name' }),
    circle(MIDDLE, CENTRE, 4, { part: 'valley', class: 'full' }),
  );
  settings.shown.forEach((name, row) => {
    const look = LOOK[name];
    const places = near(walk(settings, values, name));
    found.push(path(places, { part: name, class: `thick ${look}` }));
    for (const [x, y] of places.slice(1)) found.push(circle(x, y, 2.5, { part: name, class: `full ${look}` }));
    const y = HEIGHT - 12 - 18 * (settings.shown.length - 1 - row);
    found.push(
      line(10, y - 4, 34, y - 4, { part: name, class: `thick ${look}` }),
      label(40, y, called(name), { part: name, class: `value ${look}` }),
    );
  });
  found.push(circle(X(values.w1), Y(values.w2), 8, { drag: 'w1', class: 'handle' }));
  return found;
}

/** @param {number} value @param {number[]} edges */
const within = (value, [low, high]) => Math.round(10 * Math.max(low, Math.min(high, value))) / 10;

/** @type {Kind<Settings>} */
export const ravine = {
  title: () => tr('A narrow valley from above'),
  handles({ shown }) {
    const highest = shown.includes('adam') ? 0.4 : 0.06;
    /** @type {Handle[]} */
    const found = [{ name: 'rate', label: tr('Learning rate'), low: 0.002, high: highest, step: 0.002 }];
    if (shown.includes('momentum')) found.push({ name: 'beta', label: 'β', low: 0, high: 0.98, step: 0.02 });
    found.push({ name: 'w1', label: tr('Start: w₁'), low: -5.6, high: 1.8, step: 0.1 });
    found.push({ name: 'w2', label: tr('Start: w₂'), low: -2.4, high: 2.4, step: 0.1 });
    return found;
  },
  start: ({ start }) => start,
  numbers,
  marked: ({ limit, steep }) => /** @type {Record<string, number>} */ (limit ? { rate: 2 / steep } : {}),
  shapes,
  words(settings, values) {
    const found = numbers(settings, values);
    const costs = settings.shown.map((name) => {
      const end = Number(found[`${name}_cost`]);
      return end > FAR
        ? tr('{name} has left the valley', { name: called(name) })
        : tr('{name}: cost {cost}', { name: called(name), cost: three(end) });
    });
    return tr('From a cost of {first}, {updates} updates later: {costs}.', {
      first: two(cost(settings, [values.w1, values.w2])),
      updates: settings.updates,
      costs: costs.join('; '),
    });
  },
  drag: (_, values, __, { x, y }) => ({
    ...values,
    w1: within((x - MIDDLE) / SCALE, EDGE.w1),
    w2: within((CENTRE - y) / SCALE, EDGE.w2),
  }),
};
