// @ts-check
// A ghost's boundary in pieces that can be dashed, and its curves, which are neither smoothed nor pointed at.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traces } from '../../../../dnn/ui/live/static/curves.js';
import { ghostEntry, ghostLines, ghostTraces, linesOf, withGhost } from '../../../../dnn/ui/live/static/ghost.js';

/** @import { Scene } from '../../../../dnn/ui/live/contract.d.ts' */

const SIDE = 21;
const places = Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)]);
const costs = [
  [0, 1, 2],
  [0.5, 0.32, 0.18],
  [null, 0.5, 0.72],
];

/** @param {object} more @returns {Scene} */
const scene = (more) =>
  /** @type {Scene} */ (
    /** @type {unknown} */ ({
      task: 'binary',
      classes: ['#ff0000', '#0000ff'],
      curve: false,
      threshold: 0.5,
      heights: null,
      bounds: [0, 1, 0, 1],
      colors: { ink: '#000000' },
      cost: {
        data: [{ name: 'train' }, { name: 'test' }],
        layout: {
          meta: { views: { cost: { label: 'Cost' }, accuracy: { label: 'Accuracy' }, rate: { label: 'Rate' } } },
        },
      },
      ...more,
    })
  );

/** @param {number[]} field */
const ghost = (field) => ({ label: 'before: ReLU', words: 'before, with ReLU: …', costs, accuracies: null, field });

test('a straight boundary is one line from edge to edge, a round one is closed', () => {
  const straight = places.map(([x]) => (65535 * x) / (SIDE - 1));
  const [line, ...more] = ghostLines(scene({ ghost: ghost(straight) }), 0.26);
  assert.equal(more.length, 0);
  assert.ok(line.every(([x]) => Math.abs(x - 0.26) < 1e-9));
  assert.deepEqual([line[0][1], line[line.length - 1][1]].sort(), [0, 1]);
  const round = places.map(([x, y]) => 65535 * Math.min(1, Math.hypot(x - 10, y - 10) / 14));
  const circles = ghostLines(scene({ ghost: ghost(round) }), 0.5);
  assert.equal(circles.length, 1);
  assert.deepEqual(circles[0][0], circles[0][circles[0].length - 1]);
  for (const [x, y] of circles[0]) assert.ok(Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.35) < 0.01);
});

test('the border of two classes is one line, though each of them has it', () => {
  const shares = [places.map(([x]) => 10 * x), places.map(([x]) => 255 - 10 * x)];
  const lines = ghostLines(scene({ task: 'multiclass', ghost: ghost(shares.flat()) }), 0.5);
  assert.equal(lines.length, 1);
  assert.equal(lines[0].length, SIDE);
});

test('pieces that meet become one line whatever their order and direction', () => {
  const [line, ...more] = linesOf((emit) => {
    emit(2, 0, 3, 0);
    emit(1, 0, 0, 0);
    emit(2, 0, 1, 0);
    emit(1, 0, 1, 0);
  }, 2);
  assert.equal(more.length, 0);
  assert.deepEqual(line.map(([x]) => x).sort(), [0, 1, 2, 3]);
});

test('its curves follow those of the run, smoothed or not, and no rate', () => {
  const shown = scene({ ghost: ghost([]) });
  const [train, test] = ghostTraces(shown, 'cost');
  assert.deepEqual([train.x, train.y, train.name, train.hoverinfo], [costs[0], costs[1], 'before: ReLU', 'skip']);
  assert.deepEqual([test.y, test.showlegend], [costs[2], false]);
  assert.deepEqual(ghostTraces(shown, 'error')[0].y, [1, 0.8, 0.6]);
  for (const [level, own] of [
    [0, 2],
    [1, 4],
  ]) {
    assert.deepEqual(
      traces(shown, 'cost', level).map(({ name }) => name),
      [...Array(own / 2).fill(['train', 'test']), ['before: ReLU', 'before: ReLU']].flat(),
    );
  }
  assert.equal(traces(shown, 'accuracy', 0).length, 2); // none to be compared
  assert.equal(traces(shown, 'rate', 0).length, 1);
});

test('without a ghost nothing is drawn or said, and without a boundary it is not in the legend', () => {
  const alone = scene({ ghost: null });
  assert.deepEqual([ghostLines(alone, 0.5), ghostTraces(alone, 'cost'), ghostEntry(alone)], [[], [], []]);
  assert.equal(withGhost('epoch 3', null), 'epoch 3');
  const other = { ...ghost([]), field: null };
  assert.deepEqual(ghostEntry(scene({ ghost: other })), []);
  assert.equal(withGhost('epoch 3', other), 'epoch 3; before, with ReLU: …');
  assert.equal(ghostEntry(scene({ ghost: ghost([0]) }))[0].name, 'before: ReLU');
  assert.deepEqual(ghostEntry(scene({ task: 'regression', threshold: null, ghost: ghost([0]) })), []);
});
