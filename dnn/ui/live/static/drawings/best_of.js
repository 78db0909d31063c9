// @ts-check
// A hundred networks and a test by chance: the best of the first so many, and what new examples say of it.

import { tr } from '../i18n.js';
import { Axes, circle, label, line, path } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {{ test: number[], new: number[], start: Values }} Settings the accuracy of each network */

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** @param {number} count */
const axes = (count) =>
  new Axes(
    { low: 0, high: count + 1, ticks: [1, 25, 50, 75, 100], name: tr('network') },
    { low: 0.1, high: 0.9, ticks: [0.25, 0.5, 0.75], name: tr('accuracy'), write: (a) => `${100 * a} %` },
  );

/** The place of the best of the first networks, the first of them if there are several. @param {number[]} test */
function placeOfBest(test, /** @type {number} */ networks) {
  const shown = test.slice(0, networks);
  return shown.indexOf(Math.max(...shown));
}

/** @type {Kind<Settings>} */
export const bestOf = {
  title: () => tr('The best of many by chance'),
  handles: ({ test }) => [{ name: 'networks', label: tr('Networks'), low: 1, high: test.length, step: 1 }],
  start: ({ start }) => start,
  numbers(settings, { networks }) {
    const best = placeOfBest(settings.test, networks);
    return { best: settings.test[best], new: settings.new[best] };
  },
  marked: () => ({}),
  shapes(settings, { networks }) {
    const on = axes(settings.test.length);
    const best = placeOfBest(settings.test, networks);
    const [high, low] = [settings.test[best], settings.new[best]];
    /** @type {[number, number][]} */
    const stairs = [];
    for (let k = 1; k <= networks; k += 1) {
      stairs.push([on.x(k), on.y(settings.test[placeOfBest(settings.test, k)])]);
    }
    const [x, half] = [on.x(networks), on.y(0.5)];
    const left = on.x(best + 1) < (on.left + on.right) / 2;
    const side = { 'text-anchor': left ? 'start' : 'end' };
    const beside = on.x(best + 1) + (left ? 9 : -9);
    return [
      ...on.shapes(),
      line(on.left, half, on.right, half, { part: 'half', class: 'thin dashed' }),
      ...settings.test.slice(0, networks).map((share, k) => circle(on.x(k + 1), on.y(share), 2.5, { class: 'full' })),
      path(stairs, { part: 'best', class: 'thick c0' }),
      circle(on.x(best + 1), on.y(high), 5, { part: 'best', class: 'full c0' }),
      label(beside, on.y(high) - 9, percent(high), { part: 'best', class: 'value c0', ...side }),
      circle(on.x(best + 1), on.y(low), 5, { part: 'new', class: 'full c1' }),
      label(beside, on.y(low) + 18, percent(low), { part: 'new', class: 'value c1', ...side }),
      line(x, on.top, x, on.bottom, { class: 'thin dashed' }),
      circle(x, on.bottom, 8, { drag: 'networks', class: 'handle c0' }),
    ];
  },
  words(settings, { networks }) {
    const best = placeOfBest(settings.test, networks);
    return tr(
      'The best of {networks} is network {best}: {test} of the test examples are right, of new examples {new}.',
      {
        networks,
        best: best + 1,
        test: percent(settings.test[best]),
        new: percent(settings.new[best]),
      },
    );
  },
  drag(settings, values, _, at) {
    const count = settings.test.length;
    return { ...values, networks: Math.round(Math.max(1, Math.min(count, axes(count).at(at).x))) };
  },
};
