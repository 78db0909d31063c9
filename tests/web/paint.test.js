// @ts-check
// Lines through fields of numbers, against fields whose lines are known.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channels, crossings, lead, palette } from '../../dnn/web/paint.js';

const SIDE = 12;

/** @param {(col: number, row: number) => number} value */
const field = (value) => Float64Array.from({ length: SIDE * SIDE }, (_, i) => value(i % SIDE, Math.floor(i / SIDE)));

/** @param {ArrayLike<number>} values @param {number} level */
function line(values, level) {
  /** @type {[number, number][]} */
  const points = [];
  crossings(values, SIDE, level, (x0, y0, x1, y1) => points.push([x0, y0], [x1, y1]));
  return points;
}

for (const [a, b, level] of [
  [1, 0, 3.25],
  [0, 1, 7.5],
  [1, 2, 10.1],
  [2, -1, 3.3],
  [-0.7, -1.1, -9.2],
]) {
  test(`the line ${a} x + ${b} y = ${level} is found exactly`, () => {
    const points = line(
      field((x, y) => a * x + b * y),
      level,
    );
    assert.ok(points.length >= 2 * (SIDE - 1) - 2 || a * b !== 0);
    for (const [x, y] of points) assert.ok(Math.abs(a * x + b * y - level) < 1e-9, `${x}, ${y}`);
  });
}

test('a circle is closed: every end of a piece is one of another', () => {
  const ends = new Map();
  for (const point of line(
    field((x, y) => Math.hypot(x - 5.3, y - 5.6)),
    4,
  )) {
    const key = point.map((value) => value.toFixed(9)).join();
    ends.set(key, (ends.get(key) ?? 0) + 1);
  }
  assert.ok(ends.size > 20);
  assert.deepEqual(new Set(ends.values()), new Set([2]));
});

test('a field that does not cross has no line', () => {
  assert.deepEqual(
    line(
      field(() => 1),
      2,
    ),
    [],
  );
  assert.deepEqual(
    line(
      field(() => 1),
      0,
    ),
    [],
  );
});

test('the lead is above zero exactly where a square is the largest', () => {
  const squares = [field((x) => x), field((_, y) => y), field(() => 5)];
  const values = Float64Array.from(squares.flatMap((each) => [...each]));
  const size = SIDE * SIDE;
  for (let k = 0; k < 3; k++) {
    const found = lead(values, size, 3, k, new Float32Array(size));
    for (let i = 0; i < size; i++) {
      const others = squares.filter((_, j) => j !== k).map((each) => each[i]);
      assert.equal(found[i], squares[k][i] - Math.max(...others));
    }
  }
});

test('colours are the bytes of a pixel', () => {
  assert.deepEqual(channels('#0a80ff'), [10, 128, 255]);
  const bytes = new Uint8Array(
    palette([
      [10, 128, 255],
      [1, 2, 3],
    ]).buffer,
  );
  assert.deepEqual([...bytes], [10, 128, 255, 255, 1, 2, 3, 255]);
});
