// @ts-check
// The sigmoid and its slope: a point walks along the curve, with its tangent.

import { tr } from '../i18n.js';
import { logistic, slopeOfLogistic } from './functions.js';
import { Axes, circle, label, line, three, two } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {{ start: Values }} Settings */

const MOST = 6;

const axes = () =>
  new Axes(
    { low: -MOST, high: MOST, ticks: [-6, -4, -2, 0, 2, 4, 6], name: 'z', write: (z) => String(z).replace('-', '−') },
    { low: 0, high: 1.1, ticks: [0, 0.5, 1], name: '' },
  );

/** @type {Kind<Settings>} */
export const sigmoid = {
  title: () => tr('The sigmoid and its slope'),
  handles: () => [{ name: 'z', label: 'z', low: -MOST, high: MOST, step: 0.1 }],
  start: ({ start }) => start,
  numbers: (_, { z }) => ({ value: logistic(z), slope: slopeOfLogistic(z) }),
  marked: () => ({ slope: slopeOfLogistic(0) }),
  shapes(_, { z }) {
    const on = axes();
    const [value, slope] = [logistic(z), slopeOfLogistic(z)];
    const half = 1.6; // of the tangent, in z
    const [x, y, low] = [on.x(z), on.y(value), on.y(slope)];
    const [quarter, middle] = [on.y(slopeOfLogistic(0)), on.x(0)];
    return [
      ...on.shapes(),
      line(on.left, quarter, on.right, quarter, { part: 'slope', class: 'thin dashed c1' }),
      label(on.left + 5, quarter - 5, tr('at most {number}', { number: two(slopeOfLogistic(0)) }), {
        part: 'slope',
        class: 'value c1',
      }),
      circle(middle, quarter, 3.5, { part: 'slope', class: 'full c1' }),
      on.curve(logistic, { part: 'sigmoid', class: 'thick c0' }),
      on.curve(slopeOfLogistic, { part: 'slope', class: 'thick c1' }),
      label(on.x(3.3), on.y(0.9), 'σ(z)', { part: 'sigmoid', class: 'value c0' }),
      label(on.x(2.2), on.y(0.13), 'σ′(z)', { part: 'slope', class: 'value c1' }),
      line(x, y, x, on.bottom, { class: 'thin dashed' }),
      line(on.x(z - half), on.y(value - half * slope), on.x(z + half), on.y(value + half * slope), {
        class: 'tangent',
      }),
      circle(x, low, 5, { part: 'slope', class: 'full c1' }),
      circle(x, y, 8, { part: 'sigmoid', drag: 'z', class: 'handle c0' }),
    ];
  },
  words(_, { z }) {
    const value = logistic(z);
    return tr('z = {z}: σ(z) = {value}, and the slope is {value} × (1 − {value}) = {slope}.', {
      z: z.toFixed(1).replace('-', '−'),
      value: value.toFixed(3),
      slope: three(slopeOfLogistic(z)),
    });
  },
  drag: (_, __, ___, at) => ({ z: Math.round(Math.max(-MOST, Math.min(MOST, axes().at(at).x)) * 10) / 10 }),
};
