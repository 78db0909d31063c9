// @ts-check
// The order of the tiles, what is said of them, and how large they are on a full screen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accuracyText,
  countWords,
  fitting,
  resultText,
  sorted,
  tileWords,
  timeText,
} from '../../../../dnn/ui/live/static/wall_order.js';

/** @import { WallTile } from '../../../../dnn/ui/live/wall_contract.d.ts' */

/**
 * @param {string} name
 * @param {Partial<WallTile>} [changes]
 * @returns {WallTile}
 */
const tile = (name, changes = {}) => ({
  id: name.length,
  name,
  state: 'playing',
  away: false,
  epoch: 10,
  accuracy: 0.5,
  cost: 0.25,
  sizes: [2, 4, 2, 1],
  reached: null,
  ramp: 0,
  mapped: true,
  ...changes,
});

test('tiles are sorted by name as people sort names', () => {
  const tiles = ['Fox 10', 'owl', 'Fox 2', 'Bear'].map((name) => tile(name));
  assert.deepEqual(
    sorted(tiles, 'name').map(({ name }) => name),
    ['Bear', 'Fox 2', 'Fox 10', 'owl'],
  );
});

test('the most accurate come first, those without an accuracy last', () => {
  const tiles = [tile('a', { accuracy: null }), tile('b', { accuracy: 0 }), tile('c', { accuracy: 0.9 }), tile('aa')];
  assert.deepEqual(
    sorted(tiles, 'accuracy').map(({ name }) => name),
    ['c', 'aa', 'b', 'a'],
  );
});

test('where there are no accuracies the least cost comes first', () => {
  const numbers = { accuracy: null };
  const tiles = [
    tile('a', { ...numbers, cost: null }),
    tile('b', { ...numbers, cost: 0.5 }),
    tile('c', { ...numbers, cost: 0.125 }),
  ];
  assert.deepEqual(
    sorted(tiles, 'accuracy').map(({ name }) => name),
    ['c', 'b', 'a'],
  );
  assert.deepEqual(tiles.map(resultText), ['–', 'cost 0.500', 'cost 0.125']);
});

test('the fewest hidden units come first, of equal ones the more accurate, and nobody who has not started', () => {
  const tiles = [
    tile('new', { sizes: [], accuracy: null }),
    tile('six'),
    tile('none', { sizes: [2, 1] }),
    tile('better', { accuracy: 0.75 }),
  ];
  assert.deepEqual(
    sorted(tiles, 'units').map(({ name }) => name),
    ['none', 'better', 'six', 'new'],
  );
});

test('an accuracy is not rounded up to a goal that it misses', () => {
  assert.equal(accuracyText(0.9499), '94.9 %');
  assert.equal(accuracyText(0.95), '95.0 %');
  assert.equal(accuracyText(1), '100.0 %');
  assert.equal(accuracyText(null), '–');
});

test('a time has minutes and seconds', () => {
  assert.deepEqual([0, 9.9, 61, 3600].map(timeText), ['0:00', '0:09', '1:01', '60:00']);
});

test('a tile is told in words', () => {
  assert.equal(tileWords(tile('Fox', { epoch: 1234 })), 'Fox: training, epoch 1,234, accuracy 50.0 %, network 2-4-2-1');
  assert.equal(
    tileWords(tile('Fox', { away: true, reached: 75, accuracy: null })),
    'Fox: away, epoch 10, cost 0.250, network 2-4-2-1, goal reached after 1:15',
  );
  assert.equal(tileWords(tile('Fox', { state: 'waiting', sizes: [], accuracy: null })), 'Fox: not started');
  assert.match(tileWords(tile('Fox', { state: 'diverged' })), /^Fox: diverged, /);
});

test('pupils are counted', () => {
  const tiles = [tile('a', { reached: 3 }), tile('b', { away: true })];
  assert.equal(countWords(tiles, true), '2 pupils · 1 reached the goal · 1 away');
  assert.equal(countWords(tiles.slice(0, 1), false), '1 pupil');
});

test('all tiles fit on a full screen, as large as can be', () => {
  for (const [count, width, height] of [
    [1, 1000, 500],
    [7, 1400, 800],
    [30, 1400, 760],
    [30, 984, 650],
    [100, 1400, 760],
  ]) {
    const { columns, size } = fitting(count, width, height, 0.25, 12);
    const rows = Math.ceil(count / columns);
    assert.ok(columns * size + 12 * (columns - 1) <= width);
    assert.ok(rows * 1.25 * size + 12 * (rows - 1) <= height);
    for (let other = 1; other <= count; other++) {
      const needed = Math.ceil(count / other);
      const across = other * (size + 1) + 12 * (other - 1);
      const down = needed * 1.25 * (size + 1) + 12 * (needed - 1);
      assert.ok(across > width || down > height, `${other} columns would be larger`);
    }
  }
  assert.equal(fitting(0, 1000, 500, 0.25, 12).columns, 1);
});
