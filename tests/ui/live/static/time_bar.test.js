// @ts-check
// What the slider says of the epoch on screen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeText, valueText } from '../../../../dnn/ui/live/static/time_bar.js';

/** @import { Time } from '../../../../dnn/ui/live/contract.d.ts' */

/** @type {Time} */
const LIVE = { first: 0, newest: 12000, live: true, wanted: null, waits: true, replays: false, since: '' };

test('the newest epoch is called so, and one of the past is told with it', () => {
  assert.equal(valueText(12000, LIVE), 'Epoch 12,000, the newest');
  assert.equal(valueText(30, { ...LIVE, live: false }), 'Epoch 30 of 12,000');
});

test('over the chart stands what there is to say of the past, and nothing of the newest epoch', () => {
  const past = { ...LIVE, live: false };
  assert.equal(timeText(12000, LIVE), '');
  assert.equal(timeText(30, past), 'Epoch 30 of 12,000');
  assert.equal(timeText(900, { ...past, wanted: 1000 }), 'Epoch 900 of 12,000 · on the way to 1,000');
  assert.equal(timeText(30, { ...past, since: 'l2 0 → 1' }), 'Epoch 30 of 12,000 · changed since: l2 0 → 1');
});

test('a replay is always on the way, and does not say so', () => {
  assert.equal(timeText(30, { ...LIVE, live: false, wanted: 31, replays: true }), 'Epoch 30 of 12,000');
});
