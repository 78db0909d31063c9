// @ts-check
// How strong lines are: weights by their size, gradients by their size beside the largest one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOfGradient, lookOf, looksAlike } from '../../../../dnn/ui/live/static/edge_look.js';

const frame = {
  weights: Float32Array.of(2, -0.1, 0.5),
  biases: Float32Array.of(1),
  edges: Uint32Array.of(0, 1, 2),
};
const slopes = { edge_gradients: Float32Array.of(0.001, -0.01, 0.00001) };

test('a factor of ten between gradients is a third of the levels, and the sign is kept', () => {
  assert.deepEqual(
    [1, 0.1, 0.01, 0.001, 1e-9].map((gradient) => levelOfGradient(gradient, 1)),
    [31, 26, 21, 16, 16],
  );
  assert.deepEqual(
    [-1, -0.1, -0.01, -0.001, -1e-9].map((gradient) => levelOfGradient(gradient, 1)),
    [15, 10, 5, 0, 0],
  );
});

test('where no gradient is left all lines are thin', () => {
  assert.equal(levelOfGradient(0, 0), 16);
  assert.equal(levelOfGradient(0, 1), 16);
});

test('lines show weights unless the frame has gradients', () => {
  const [weights, gradients] = [lookOf(frame), lookOf({ ...frame, ...slopes })];
  assert.deepEqual([...weights.levels], [26, 1, 19]);
  assert.deepEqual([...gradients.levels], [26, 15, 16]);
  assert.equal(weights.largest, '');
  assert.equal(gradients.largest, '0.01');
  assert.deepEqual(gradients.dots, weights.dots);
});

test('a look is another one if the largest gradient is', () => {
  const tenth = Float32Array.from(slopes.edge_gradients, (slope) => slope / 10);
  const [one, other] = [lookOf({ ...frame, ...slopes }), lookOf({ ...frame, edge_gradients: tenth })];
  assert.deepEqual(one.levels, other.levels);
  assert.ok(looksAlike(one, lookOf({ ...frame, ...slopes })));
  assert.ok(!looksAlike(one, other));
});
