// @ts-check
// Cost against accuracy: the losses of five examples as bars. All weights times a factor: as many right, another cost.

import { tr } from '../i18n.js';
import { logistic, lossOfLogit } from './functions.js';
import { Axes, circle, label, line, rect, three } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/**
 * @typedef {object} Settings
 * @property {number[]} answers of the first examples, all of class 1, at a factor of 1
 * @property {Values} factors of which the text speaks, by part
 * @property {Values} start
 */

const MOST = 6; // of a loss
const BAR = 0.62; // width of a bar, in examples
const LN2 = Math.log(2);

/** @param {number} p */
const logit = (p) => Math.log(p / (1 - p));

const axes = () =>
  new Axes(
    { low: 0.4, high: 6.6, ticks: [], name: '' },
    { low: 0, high: MOST, ticks: [0, 1, 2, 3, 4, 5, 6], name: tr('loss of one example') },
  );

/** @param {Settings} settings @param {Values} values the logits of all examples */
const logitsOf = ({ answers }, { factor, last }) => [...answers, last].map((p) => factor * logit(p));

/** @param {number[]} logits */
const costOf = (logits) => logits.reduce((sum, z) => sum + lossOfLogit(z, 1), 0) / logits.length;

/** @param {Settings} settings @param {Values} values */
function numbers(settings, values) {
  const logits = logitsOf(settings, values);
  return {
    losses: logits.map((z) => lossOfLogit(z, 1)),
    cost: costOf(logits),
    accuracy: logits.filter((z) => z > 0).length / logits.length,
  };
}

/** @param {Settings} settings @returns {Values} the cost at each factor of which the text speaks */
const marked = (settings) =>
  Object.fromEntries(
    Object.entries(settings.factors).map(([part, factor]) => [
      part,
      costOf(logitsOf(settings, { factor, last: settings.start.last })),
    ]),
  );

/** @type {Kind<Settings>} */
export const costAndAccuracy = {
  title: () => tr('Five examples of class 1: cost and accuracy'),
  handles: () => [
    { name: 'factor', label: tr('all weights times'), low: 0.1, high: 5, step: 0.1 },
    { name: 'last', label: 'ŷ₅', low: 0.05, high: 0.95, step: 0.05 },
  ],
  start: ({ start }) => start,
  numbers,
  marked,
  shapes(settings, values) {
    const on = axes();
    const { losses, cost } = numbers(settings, values);
    const [limit, height] = [on.y(LN2), on.y(cost)];
    const bars = losses.flatMap((loss, k) => {
      const [left, top] = [on.x(k + 1 - BAR / 2), on.y(Math.min(loss, MOST))];
      const side = loss < LN2 ? 'one' : 'zero';
      const answer = logistic(logitsOf(settings, values)[k]).toFixed(2);
      return [
        rect(left, top, on.x(k + 1 + BAR / 2) - left, on.bottom - top, { part: 'losses', class: side }),
        label(on.x(k + 1), on.bottom + 15, `ŷ${'₁₂₃₄₅'[k]}`, { class: 'name', 'text-anchor': 'middle' }),
        label(on.x(k + 1), on.bottom + 30, answer, { part: 'losses', class: 'tick', 'text-anchor': 'middle' }),
      ];
    });
    const marks = Object.entries(marked(settings)).flatMap(([part, at]) => [
      circle(on.x(6.05), on.y(at), 4.5, { part, class: 'full c1' }),
      label(on.x(6.05) + 8, on.y(at) + 4, three(at), { part, class: 'value c1' }),
    ]);
    const top = on.y(Math.min(losses[4], MOST));
    return [
      ...on.shapes(),
      ...bars,
      line(on.left, limit, on.right, limit, { part: 'half', class: 'thin dashed' }),
      line(on.left, height, on.x(5.85), height, { part: 'cost', class: 'thick c0' }),
      label(on.left + 5, Math.min(height, limit) - 5, `${tr('cost')} ${three(cost)}`, {
        part: 'cost',
        class: 'value c0',
      }),
      ...marks,
      circle(on.x(5), top, 8, { part: 'losses', drag: 'last', class: 'handle' }),
    ];
  },
  words(settings, values) {
    const { cost, accuracy } = numbers(settings, values);
    return tr('{right} % right, cost {cost}. A bar below the dashed line, at ln 2 = 0.693, is a right answer.', {
      right: (100 * accuracy).toFixed(0),
      cost: three(cost),
    });
  },
  drag(_, values, __, at) {
    const loss = Math.max(0.01, Math.min(MOST, axes().at(at).y));
    const answer = logistic(-Math.log(Math.expm1(loss)) / values.factor); // the loss is ln(1 + e^−z)
    return { ...values, last: Math.round(Math.max(0.05, Math.min(0.95, answer)) * 20) / 20 };
  },
};
