// @ts-check
// A threshold over the probabilities of the validation examples: both kinds of error, precision, recall, ROC, and what they cost.

import { tr } from '../i18n.js';
import { between, circle, label, line, path, two } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {{ answers: number[], classes: number[], start: Values }} Settings probabilities of class 1, and classes */

const ANSWERS = { left: 58, right: 236, one: 30, zero: 74, bottom: 98 }; // the rows of examples
const COSTS = { top: 150, bottom: 232 }; // under them, over the same thresholds
const ROC = { left: 286, right: 392, top: 12, bottom: 128 };
const THRESHOLDS = between(0, 100, 101).map((k) => k / 100);

/** @param {number} value */
const X = (value) => ANSWERS.left + value * (ANSWERS.right - ANSWERS.left);

/** What the threshold makes of the examples. @param {Settings} settings @param {number} threshold */
function counted({ answers, classes }, threshold) {
  let [found, missed, alarms, quiet] = [0, 0, 0, 0];
  answers.forEach((answer, k) => {
    if (classes[k]) answer >= threshold ? found++ : missed++;
    else answer >= threshold ? alarms++ : quiet++;
  });
  return { found, missed, alarms, quiet };
}

/** @param {Settings} settings @param {Values} values @param {number} threshold */
function costOf(settings, { miss, alarm }, threshold) {
  const { missed, alarms } = counted(settings, threshold);
  return miss * missed + alarm * alarms;
}

/** The shares of false alarms and of what is found, from the highest threshold to the lowest. @param {Settings} settings */
function curve(settings) {
  const levels = [2, ...new Set(settings.answers.toSorted((a, b) => b - a))];
  return levels.map((level) => {
    const { found, missed, alarms, quiet } = counted(settings, level);
    return { alarms: alarms / (alarms + quiet), found: found / (found + missed) };
  });
}

/** @param {Settings} settings */
function areaUnder(settings) {
  const places = curve(settings);
  return places
    .slice(1)
    .reduce((sum, { alarms, found }, k) => sum + ((alarms - places[k].alarms) * (found + places[k].found)) / 2, 0);
}

/** @param {Settings} settings @param {Values} values */
function numbers(settings, values) {
  const { found, missed, alarms, quiet } = counted(settings, values.threshold);
  const costs = THRESHOLDS.map((each) => costOf(settings, values, each));
  const lowest = Math.min(...costs);
  return {
    missed,
    alarms,
    precision: found + alarms ? found / (found + alarms) : -1, // nothing is called class 1
    recall: found / (found + missed),
    false_share: alarms / (alarms + quiet),
    area: areaUnder(settings),
    cost: costOf(settings, values, values.threshold),
    cheapest: THRESHOLDS[costs.indexOf(lowest)],
    lowest,
  };
}

/** @param {number} share */
const percent = (share) => (share < 0 ? '–' : `${(100 * share).toFixed(0)} %`);

/** @param {Settings} settings @param {Values} values @returns {Shape[]} */
function examples({ answers, classes }, { threshold }) {
  const { one, zero } = ANSWERS;
  return answers.map((answer, k) => {
    const wrong = answer >= threshold !== classes[k] > 0;
    const y = (classes[k] ? one : zero) + ((k % 7) - 3) * 5;
    const look = classes[k] ? 'one' : 'zero';
    const part = classes[k] ? 'missed' : 'alarms';
    return wrong
      ? circle(X(answer), y, 5, { part, class: `full ${look}` })
      : circle(X(answer), y, 2.5, { class: `dot ${look}` });
  });
}

/** @param {Settings} settings @param {Values} values @returns {Shape[]} */
function costCurve(settings, values) {
  const { top, bottom } = COSTS;
  const costs = THRESHOLDS.map((each) => costOf(settings, values, each));
  const { cost, cheapest, lowest } = numbers(settings, values);
  const highest = Math.max(...costs);
  const Y = (/** @type {number} */ value) => bottom - (value / highest) * (bottom - top);
  return [
    line(ANSWERS.left, bottom, ANSWERS.right, bottom, { class: 'axis' }),
    label(8, top - 10, tr('cost of all errors'), { part: 'cost', class: 'name' }),
    ...[0, 0.5, 1].map((at) => label(X(at), bottom + 15, String(at), { class: 'tick', 'text-anchor': 'middle' })),
    label(ANSWERS.left - 6, Y(highest) + 4, String(highest), { class: 'tick', 'text-anchor': 'end' }),
    label(ANSWERS.left - 6, bottom + 4, '0', { class: 'tick', 'text-anchor': 'end' }),
    path(
      costs.map((each, k) => [X(THRESHOLDS[k]), Y(each)]),
      { part: 'cost', class: 'thick c0' },
    ),
    line(X(cheapest), Y(lowest), X(cheapest), bottom, { part: 'cost', class: 'thin dashed c0' }),
    circle(X(values.threshold), Y(cost), 5, { part: 'cost', class: 'full c0' }),
  ];
}

/** @param {Settings} settings @param {Values} values @returns {Shape[]} */
function roc(settings, values) {
  const { left, right, top, bottom } = ROC;
  const { recall, false_share, precision, missed, alarms } = numbers(settings, values);
  const x = (/** @type {number} */ share) => left + share * (right - left);
  const y = (/** @type {number} */ share) => bottom - share * (bottom - top);
  const texts = /** @type {const} */ ([
    ['missed', tr('missed: {count}', { count: missed })],
    ['alarms', tr('false alarms: {count}', { count: alarms })],
    ['recall', tr('recall {share}', { share: percent(recall) })],
    ['precision', tr('precision {share}', { share: percent(precision) })],
  ]);
  return [
    line(left, bottom, right, bottom, { class: 'axis' }),
    line(left, bottom, left, top, { class: 'axis' }),
    line(left, bottom, right, top, { class: 'thin dashed' }),
    path(
      curve(settings).map(({ alarms: wrong, found }) => [x(wrong), y(found)]),
      { part: 'roc', class: 'thick c1' },
    ),
    circle(x(false_share), y(recall), 6, { part: 'roc', class: 'full c1' }),
    label(right, bottom + 15, tr('false alarms'), { class: 'tick', 'text-anchor': 'end' }),
    label(left + 30, bottom - 8, 'ROC', { part: 'roc', class: 'value c1' }),
    label(left - 2, top + 4, tr('found'), { class: 'tick', 'text-anchor': 'end' }),
    ...texts.map(([part, text], row) => label(left - 20, 176 + 21 * row, text, { part, class: 'value' })),
  ];
}

/** @type {Kind<Settings>} */
export const threshold = {
  title: () => tr('A threshold over the validation examples'),
  handles: () => [
    { name: 'threshold', label: tr('Threshold'), low: 0, high: 1, step: 0.01 },
    { name: 'miss', label: tr('Cost of a missed one'), low: 1, high: 10, step: 1 },
    { name: 'alarm', label: tr('Cost of a false alarm'), low: 1, high: 10, step: 1 },
  ],
  start: ({ start }) => start,
  numbers,
  marked: () => ({}),
  shapes(settings, values) {
    const { left, one, zero, bottom } = ANSWERS;
    const at = X(values.threshold);
    return [
      line(left, bottom, ANSWERS.right, bottom, { class: 'axis' }),
      label(left - 8, one + 4, tr('rain'), { class: 'tick', 'text-anchor': 'end' }),
      label(left - 8, zero + 4, tr('dry'), { class: 'tick', 'text-anchor': 'end' }),
      ...examples(settings, values),
      ...costCurve(settings, values),
      ...roc(settings, values),
      line(at, 8, at, COSTS.bottom, { part: 'threshold', class: 'tangent' }),
      circle(at, bottom + 14, 8, { part: 'threshold', drag: 'threshold', class: 'handle' }),
    ];
  },
  words(settings, values) {
    const { missed, alarms, cost, cheapest, lowest, area } = numbers(settings, values);
    return tr(
      'Rain from {threshold} on: {missed} rainy days missed, {alarms} false alarms, cost {cost}. Cheapest: {cheapest}, at a cost of {lowest}. Area under the ROC curve: {area}.',
      {
        threshold: two(values.threshold),
        missed,
        alarms,
        cost,
        cheapest: two(cheapest),
        lowest,
        area: area.toFixed(3),
      },
    );
  },
  drag(_, values, __, { x }) {
    const share = (x - ANSWERS.left) / (ANSWERS.right - ANSWERS.left);
    return { ...values, threshold: Math.round(100 * Math.max(0, Math.min(1, share))) / 100 };
  },
};
