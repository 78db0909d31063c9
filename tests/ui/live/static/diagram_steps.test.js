// @ts-check
// One example step by step: which stops there are, what lights up at each, and what is said of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chosenUnit,
  followedIn,
  incoming,
  numberOf,
  outgoing,
} from '../../../../dnn/ui/live/static/example_numbers.js';
import { isLit, linesAt, shownAt, stopsOf, titleOf } from '../../../../dnn/ui/live/static/example_stops.js';
import { noteOf, sentenceOf } from '../../../../dnn/ui/live/static/example_words.js';

/** @import { Frame } from '../../../../dnn/ui/live/contract.d.ts' */

// Two inputs, two hidden units (the first of which is a ReLU at rest), one output; weights of a layer are (from, to).
const scene = { sizes: [2, 2, 1], inputs: ['x₁', 'x₂'], functions: ['ReLU', 'σ'] };
const weights = Float32Array.of(-1, 0.5, 2, 1, 3, -2);
const z = [-1, 2.25, -4.25];
const answer = 1 / (1 + Math.exp(4.25));
const dz = [0, -2 * (answer - 1), answer - 1];
const dw = [0, dz[1], 0, 2 * dz[1], 0, 2.25 * dz[2]];
const frame = /** @type {Frame} */ (
  /** @type {unknown} */ ({
    header: {
      example: {
        row: 6,
        target: [1],
        loss: 4.2641,
        loss_after: 3.5,
        rate: 0.1,
        plain: true,
        optimizer: 'Adam',
        batch: 10,
      },
    },
    edges: Uint32Array.of(0, 1, 2, 3, 6, 7),
    weights,
    biases: Float32Array.of(-4, -0.25, 0.25),
    example_a: Float32Array.of(1, 2, 0, 2.25, answer),
    example_z: Float32Array.from(z),
    example_dz: Float32Array.from(dz),
    example_dw: Float32Array.from(dw),
    new_weights: weights.map((weight, k) => weight - 0.1 * dw[k]),
    new_biases: Float32Array.of(-4, -0.45, 0.35),
  })
);
const followed = /** @type {NonNullable<ReturnType<typeof followedIn>>} */ (followedIn(frame));

/** @param {string} id */
const stop = (id) =>
  /** @type {import('../../../../dnn/ui/live/static/example_stops.js').Stop} */ (
    stopsOf(2).find((each) => each.id === id)
  );

test('an example goes forward layer by layer, then back, and then the weights move', () => {
  const ids = ['x', 'z1', 'a1', 'z2', 'a2', 'loss', 'dz2', 'dw2', 'dz1', 'dw1', 'new_w1'];
  assert.deepEqual(
    stopsOf(2).map(({ id }) => id),
    ids,
  );
  assert.equal(new Set(stopsOf(2).map((each) => titleOf(each, 2))).size, ids.length);
});

test('units show their newest number, and none before they are reached', () => {
  const shown = Object.fromEntries(stopsOf(2).map((each) => [each.id, [0, 1, 2].map((layer) => shownAt(each, layer))]));
  assert.deepEqual(shown, {
    x: ['a', null, null],
    z1: ['a', 'z', null],
    a1: ['a', 'a', null],
    z2: ['a', 'a', 'z'],
    a2: ['a', 'a', 'a'],
    loss: ['a', 'a', 'a'],
    dz2: ['a', 'a', 'dz'],
    dw2: ['a', 'a', 'dz'],
    dz1: ['a', 'dz', 'dz'],
    dw1: ['a', 'dz', 'dz'],
    new_w1: [null, null, null],
  });
});

test('the units of the stop are lit, and for a gradient both ends of the weights', () => {
  assert.deepEqual(
    ['z1', 'loss', 'dz1', 'dw2', 'new_w1'].map((id) => [0, 1, 2].filter((layer) => isLit(stop(id), layer))),
    [[1], [2], [1], [1, 2], []],
  );
});

test('lines are lit where numbers pass through them', () => {
  assert.deepEqual(
    stopsOf(2).map((each) => linesAt(each, 2)),
    [
      null,
      { layers: [1], show: 'weight' },
      null,
      { layers: [2], show: 'weight' },
      null,
      null,
      null,
      { layers: [2], show: 'gradient' },
      { layers: [2], show: 'weight' },
      { layers: [1], show: 'gradient' },
      { layers: [1, 2], show: 'new' },
    ],
  );
});

test('numbers are found by the unit, counted over all layers', () => {
  assert.deepEqual([numberOf(followed, 1, 'a'), numberOf(followed, 3, 'z'), numberOf(followed, 2, 'dz')], [2, 2.25, 0]);
  assert.deepEqual(
    incoming(scene, followed, 3).map(({ weight, value }) => [weight, value]),
    [
      [0.5, 1],
      [1, 2],
    ],
  );
  assert.deepEqual(
    outgoing(scene, followed, 3).map(({ at, weight }) => [at, weight]),
    [[5, -2]],
  );
});

test('without a choice the unit with the largest error is spoken of', () => {
  assert.equal(chosenUnit(scene.sizes, followed, 1), 3);
  assert.equal(chosenUnit(scene.sizes, followed, 2), 4);
});

test('each sentence writes out its numbers', () => {
  /** @type {[string, number][]} */
  const stops = [
    ['x', 3],
    ['z1', 3],
    ['a1', 2],
    ['loss', 4],
    ['dz2', 4],
    ['dz1', 3],
    ['dw1', 3],
    ['new_w1', 3],
  ];
  assert.deepEqual(
    stops.map(([id, unit]) => sentenceOf(scene, followed, stop(id), unit)),
    [
      'Training example 7 goes in: x₁ = 1.000, x₂ = 2.000. Right would be y = 1.000.',
      'Unit 2 of hidden layer 1: what comes in, times the weights, plus the bias: z = 0.500 × 1.000 + 1.000 × 2.000 + (−0.250) = 2.250.',
      'Unit 1 of hidden layer 1: the activation of the sum: a = ReLU(−1.000) = 0.',
      'The network answers ŷ = 0.014; right is y = 1.000. How wrong that is, as one number: loss 4.2641.',
      'Back: how the loss changes with z. Output: dz = ŷ − y = 0.014 − 1.000 = −0.986.',
      'The error comes back: weights × dz, times the slope of the activation. Unit 2 of hidden layer 1: dz = ((−2.000) × (−0.986)) × 1.000 = 1.972.',
      'The gradient of a weight is what came in, times dz. x₂ → Unit 2 of hidden layer 1: dw = 2.000 × 1.972 = 3.944. Bias: db = dz.',
      'Each weight moves against its gradient. x₂ → Unit 2 of hidden layer 1: 1 − 0.1 × 3.9437 = 0.60563. Loss: 4.2641 → 3.5.',
    ],
  );
});

test('a unit at rest lets no error through: its slope is 0', () => {
  assert.match(sentenceOf(scene, followed, stop('dz1'), 2), /dz = \(3\.000 × \(−0\.986\)\) × 0 = 0\.$/);
});

test('where the optimiser does more than the rate times the gradient, it is named', () => {
  const other = { ...followed, example: { ...followed.example, plain: false, loss_after: null } };
  assert.equal(
    sentenceOf(scene, other, stop('new_w1'), 3),
    'Adam makes a step of each gradient. x₂ → Unit 2 of hidden layer 1: 1 → 0.60563. Loss: 4.2641 → ∞.',
  );
});

test('the error of other losses is not written as a difference', () => {
  const other = { ...followed, dz: Float32Array.of(0, 1, -0.5) };
  assert.equal(sentenceOf(scene, other, stop('dz2'), 4), 'Back: how the loss changes with z. Output: dz = −0.500.');
});

test('of weights that are not drawn no sum is made up', () => {
  const few = {
    ...followed,
    edges: Uint32Array.of(0, 3),
    weights: Float32Array.of(-1, 1),
    dw: Float32Array.of(0, 3.94),
  };
  assert.match(sentenceOf(scene, few, stop('z1'), 3), /z = 1\.000 × 2\.000 \+ … \+ \(−0\.250\) = 2\.250\.$/);
  assert.match(sentenceOf(scene, few, stop('dz1'), 3), /^The error comes back through the weights and the slope/);
  assert.equal(sentenceOf(scene, few, stop('dw2'), 4), 'Output: none of its weights is drawn.');
});

test('it is said that the run has not changed, and how training differs', () => {
  assert.match(noteOf(followed.example), /^Shown only: .* averages the gradients of 10 examples\.$/);
  assert.match(noteOf({ ...followed.example, batch: 1 }), /each example in turn\.$/);
});

test('a frame without an example is none', () => {
  assert.equal(followedIn({ ...frame, header: { ...frame.header, example: undefined } }), null);
});
