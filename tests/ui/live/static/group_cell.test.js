// @ts-check
// What is said of a cell: its numbers where there are any, and how it ended.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellWords, costText, mapOf, numbersOf, resultWords } from '../../../../dnn/ui/live/static/group_cell.js';

/** @import { GroupFrame, GroupScene } from '../../../../dnn/ui/live/group_contract.d.ts' */

const NONE = Number.NaN;
const NUMBERS = 7; // of each cell
/**
 * @param {number[][]} rows epoch, costs and accuracies of each cell, in the order of group_contract.d.ts, or the first of them
 * @param {number[]} [states]
 * @returns {GroupFrame}
 */
function frame(rows, states = rows.map(() => 0)) {
  const maps = Uint8Array.from({ length: 4 * rows.length }, (_, k) => k);
  const numbers = Float32Array.from(rows.flatMap((row) => [...row, ...Array(NUMBERS - row.length).fill(NONE)]));
  return /** @type {GroupFrame} */ (/** @type {unknown} */ ({ numbers, states: Uint8Array.from(states), maps }));
}

test('each cell has its own numbers, and none where there is none', () => {
  const shown = frame([
    [1, 0.5, 0.25, 1, 0.5, 0.125, 0.75],
    [2000, 8, NONE, NONE, NONE, NONE, NONE],
  ]);
  assert.deepEqual(numbersOf(shown, 0), {
    epoch: 1,
    train_cost: 0.5,
    test_cost: 0.25,
    train_accuracy: 1,
    test_accuracy: 0.5,
    validation_cost: 0.125,
    validation_accuracy: 0.75,
  });
  const { epoch, train_cost, ...others } = numbersOf(shown, 1);
  assert.deepEqual([epoch, train_cost], [2000, 8]);
  assert.deepEqual(Object.values(others), [null, null, null, null, null]);
});

test('a result is that of the test examples, else of those for training; numbers have no accuracy', () => {
  const rows = [
    [1, 0.5, 0.25, 1, 0.5],
    [1, 0.5, NONE, 0.75, NONE],
    [1, 0.5, 0.25, NONE, NONE],
    [1, 0.5, NONE, NONE, NONE],
  ];
  assert.deepEqual(
    rows.map((_, cell) => resultWords(frame(rows), cell)),
    ['test accuracy 50.0 %, cost 0.250', 'train accuracy 75.0 %, cost 0.500', 'test cost 0.250', 'train cost 0.500'],
  );
});

test('a cell says how it ended and when', () => {
  const rows = [0, 1, 2, 3].map(() => [1234, 0.5, 0.25, NONE, NONE]);
  const shown = frame(rows, [0, 1, 2, 3]);
  assert.deepEqual(
    rows.map((_, cell) => cellWords(shown, cell)),
    [
      'epoch 1,234, test cost 0.250',
      'stopped early, epoch 1,234, test cost 0.250',
      'diverged, epoch 1,234, test cost 0.250',
      'no run',
    ],
  );
});

test('a cost too large for its number is said to be large', () => {
  assert.deepEqual([costText(null), costText(1.5), costText(Number.POSITIVE_INFINITY)], ['–', '1.50', '> 10³⁸']);
});

test('the map of a cell is its part of all maps', () => {
  const scene = /** @type {GroupScene} */ ({ side: 2 });
  assert.deepEqual([...mapOf(frame([[], []]), scene, 1)], [4, 5, 6, 7]);
});
