// @ts-check
// What happens at a stop of an example, in one sentence with its numbers.

import { incoming, numberOf, outgoing, strongestWeight } from './example_numbers.js';
import { placeOf } from './geometry.js';
import { tr } from './i18n.js';
import { short, signed } from './matrix_table.js';
import { nameOf, sourcesOf } from './names_of_units.js';

/** @import { Example, Scene } from '../contract.d.ts' */
/** @import { Followed } from './example_numbers.js' */
/** @import { Stop } from './example_stops.js' */
/** @typedef {Pick<Scene, 'inputs' | 'sizes' | 'functions'>} Named */

const TERMS = 3; // of a sum, the strongest
const DIGITS = 5; // of numbers that hardly differ

/**
 * What happens at a stop. `unit`, one of the stop's layer, is the one whose numbers are written out.
 *
 * @param {Named} scene
 * @param {Followed} followed
 * @param {Stop} stop
 * @param {number} unit
 */
export function sentenceOf(scene, followed, stop, unit) {
  const { example, a } = followed;
  const { sizes, functions } = scene;
  const last = sizes.length - 1;
  const outputs = a.slice(a.length - sizes[last]);
  const target = list(example.target);
  if (stop.part === 'x') {
    const values = list(Array.from(a.slice(0, sizes[0])), scene.inputs);
    return tr('Training example {number} goes in: {values}. Right would be y = {target}.', {
      number: example.row + 1,
      values,
      target,
    });
  }
  if (stop.part === 'loss') {
    return tr(
      'The network answers ŷ = {answer}; right is y = {target}. How wrong that is, as one number: loss {loss}.',
      {
        answer: list(Array.from(outputs)),
        target,
        loss: lossText(example.loss),
      },
    );
  }
  const { l, k } = placeOf(sizes, unit);
  const symbol = l === last ? 'ŷ' : 'a';
  const name = nameOf(scene, unit);
  const z = numberOf(followed, unit, 'z');
  const dz = numberOf(followed, unit, 'dz');
  if (stop.part === 'z') {
    const bias = followed.biases[unit - sizes[0]];
    const terms = [sumOf(incoming(scene, followed, unit), sizes[l - 1]), signed(bias)].filter(Boolean).join(' + ');
    return tr('{unit}: what comes in, times the weights, plus the bias: z = {terms} = {z}.', {
      unit: name,
      terms,
      z: short(z),
    });
  }
  if (stop.part === 'a') {
    const values = { unit: name, symbol, function: functions[l - 1], z: short(z), a: short(a[unit]) };
    if (!functions[l - 1]) return tr('{unit} returns its sum as it is: {symbol} = z = {a}.', values);
    if (functions[l - 1] === 'softmax')
      return tr('{unit}: softmax makes shares of all sums, which add up to 1: {symbol} = {a}.', values);
    return tr('{unit}: the activation of the sum: {symbol} = {function}({z}) = {a}.', values);
  }
  if (stop.part === 'dz')
    return l === last ? outputError(scene, followed, unit, k) : hiddenError(scene, followed, unit);
  const strongest = strongestWeight(scene, followed, unit);
  if (!strongest) return tr('{unit}: none of its weights is drawn.', { unit: name });
  const { at, from } = strongest;
  const weight = `${sourcesOf(scene, l)[from]} → ${name}`;
  if (stop.part === 'dw') {
    return tr('The gradient of a weight is what came in, times dz. {weight}: dw = {a} × {dz} = {dw}. Bias: db = dz.', {
      weight,
      a: short(strongest.value),
      dz: signed(dz),
      dw: short(followed.dw[at]),
    });
  }
  const [old, changed] = [fine(followed.weights[at]), fine(followed.newWeights[at])];
  const [before, after] = [lossText(example.loss), lossText(example.loss_after)];
  const { rate, optimizer } = example;
  return example.plain
    ? tr(
        'Each weight moves against its gradient. {weight}: {old} − {rate} × {dw} = {changed}. Loss: {before} → {after}.',
        {
          before,
          after,
          weight,
          old,
          changed,
          rate: String(rate),
          dw: bracketed(fine(followed.dw[at])),
        },
      )
    : tr('{optimizer} makes a step of each gradient. {weight}: {old} → {changed}. Loss: {before} → {after}.', {
        before,
        after,
        weight,
        old,
        changed,
        optimizer,
      });
}

/**
 * What is shown, and what is not done.
 *
 * @param {Example} example
 */
export function noteOf({ batch }) {
  return batch > 1
    ? tr('Shown only: the run has not changed. In training, an update averages the gradients of {batch} examples.', {
        batch,
      })
    : tr('Shown only: the run has not changed. In training, there is such an update for each example in turn.');
}

/**
 * @param {Named} scene
 * @param {Followed} followed
 * @param {number} unit
 * @param {number} k its place in the output layer
 */
function outputError(scene, { a, dz: all, example }, unit, k) {
  const [answer, target, dz] = [a[unit], example.target[k], all[unit - scene.sizes[0]]];
  const values = { unit: nameOf(scene, unit), answer: short(answer), target: signed(target), dz: short(dz) };
  return Math.abs(answer - target - dz) <= 1e-6 * Math.max(1, Math.abs(target))
    ? tr('Back: how the loss changes with z. {unit}: dz = ŷ − y = {answer} − {target} = {dz}.', values)
    : tr('Back: how the loss changes with z. {unit}: dz = {dz}.', values);
}

/**
 * @param {Named} scene
 * @param {Followed} followed
 * @param {number} unit
 */
function hiddenError(scene, followed, unit) {
  const edges = outgoing(scene, followed, unit);
  const { l } = placeOf(scene.sizes, unit);
  const da = edges.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const dz = numberOf(followed, unit, 'dz');
  const complete = edges.length === scene.sizes[l + 1];
  const values = { unit: nameOf(scene, unit), dz: short(dz) };
  if (!complete || !Number.isFinite(dz / da))
    return tr('The error comes back through the weights and the slope of the activation. {unit}: dz = {dz}.', values);
  return tr(
    'The error comes back: weights × dz, times the slope of the activation. {unit}: dz = ({terms}) × {slope} = {dz}.',
    {
      ...values,
      terms: sumOf(edges, edges.length),
      slope: short(dz / da),
    },
  );
}

/**
 * "0.520 × 1.200 + 0.310 × (−0.400) + …"
 *
 * @param {{ weight: number, value: number }[]} edges
 * @param {number} all how many terms the sum has
 */
function sumOf(edges, all) {
  const strongest = edges.toSorted((one, other) => size(other.weight * other.value) - size(one.weight * one.value));
  const kept = new Set(strongest.slice(0, TERMS));
  const terms = edges
    .filter((edge) => kept.has(edge))
    .map(({ weight, value }) => `${signed(weight)} × ${signed(value)}`);
  return [...terms, ...(terms.length < all ? ['…'] : [])].join(' + ');
}

/** @param {number} value */
const size = (value) => Math.abs(value);

/** @param {number} value with more digits, as it hardly differs from another */
export const fine = (value) => Number(value.toPrecision(DIGITS)).toString().replaceAll('-', '−');

/** @param {string} text */
const bracketed = (text) => (text.startsWith('−') ? `(${text})` : text);

/** @param {number | null} loss */
const lossText = (loss) => (loss === null ? '∞' : fine(loss));

/**
 * @param {number[]} values
 * @param {string[]} [names]
 */
function list(values, names) {
  const texts = values.slice(0, 2 * TERMS).map((value, k) => (names ? `${names[k]} = ${short(value)}` : short(value)));
  const text = [...texts, ...(values.length > texts.length ? ['…'] : [])].join(', ');
  return names || values.length === 1 ? text : `(${text})`;
}
