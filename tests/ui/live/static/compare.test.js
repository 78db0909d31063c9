// @ts-check
// The numbers behind a comparison: which points belong to which run, which value is the best, where two maps differ.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointsOf } from '../../../../dnn/ui/live/static/compare_costs.js';
import { differ } from '../../../../dnn/ui/live/static/compare_difference.js';
import { bestOf } from '../../../../dnn/ui/live/static/compare_table.js';

test('each run gets its own points of the rows that follow one another', () => {
  const none = Array(5).fill(Number.NaN);
  const curves = Float32Array.from([0, 1, 2, 0, 1, 9, 8, 7, 6, 5, 19, 18, 17, 16, 15, ...none]);
  const lengths = Uint32Array.from([3, 2]);
  const rows = [1, 2].map((row) => pointsOf(curves, lengths, row).map(({ x, y }) => [[...x], [...y]]));
  assert.deepEqual(rows[0], [
    [
      [0, 1, 2],
      [9, 8, 7],
    ],
    [
      [0, 1],
      [6, 5],
    ],
  ]);
  assert.deepEqual(rows[1][1], [
    [0, 1],
    [16, 15],
  ]);
});

test('the best cost is the lowest and the best share the highest', () => {
  assert.deepEqual(bestOf([0.3, 0.1, 0.2], true), [1]);
  assert.deepEqual(bestOf([0.3, 0.1, 0.2], false), [0]);
  assert.deepEqual(bestOf([0.1, 0.1, 0.2], true), [0, 1]);
});

test('nothing is the best where all are alike, and a run without a number is not', () => {
  assert.deepEqual(bestOf([0.1, 0.1], true), []);
  assert.deepEqual(bestOf([null, null], true), []);
  assert.deepEqual(bestOf([], true), []);
  assert.deepEqual(bestOf([null, 0.5, Number.POSITIVE_INFINITY], true), [1]);
});

test('two classes differ by their probabilities, and decide otherwise across the middle', () => {
  const { found, share } = differ(Uint8Array.from([0, 100, 127, 200]), Uint8Array.from([0, 120, 128, 50]), 0);
  assert.deepEqual([...found], [0, 20, 1, 150]);
  assert.equal(share, 0.5);
});

test('several classes differ wholly where another is the likeliest, else by how certain it is', () => {
  const shades = Math.floor(256 / 3);
  const { found, share } = differ(Uint8Array.from([0, shades, 10]), Uint8Array.from([0, 2 * shades, 20]), 3);
  assert.equal(found[0], 0);
  assert.equal(found[1], 255);
  assert.ok(found[2] > 0 && found[2] < 128);
  assert.equal(share, 1 / 3);
});

test('maps without places differ nowhere', () => {
  assert.equal(differ(new Uint8Array(), new Uint8Array(), 0).share, 0);
});
