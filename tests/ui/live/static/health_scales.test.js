// @ts-check
// The scales of the health charts: powers of ten, labels that do not cover one another, histograms and their quartiles.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barHeights } from '../../../../dnn/ui/live/static/health_bars.js';
import {
  apartFrom,
  bars,
  linePath,
  logAxis,
  powerOfTen,
  quantile,
  rangeText,
} from '../../../../dnn/ui/live/static/health_scales.js';

test('powers of ten are written with raised digits', () => {
  assert.deepEqual([-12, -3, 0, 1, 20].map(powerOfTen), ['10⁻¹²', '10⁻³', '10⁰', '10¹', '10²⁰']);
});

test('a logarithmic axis holds all values, has few labels, and passes over what is not finite', () => {
  for (const values of [[-2.3, 0.7], [-19.5, 3], [-4, -4], [0], [1.2, Number.NEGATIVE_INFINITY, Number.NaN, -0.1]]) {
    const { from, to, ticks } = logAxis(values, 4);
    for (const value of values.filter(Number.isFinite)) assert.ok(from <= value && value <= to);
    assert.ok(ticks.length >= 2 && ticks.length <= 4, `${ticks}`);
    assert.ok(ticks.every((tick) => Number.isInteger(tick) && from <= tick && tick <= to));
    assert.equal(ticks[0], from);
  }
  assert.deepEqual(logAxis([], 4), { from: -1, to: 0, ticks: [-1, 0] });
});

test('a line breaks where a value is missing', () => {
  const double = (/** @type {number} */ x) => 2 * x;
  const negative = (/** @type {number} */ y) => -y;
  const ys = [1, Number.NEGATIVE_INFINITY, 2, 3, Number.NaN];
  assert.equal(linePath([0, 1, 2, 3, 4], ys, double, negative), 'M0.0 -1.0M4.0 -2.0L6.0 -3.0');
});

test('labels keep their order, stand apart, and stay in their room', () => {
  for (const places of [[5, 5, 5], [0, 50, 100], [99, 100, 98], [100, 0], [3]]) {
    const moved = apartFrom(places, 10, 0, 100);
    const order = places.map((_, k) => k).sort((a, b) => places[a] - places[b] || a - b);
    for (const [k, label] of order.entries()) {
      assert.ok(moved[label] >= 0 && moved[label] <= 100);
      if (k) assert.ok(moved[label] - moved[order[k - 1]] >= 10);
    }
  }
  assert.deepEqual(apartFrom([0, 50, 100], 10, 0, 100), [0, 50, 100]);
});

test('bars are as high as their share of the highest, and parted at 0', () => {
  const { negative, positive } = bars([2, 0, 1, 4], [-2, 2]);
  assert.equal(negative, 'M0 1V0.500h1V1z');
  assert.equal(positive, 'M2 1V0.750h1V1zM3 1V0.000h1V1z');
  assert.deepEqual(bars([0, 0], [0, 1]), { negative: '', positive: '' });
});

test('quantiles of a histogram are those of numbers spread evenly over each bin', () => {
  assert.equal(quantile([4, 4], [0, 2], 0.25), 0.5);
  assert.equal(quantile([4, 4], [0, 2], 0.75), 1.5);
  assert.equal(quantile([0, 0, 8, 0], [-2, 2], 0.5), 0.5);
  assert.equal(quantile([1, 0, 0, 3], [0, 4], 0.5), 3 + 1 / 3);
  assert.equal(quantile([0, 0], [0, 1], 0.5), 1);
});

test('the ends of a range are told apart by up to four digits', () => {
  assert.deepEqual(rangeText([-1, 2.5]), ['−1.00', '2.50']);
  assert.deepEqual(rangeText([-0.4971, -0.4959]), ['−0.497', '−0.496']);
  assert.deepEqual(rangeText([0.49711, 0.49712]), ['0.4971', '0.4971']);
  assert.deepEqual(rangeText([0, 0]), ['0.00', '0.00']);
});

test('a bar is as high as its norm on the logarithmic axis, and a gradient of 0 has none', () => {
  const axis = { from: -6, to: 2, ticks: [-6, -2, 2] };
  assert.deepEqual(barHeights([2, -2, -6, -9, Number.NEGATIVE_INFINITY, Number.NaN], axis), [1, 0.5, 0, 0, 0, 0]);
});
