// @ts-check
// Frames that wait: none that is out of date is drawn, what they alone brought is not lost, and each is asked for again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames } from '../../../../dnn/ui/live/static/frames.js';

/** @import { Frame } from '../../../../dnn/ui/live/contract.d.ts' */

/**
 * @param {number} revision
 * @param {Partial<Frame>} [parts]
 * @param {string[]} [chart]
 * @returns {Frame}
 */
function frame(revision, parts = {}, chart) {
  const header = { revision, epoch: 0, state: 'playing', ...(chart && { chart: { views: chart } }) };
  return /** @type {Frame} */ (/** @type {unknown} */ ({ header, ...parts }));
}

function queue() {
  const asked = { count: 0 };
  return { asked, frames: new Frames(() => asked.count++) };
}

test('frames of one revision are drawn in their order', () => {
  const { asked, frames } = queue();
  const [first, second] = [frame(1), frame(1)];
  frames.push(first);
  frames.push(second);
  assert.deepEqual([frames.next(), frames.next(), frames.next()], [first, second, undefined]);
  assert.equal(asked.count, 0);
});

test('an older revision is not drawn, and what only it brought goes to the new one', () => {
  const { asked, frames } = queue();
  const [old, older] = [new Float32Array(3), new Float32Array(3)];
  frames.push(frame(1, { curves: older, rates: older }, ['cost']));
  frames.push(frame(1, { curves: old }));
  const latest = frame(2);
  frames.push(latest);
  assert.equal(frames.next(), latest);
  assert.equal(frames.next(), undefined);
  assert.equal(asked.count, 2);
  assert.equal(latest.rates, older);
  assert.deepEqual(latest.header.chart?.views, ['cost']);
});

test('in a hidden tab the newest alone waits', () => {
  const { asked, frames } = queue();
  const answers = new Uint8Array(2);
  frames.push(frame(1, { answers }));
  frames.push(frame(1));
  frames.push(frame(1));
  frames.pull();
  assert.equal(asked.count, 2);
  assert.equal(frames.next()?.answers, answers);
  assert.equal(frames.next(), undefined);
});
