// @ts-check
// The gradient at the output for an example of class 0, over z: dA by a division, which fails, and dZ by a difference.

import { tr } from '../i18n.js';
import { logistic } from './functions.js';
import { Axes, circle, label, line, three } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {{ start: Values }} Settings */

const MOST = 42;
const BROKEN = -Math.log(2 ** -53); // from here on the answer is rounded to exactly 1
const SIGNS = { 0: '1', 4: '10⁴', 8: '10⁸', 12: '10¹²', 16: '10¹⁶' };

const axes = () =>
  new Axes(
    { low: 0, high: MOST, ticks: [0, 10, 20, 30, 40], name: 'z' },
    {
      low: 0.01,
      high: 1e18,
      log: true,
      ticks: Object.keys(SIGNS).map((power) => 10 ** Number(power)),
      name: '',
      write: (value) => /** @type {Record<string, string>} */ (SIGNS)[Math.round(Math.log10(value))],
    },
  );

/** @param {Settings} _ @param {Values} values a division that fails counts as 0 */
function numbers(_, { z }) {
  const answer = logistic(z);
  const rest = 1 - answer;
  const failed = rest === 0;
  return { answer, dA: failed ? 0 : 1 / rest, failed: Number(failed), dZ: answer };
}

/** @type {Kind<Settings>} */
export const division = {
  title: () => tr('The gradient at the output, for an example of class 0'),
  handles: () => [{ name: 'z', label: 'z', low: 0, high: MOST, step: 0.5 }],
  start: ({ start }) => start,
  numbers,
  marked: () => ({ broken: BROKEN }),
  shapes(settings, values) {
    const on = axes();
    const of = numbers(settings, values);
    const [x, end] = [on.x(values.z), on.x(BROKEN)];
    return [
      ...on.shapes(),
      on.curve(logistic, { part: 'subtracted', class: 'thick c1' }),
      line(on.x(0), on.y(2), end, on.y(1 / (1 - logistic(BROKEN - 0.1))), { part: 'divided', class: 'thick c0' }),
      line(end, on.top, end, on.bottom, { part: 'broken', class: 'dashed zero' }),
      label(end - 6, on.bottom - 10, tr('ŷ is rounded to 1'), {
        part: 'broken',
        class: 'value zero',
        'text-anchor': 'end',
      }),
      label(on.x(11), on.y(1e8), 'dA = 1 / (1 − ŷ)', { part: 'divided', class: 'value c0', 'text-anchor': 'middle' }),
      label(on.x(3), on.y(1) - 9, 'dZ = ŷ − y', { part: 'subtracted', class: 'value c1' }),
      line(x, on.top, x, on.bottom, { class: 'thin dashed' }),
      ...(of.failed ? [] : [circle(x, on.y(of.dA), 5, { part: 'divided', class: 'full c0' })]),
      circle(x, on.y(of.dZ), 8, { part: 'subtracted', drag: 'z', class: 'handle c1' }),
    ];
  },
  words(settings, values) {
    const of = numbers(settings, values);
    const z = values.z.toFixed(1);
    return of.failed
      ? tr('z = {z}: ŷ is exactly 1, so dA is 1 divided by 0, and dZ from it is no number. ŷ − y is 1.', { z })
      : tr('z = {z}: dA is {division}, and times ŷ(1 − ŷ) it is {difference}. ŷ − y is {difference}, too.', {
          z,
          division: three(of.dA),
          difference: three(of.dZ),
        });
  },
  drag: (_, __, ___, at) => ({ z: Math.round(Math.max(0, Math.min(MOST, axes().at(at).x)) * 2) / 2 }),
};
