// @ts-check
// Learning-rate schedules: the rate of each epoch, one curve for each schedule, written as in dnn/schedules.py.

import { tr } from '../i18n.js';
import { Axes, between, circle, label, line, path, three } from './shapes.js';

/** @import { Kind, Values } from './contract.d.ts' */
/** @typedef {Record<string, any>} Schedule its kind and settings, as the library calls them */
/**
 * @typedef {object} Settings
 * @property {number} epochs
 * @property {number} rate the learning rate that was chosen
 * @property {Schedule[]} schedules
 * @property {Values} start schedule, a place in schedules, and epoch
 */

/** The rate during an epoch as a share of the chosen one. @type {Record<string, (schedule: any, epoch: number) => number>} */
const SHARE = {
  constant: () => 1,
  step: ({ factor, every }, epoch) => factor ** Math.floor(epoch / every),
  exponential: ({ gamma }, epoch) => gamma ** epoch,
  inverse_time: ({ decay, interval }, epoch) => 1 / (1 + decay * Math.floor(epoch / interval)),
  cosine({ epochs, floor }, epoch) {
    const wave = 0.5 * (1 + Math.cos(Math.PI * Math.min(epoch / epochs, 1)));
    return floor + (1 - floor) * wave;
  },
  warm_up: ({ epochs, then }, epoch) =>
    epoch < epochs ? (epoch + 1) / epochs : SHARE[then.kind](then, epoch - epochs),
};

/** @param {string} kind */
const called = (kind) =>
  ({
    constant: tr('Constant'),
    step: tr('Steps'),
    exponential: tr('Exponential decay'),
    inverse_time: tr('Inverse-time decay'),
    cosine: tr('Cosine'),
    warm_up: tr('Warm-up'),
  })[kind] ?? kind;

/** @param {Settings} settings @param {Schedule} schedule @param {number} epoch */
const rateOf = ({ rate }, schedule, epoch) => rate * SHARE[schedule.kind](schedule, epoch);

/** @param {Settings} settings */
function axes({ epochs, rate }) {
  const ticks = between(0, epochs, 4).map(Math.round);
  return new Axes(
    { low: 0, high: epochs, ticks, name: tr('epoch') },
    { low: 0, high: 1.1 * rate, ticks: [0, rate / 2, rate], name: tr('learning rate') },
  );
}

/** @param {Settings} settings @param {Values} values */
const chosen = ({ schedules }, { schedule }) => schedules[schedule];

/** @type {Kind<Settings>} */
export const schedules = {
  title: () => tr('Learning-rate schedules'),
  handles: ({ epochs, schedules: all }) => [
    {
      name: 'schedule',
      label: tr('Schedule'),
      low: 0,
      high: all.length - 1,
      step: 1,
      options: all.map(({ kind }) => called(kind)),
    },
    { name: 'epoch', label: tr('Epoch'), low: 0, high: epochs - 1, step: 1 },
  ],
  start: ({ start }) => start,
  numbers: (settings, { epoch }) => ({
    rates: settings.schedules.map((schedule) => rateOf(settings, schedule, epoch)),
  }),
  marked: () => ({}),
  shapes(settings, values) {
    const on = axes(settings);
    const now = chosen(settings, values);
    const [x, y] = [on.x(values.epoch), on.y(rateOf(settings, now, values.epoch))];
    const epochs = Array.from({ length: settings.epochs }, (_, epoch) => epoch);
    return [
      ...on.shapes(),
      ...settings.schedules.map((schedule) =>
        path(
          epochs.map((epoch) => [on.x(epoch), on.y(rateOf(settings, schedule, epoch))]),
          { part: schedule.kind, class: schedule === now ? 'thick c1' : 'thin' },
        ),
      ),
      label(on.right, on.top + 10, called(now.kind), { part: now.kind, class: 'value c1', 'text-anchor': 'end' }),
      line(x, y, x, on.bottom, { class: 'thin dashed' }),
      circle(x, y, 8, { part: now.kind, drag: 'epoch', class: 'handle c1' }),
    ];
  },
  words(settings, values) {
    return tr('{schedule}: the learning rate is {rate} in epoch {epoch}, and {last} in the last one.', {
      schedule: called(chosen(settings, values).kind),
      rate: three(rateOf(settings, chosen(settings, values), values.epoch)),
      epoch: values.epoch,
      last: three(rateOf(settings, chosen(settings, values), settings.epochs - 1)),
    });
  },
  drag(settings, values, __, at) {
    const epoch = Math.round(axes(settings).at(at).x);
    return { ...values, epoch: Math.max(0, Math.min(settings.epochs - 1, epoch)) };
  },
};
