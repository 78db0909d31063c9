// @ts-check
// Six small charts: the cost of a flawed network beside the right one's, called by what one sees or by the mistake.

import { tr } from '../i18n.js';
import { circle, HEIGHT, label, line, path, rect, three, WIDTH } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/**
 * @typedef {object} Curve
 * @property {string} symptom
 * @property {number[]} epochs
 * @property {number[]} flawed as far as it is a number
 * @property {number[]} right
 */
/** @typedef {{ faults: boolean, curves: Curve[], start: Values }} Settings `start` has curve, a place in curves, and share */

const COLUMNS = 3;
const [WIDE, HIGH] = [WIDTH / COLUMNS, HEIGHT / 2];
const EDGE = { left: 8, right: 8, top: 22, bottom: 20 }; // of a chart in its part of the picture
const LARGEST = 12; // a cost above it leaves the chart

/** @param {string} symptom */
const seen = (symptom) =>
  ({
    ends_higher: tr('ends higher'),
    still: tr('hardly changes'),
    leaping: tr('leaps up'),
    starts_high: tr('starts too high'),
    breaks_off: tr('breaks off'),
    ends_lower: tr('ends lower'),
  })[symptom] ?? symptom;

/** The mistake that shows it. @param {string} symptom */
const fault = (symptom) =>
  ({
    ends_higher: tr('reads Z, not A'),
    still: tr('starts too small'),
    leaping: tr('m counts inputs'),
    starts_high: tr('starts too large'),
    breaks_off: tr('divides by ŷ'),
    ends_lower: tr('bias per example'),
  })[symptom] ?? symptom;

/** @param {Settings} settings @param {Curve} curve */
const called = ({ faults }, { symptom }) => (faults ? fault(symptom) : seen(symptom));

/** @param {Values} values @param {Curve} curve */
const placeOf = ({ share }, { epochs }) => Math.round((share / 100) * (epochs.length - 1));

/** @param {number} place of a curve */
function chart(place) {
  const x = WIDE * (place % COLUMNS);
  const y = HIGH * Math.floor(place / COLUMNS);
  return { left: x + EDGE.left, right: x + WIDE - EDGE.right, top: y + EDGE.top, bottom: y + HIGH - EDGE.bottom };
}

/** @param {Curve} curve @param {ReturnType<typeof chart>} on */
function scales({ epochs, flawed, right }, on) {
  const most = 1.08 * Math.min(LARGEST, Math.max(...flawed, ...right)); // room for the name
  return {
    most,
    /** @param {number} k */
    x: (k) => on.left + ((on.right - on.left) * epochs[k]) / epochs[epochs.length - 1],
    /** @param {number} cost */
    y: (cost) => on.bottom - (on.bottom - on.top) * Math.min(1, cost / most),
  };
}

/** @param {number[]} costs @param {ReturnType<typeof scales>} scale */
function places(costs, { x, y }) {
  return costs.map((cost, k) => /** @type {[number, number]} */ ([x(k), y(cost)]));
}

/** @param {Settings} settings @param {Values} values @param {number} place */
function small(settings, values, place) {
  const curve = settings.curves[place];
  const { symptom: part, epochs, flawed, right } = curve;
  const on = chart(place);
  const scale = scales(curve, on);
  const chosen = place === values.curve;
  const course = places(flawed, scale);
  const [endX, endY] = course[course.length - 1];
  /** @type {Shape[]} */
  const found = [
    rect(on.left - 4, on.top - 19, on.right - on.left + 8, on.bottom - on.top + 36, {
      class: chosen ? 'box now' : 'box',
    }),
    label(on.left, on.top - 6, called(settings, curve), { part, class: 'strong' }),
    line(on.left, on.bottom, on.right, on.bottom, { class: 'axis' }),
    label(on.right, on.bottom + 13, String(epochs[epochs.length - 1]), { class: 'tick', 'text-anchor': 'end' }),
    path(places(right, scale), { class: 'thin' }),
    path(course, { part, class: 'thick c0' }),
  ];
  if (flawed.length < epochs.length) {
    found.push(
      line(endX - 5, endY - 5, endX + 5, endY + 5, { part, class: 'thick c0' }),
      line(endX - 5, endY + 5, endX + 5, endY - 5, { part, class: 'thick c0' }),
    );
  }
  if (chosen) {
    const k = placeOf(values, curve);
    const x = scale.x(k);
    found.push(
      line(x, on.top, x, on.bottom, { class: 'thin dashed' }),
      circle(x, k < flawed.length ? scale.y(flawed[k]) : on.bottom, 7, { drag: 'share', class: 'handle c0' }),
    );
  }
  return found;
}

/** @param {number | undefined} cost */
const written = (cost) => (cost === undefined ? tr('no number') : cost >= 1e6 ? cost.toExponential(0) : three(cost));

/** @type {Kind<Settings>} */
export const symptomCurves = {
  title: ({ faults }) => (faults ? tr('Six mistakes and their costs') : tr('Six costs, each of another mistake')),
  handles: (settings) => [
    {
      name: 'curve',
      label: tr('Curve'),
      low: 0,
      high: settings.curves.length - 1,
      step: 1,
      options: settings.curves.map((curve) => called(settings, curve)),
    },
    { name: 'share', label: tr('Part of the run, %'), low: 0, high: 100, step: 1 },
  ],
  start: ({ start }) => start,
  numbers({ curves }, values) {
    const curve = curves[values.curve];
    const k = placeOf(values, curve);
    return { epoch: curve.epochs[k], flawed: curve.flawed[k] ?? -1, right: curve.right[k] ?? -1 };
  },
  marked: () => ({}),
  shapes: (settings, values) => settings.curves.flatMap((_, place) => small(settings, values, place)),
  words(settings, values) {
    const curve = settings.curves[values.curve];
    const k = placeOf(values, curve);
    return tr('{name}: at epoch {epoch} the cost is {flawed}; without the mistake (thin line) {right}.', {
      name: settings.faults ? `${fault(curve.symptom)}, ${seen(curve.symptom)}` : seen(curve.symptom),
      epoch: curve.epochs[k],
      flawed: written(curve.flawed[k]),
      right: written(curve.right[k]),
    });
  },
  drag({ curves }, values, __, { x, y }) {
    const column = Math.max(0, Math.min(COLUMNS - 1, Math.floor(x / WIDE)));
    const place = COLUMNS * Math.max(0, Math.min(1, Math.floor(y / HIGH))) + column;
    const { left, right } = chart(place);
    const share = Math.round((100 * (x - left)) / (right - left));
    return { ...values, curve: Math.min(place, curves.length - 1), share: Math.max(0, Math.min(100, share)) };
  },
};
