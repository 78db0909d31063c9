// @ts-check
// The page's buttons hear when something else than they made the runs rest or go on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedByItself } from '../../../../dnn/ui/live/static/group_stream.js';

const FROZEN = 'Your teacher has paused the class.';

test('the end of the runs, and an order to wait or to go on, are heard of once', () => {
  const playing = { state: 'playing', reason: '' };
  const ended = { state: 'ended', reason: 'All epochs are trained.' };
  const paused = { state: 'paused', reason: '' };
  const frozen = { state: 'paused', reason: FROZEN };
  for (const [before, now] of [
    [playing, ended],
    [playing, frozen],
    [paused, frozen], // though nothing was playing
    [frozen, paused],
    [frozen, playing],
  ]) {
    assert.equal(changedByItself(before, now), true);
    assert.equal(changedByItself(now, now), false);
  }
  assert.equal(changedByItself({ reason: '' }, frozen), true); // the first picture
  assert.equal(changedByItself({ reason: '' }, playing), false);
});

test('what a button of the page did is no news to it', () => {
  assert.equal(changedByItself({ state: 'paused', reason: '' }, { state: 'playing', reason: '' }), false);
  assert.equal(changedByItself({ state: 'playing', reason: '' }, { state: 'paused', reason: '' }), false);
});
