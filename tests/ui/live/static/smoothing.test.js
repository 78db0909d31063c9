// @ts-check
// The exponential moving average against its definition as a weighted sum, written out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { points } from '../../../../dnn/ui/live/static/curves.js';
import { smoothed } from '../../../../dnn/ui/live/static/smoothing.js';

const X = [0, 1, 2, 3, 5, 8, 13, 13.5, 40, 41, 100];
const Y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
const SPAN = 4;

/**
 * Each value's weight is what its own step takes, times what all later steps leave of it.
 *
 * @param {number[]} x
 * @param {number[]} y
 * @param {number} span
 * @param {number} k
 */
function average(x, y, span, k) {
  const over = x.map((place) => Math.min(span, (place - x[0]) / 4));
  /** @param {number} i */
  const left = (i) => (i > 0 ? Math.exp(-(x[i] - x[i - 1]) / over[i]) : 0);
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    let weight = 1 - left(i);
    for (let later = i + 1; later <= k; later++) weight *= left(later);
    sum += weight * y[i];
  }
  return sum;
}

/** @param {number[]} found @param {number[]} wanted */
function close(found, wanted) {
  assert.equal(found.length, wanted.length);
  found.forEach((value, k) => {
    assert.ok(Math.abs(value - wanted[k]) <= 1e-12 * Math.max(1, Math.abs(wanted[k])), `${value} is not ${wanted[k]}`);
  });
}

test('it is the weighted sum of its definition', () => {
  const wanted = Y.map((_, k) => average(X, Y, SPAN, k));
  close(smoothed(X, Y, SPAN), wanted);
});

test('over a gap much longer than the span nearly nothing is kept', () => {
  const found = smoothed([0, 100, 101, 103, 110], [1, 4, 2, 8, Number.NaN], 5);
  const wanted = [1];
  for (const [gap, value] of [
    [100, 4],
    [1, 2],
    [2, 8],
  ]) {
    const kept = Math.exp(-gap / 5); // of the mean before
    wanted.push(kept * wanted[wanted.length - 1] + (1 - kept) * value);
  }
  close(found.slice(0, 4), wanted);
  assert.ok(Number.isNaN(found[4]));
});

test('it begins with the first value, and a line that is level stays so', () => {
  assert.equal(smoothed(X, Y, SPAN)[0], Y[0]);
  close(
    smoothed(
      X,
      X.map(() => 2.5),
      SPAN,
    ),
    X.map(() => 2.5),
  );
});

test('it is linear in the values', () => {
  const scaled = smoothed(
    X,
    Y.map((y) => 3 * y - 7),
    SPAN,
  );
  close(
    scaled,
    smoothed(X, Y, SPAN).map((y) => 3 * y - 7),
  );
});

test('a point of the same value more on the way changes nothing after it', () => {
  const from = 6; // far enough from the start that the span is the whole one
  const finer = smoothed([...X.slice(0, 9), 40.5, ...X.slice(9)], [...Y.slice(0, 9), 3, ...Y.slice(9)], SPAN);
  close(finer.slice(10), smoothed(X, Y, SPAN).slice(9));
  assert.ok(from < 9);
});

test('a number that is none stays one and is passed over', () => {
  const broken = Y.with(4, Number.NaN);
  const found = smoothed(X, broken, SPAN);
  assert.ok(Number.isNaN(found[4]));
  close(found.toSpliced(4, 1), smoothed(X.toSpliced(4, 1), Y.toSpliced(4, 1), SPAN));
});

test('a view has its table row by row, the error as the root of twice the cost, smoothed curves after the raw ones', () => {
  const curves = Float32Array.of(0, 1, 2, 8, 4.5, 2, 18, 12.5, 0.5);
  const accuracies = Float32Array.of(0, 1, 2, 0.25, 0.5, 0.75, 0, 0.5, 1);
  const rates = Float32Array.of(0, 2, 0.5, 0.25);
  const tables = { curves, accuracies, rates };
  const x = [0, 1, 2];
  assert.deepEqual(points(tables, 'cost', 0), {
    x: [x, x],
    y: [
      [8, 4.5, 2],
      [18, 12.5, 0.5],
    ],
  });
  assert.deepEqual(points(tables, 'error', 0), {
    x: [x, x],
    y: [
      [4, 3, 2],
      [6, 5, 1],
    ],
  });
  assert.deepEqual(points(tables, 'accuracy', 0).y, [
    [0.25, 0.5, 0.75],
    [0, 0.5, 1],
  ]);
  assert.deepEqual(points({ curves: Float32Array.of(0, 1, 8, 4, 18, 12, 2, 3) }, 'cost', 0, 3).y, [
    [8, 4],
    [18, 12],
    [2, 3],
  ]);
  for (const level of [0, 1]) assert.deepEqual(points(tables, 'rate', level), { x: [[0, 2]], y: [[0.5, 0.25]] });
  const { y } = points(tables, 'cost', 1);
  assert.deepEqual(y, [[8, 4.5, 2], [18, 12.5, 0.5], smoothed(x, [8, 4.5, 2], 3), smoothed(x, [18, 12.5, 0.5], 3)]);
});
