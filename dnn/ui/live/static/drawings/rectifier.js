// @ts-check
// ReLU and leaky ReLU with their slopes: a point walks along both.

import { tr } from '../i18n.js';
import { Axes, circle, label, line, two } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {{ start: Values }} Settings */

const MOST = 3;
const [LOW, HIGH] = [-1, 3];

const axes = () =>
  new Axes(
    { low: -MOST, high: MOST, ticks: [-3, -2, -1, 0, 1, 2, 3], name: 'z', write: (z) => String(z).replace('-', '−') },
    { low: LOW, high: HIGH, ticks: [-1, 0, 1, 2, 3], name: '', write: (a) => String(a).replace('-', '−') },
  );

/** @param {number} z */
const relu = (z) => Math.max(z, 0);

/** @param {number} z @param {number} leak */
const leaky = (z, leak) => Math.max(z, leak * z);

/** @param {Settings} _ @param {Values} values */
const numbers = (_, { z, leak }) => ({
  relu: relu(z),
  slope: z > 0 ? 1 : 0,
  leaky: leaky(z, leak),
  leaky_slope: z > 0 ? 1 : leak,
});

/** @type {Kind<Settings>} */
export const rectifier = {
  title: () => tr('ReLU, leaky ReLU and their slopes'),
  handles: () => [
    { name: 'z', label: 'z', low: -MOST, high: MOST, step: 0.1 },
    { name: 'leak', label: tr('slope below zero'), low: 0, high: 0.3, step: 0.01 },
  ],
  start: ({ start }) => start,
  numbers,
  marked: () => ({ slope: 1 }),
  shapes(settings, values) {
    const on = axes();
    const { z, leak } = values;
    const of = numbers(settings, values);
    const x = on.x(z);
    const step = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ height) =>
      line(on.x(from), on.y(height), on.x(to), on.y(height), { part: 'slope', class: 'thick c1' });
    return [
      ...on.shapes(),
      line(on.x(0), on.top, on.x(0), on.bottom, { class: 'grid' }),
      line(x, on.top, x, on.bottom, { class: 'thin dashed' }),
      step(-MOST, 0, 0),
      step(0, MOST, 1),
      line(on.x(-MOST), on.y(leak), on.x(0), on.y(leak), { part: 'leaky', class: 'thin dashed c1' }),
      on.curve((each) => leaky(each, leak), { part: 'leaky', class: 'dashed one' }),
      on.curve(relu, { part: 'relu', class: 'thick c0' }),
      label(on.x(1.55), on.y(2.35), 'g(z)', { part: 'relu', class: 'value c0', 'text-anchor': 'end' }),
      label(on.x(2.2), on.y(1) + 17, 'g′(z)', { part: 'slope', class: 'value c1' }),
      label(on.x(-2.9), on.y(-2.9 * leak) + 17, tr('leaky ReLU'), { part: 'leaky', class: 'value one' }),
      circle(x, on.y(of.leaky), 5, { part: 'leaky', class: 'full one' }),
      circle(x, on.y(of.slope), 5, { part: 'slope', class: 'full c1' }),
      circle(x, on.y(of.relu), 8, { part: 'relu', drag: 'z', class: 'handle c0' }),
    ];
  },
  words(settings, values) {
    const of = numbers(settings, values);
    return tr('z = {z}: ReLU is {relu} with slope {slope}; leaky ReLU is {leaky} with slope {leak}.', {
      z: values.z.toFixed(1).replace('-', '−'),
      relu: two(of.relu),
      slope: String(of.slope),
      leaky: two(of.leaky),
      leak: two(of.leaky_slope),
    });
  },
  drag(_, values, __, at) {
    const z = Math.round(Math.max(-MOST, Math.min(MOST, axes().at(at).x)) * 10) / 10;
    return { ...values, z };
  },
};
