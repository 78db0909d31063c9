// @ts-check
// Ticks against what makes them good: round, evenly spaced, all that there are, and as many as fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compact, ticks } from '../../../dnn/export/static/ticks.js';

const RANGES = [
  [0, 1],
  [-1.3, 1.7],
  [0, 0.0042],
  [-250, 999],
  [3.2, 3.4],
  [0, 1e6],
  [-1e-7, 2e-7],
  [0, 97],
  [0.1, 0.3],
];
const FACTORS = [1, 2, 5];

/** @param {number} low @param {number} high */
function roundSteps(low, high) {
  const power = Math.floor(Math.log10(high - low));
  return [-3, -2, -1, 0, 1, 2].flatMap((more) => FACTORS.map((factor) => factor * 10 ** (power + more)));
}

/** @param {number} low @param {number} high @param {number} step */
function multiples(low, high, step) {
  const slack = 1e-9;
  const [first, last] = [Math.ceil(low / step - slack), Math.floor(high / step + slack)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step);
}

for (const [low, high] of RANGES) {
  for (const most of [1, 2, 4, 5, 10, 17]) {
    test(`from ${low} to ${high}, ${most} apart at most`, () => {
      const found = ticks(low, high, most);
      const step = roundSteps(low, high).find((round) => (high - low) / round <= most * (1 + 1e-9));
      assert.ok(step);
      const wanted = multiples(low, high, step);
      assert.equal(found.length, wanted.length);
      found.forEach((tick, k) => {
        assert.ok(Math.abs(tick - wanted[k]) <= 1e-9 * (high - low));
      });
    });
  }
}

test('a range without width has one tick', () => {
  assert.deepEqual(ticks(2, 2, 5), [2]);
  assert.deepEqual(ticks(2, Number.NaN, 5), [2]);
});

test('a label is three digits of its number', () => {
  for (const value of [0, 1, -1, 0.5, 1234, -99999, 100000, 0.001, 0.00099, -0.000012, 2e-7, 123456789]) {
    const text = compact(value);
    assert.ok(!text.startsWith('-'));
    assert.ok(Math.abs(Number(text.replaceAll('−', '-')) - value) <= Math.abs(value) * 0.05, text);
    assert.ok(text.length <= 7, text);
  }
});
