// @ts-check
// Sparse and dead units: a row for each unit, coloured for the examples for which it is above zero.

import { tr } from '../i18n.js';
import { circle, HEIGHT, label, rect, WIDTH } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {{ rows: string[], shares: number[] }} Units what each is above zero for, and for which share of all */
/**
 * @typedef {object} Settings
 * @property {number[]} rates of each case
 * @property {boolean[]} leaky
 * @property {number[]} epochs
 * @property {Units[][]} cases by case and epoch
 * @property {Values} start
 */

const [LEFT, RIGHT, TOP, BOTTOM] = [30, WIDTH - 66, 24, HEIGHT - 18];

/** @param {Settings} settings @param {Values} values */
const unitsOf = ({ cases }, { case: which, epoch }) => cases[which][epoch];

/** @param {Settings} settings @param {Values} values */
const isDead = (settings, values, k = values.unit - 1) =>
  !settings.leaky[values.case] && unitsOf(settings, values).shares[k] === 0;

/** @param {Settings} settings */
const heightOf = ({ cases }) => (BOTTOM - TOP) / cases[0][0].rows.length;

/** Where the cells of a row that are above zero begin, and how many there are. @param {string} row */
const runsOf = (row) => Array.from(row.matchAll(/1+/g), (found) => ({ from: found.index, count: found[0].length }));

/** @type {Kind<Settings>} */
export const deadUnits = {
  title: () => tr('Which unit is above zero for which example?'),
  handles: ({ rates, leaky, epochs, cases }) => [
    {
      name: 'case',
      label: tr('Case'),
      low: 0,
      high: rates.length - 1,
      step: 1,
      options: rates.map((rate, k) =>
        leaky[k]
          ? tr('Leaky ReLU, learning rate {rate}', { rate: String(rate) })
          : tr('ReLU, learning rate {rate}', { rate: String(rate) }),
      ),
    },
    {
      name: 'epoch',
      label: tr('Epoch'),
      low: 0,
      high: epochs.length - 1,
      step: 1,
      options: epochs.map(String),
    },
    { name: 'unit', label: tr('Unit'), low: 1, high: cases[0][0].rows.length, step: 1 },
  ],
  start: ({ start }) => start,
  numbers: (settings, values) => ({
    shares: unitsOf(settings, values).shares,
    dead: unitsOf(settings, values).shares.filter((_, k) => isDead(settings, values, k)).length,
  }),
  marked: () => ({}),
  shapes(settings, values) {
    const { rows } = unitsOf(settings, values);
    const high = heightOf(settings);
    const wide = (RIGHT - LEFT) / rows[0].length;
    /** @type {Shape[]} */
    const found = rows.flatMap((row, k) => {
      const y = TOP + k * high;
      const part = isDead(settings, values, k) ? 'dead' : 'sparse';
      const leaks = settings.leaky[values.case]
        ? [rect(LEFT, y, RIGHT - LEFT, high - 1.5, { part: 'leaky', class: 'leak' })]
        : [];
      return [
        rect(LEFT, y, RIGHT - LEFT, high - 1.5, { part, class: 'row' }),
        ...leaks,
        ...runsOf(row).map(({ from, count }) =>
          rect(LEFT + from * wide, y, count * wide, high - 1.5, { part, class: 'one' }),
        ),
        ...(part === 'dead' ? [label(RIGHT + 4, y + high - 1, tr('dead'), { part, class: 'small' })] : []),
      ];
    });
    return [
      label(LEFT, TOP - 9, tr('unit'), { class: 'tick', 'text-anchor': 'end' }),
      label(RIGHT, HEIGHT - 4, tr('training examples, from left to right in the plane'), {
        class: 'tick',
        'text-anchor': 'end',
      }),
      ...found,
      circle(LEFT - 12, TOP + (values.unit - 0.6) * high, 7, { drag: 'unit', class: 'handle c1' }),
    ];
  },
  words(settings, values) {
    const { shares } = unitsOf(settings, values);
    const share = (100 * shares[values.unit - 1]).toFixed(0);
    const all = shares.map((_, k) => isDead(settings, values, k));
    const told = {
      dead: String(all.filter(Boolean).length),
      all: String(all.length),
      unit: String(values.unit),
      share,
    };
    return isDead(settings, values)
      ? tr('{dead} of {all} units are dead. Unit {unit} is 0 for every example: dead.', told)
      : tr('{dead} of {all} units are dead. Unit {unit} is above zero for {share} % of the examples: not dead.', told);
  },
  drag(settings, values, _, at) {
    const found = Math.floor((at.y - TOP) / heightOf(settings)) + 1;
    return { ...values, unit: Math.max(1, Math.min(settings.cases[0][0].rows.length, found)) };
  },
};
