// @ts-check
// The cross-entropy of one example over its answer ŷ: cheap where it is right, dear where it is sure and wrong.

import { tr } from '../i18n.js';
import { lossOfAnswer } from './functions.js';
import { Axes, circle, label, line, three } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {{ start: Values, answers: Values }} Settings the answers of which the text speaks, by part, for y = 1 */

const [LOW, HIGH] = [0.005, 0.995];

const axes = () =>
  new Axes(
    { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1], name: 'ŷ' },
    { low: 0, high: 5.5, ticks: [0, 1, 2, 3, 4, 5], name: tr('cost of one example') },
  );

/** @type {Kind<Settings>} */
export const crossEntropy = {
  title: () => tr('The cross-entropy of one example'),
  handles: () => [
    { name: 'answer', label: 'ŷ', low: LOW, high: HIGH, step: 0.005 },
    { name: 'y', label: 'y', low: 0, high: 1, step: 1, options: ['0', '1'] },
  ],
  start: ({ start }) => start,
  numbers: (_, { answer, y }) => ({ cost: lossOfAnswer(answer, y), slope: answer - y }),
  marked: ({ answers }) =>
    Object.fromEntries(Object.entries(answers).map(([part, answer]) => [part, lossOfAnswer(answer, 1)])),
  shapes({ answers }, { answer, y }) {
    const on = axes();
    const [x, cost] = [on.x(answer), on.y(lossOfAnswer(answer, y))];
    const curve = (/** @type {number} */ of) => (/** @type {number} */ a) =>
      lossOfAnswer(Math.max(0.003, Math.min(0.997, a)), of);
    const marks = Object.entries(answers).flatMap(([part, at]) => {
      const place = { x: on.x(y ? at : 1 - at), y: on.y(lossOfAnswer(at, 1)) };
      const left = place.x > (on.left + on.right) / 2 + 1;
      return [
        circle(place.x, place.y, 5, { part, class: 'full c1' }),
        label(place.x + (left ? -9 : 9), place.y - 7, three(lossOfAnswer(at, 1)), {
          part,
          class: 'value c1',
          'text-anchor': left ? 'end' : 'start',
        }),
      ];
    });
    return [
      ...on.shapes(),
      on.curve(curve(1 - y), { class: 'thin' }),
      on.curve(curve(y), { part: 'curve', class: y ? 'thick one' : 'thick zero' }, 241),
      ...marks,
      line(x, cost, x, on.bottom, { class: 'thin dashed' }),
      circle(x, cost, 8, { part: 'curve', drag: 'answer', class: y ? 'handle one' : 'handle zero' }),
    ];
  },
  words(_, { answer, y }) {
    const [cost, of] = [three(lossOfAnswer(answer, y)), answer.toFixed(3)];
    return y
      ? tr('The class is 1 and the answer {answer}: the cost is −ln {answer} = {cost}.', { answer: of, cost })
      : tr('The class is 0 and the answer {answer}: the cost is −ln(1 − {answer}) = {cost}.', { answer: of, cost });
  },
  drag(_, values, __, at) {
    const found = Math.max(LOW, Math.min(HIGH, axes().at(at).x));
    return { ...values, answer: Math.round(found * 200) / 200 };
  },
};
