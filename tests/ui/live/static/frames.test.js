// @ts-check
// Frames that wait: none that is out of date is drawn, what they alone brought is not lost, and each is asked for again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames, keep, keepOfGroup } from '../../../../dnn/ui/live/static/frames.js';

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

/** What else a frame may lack. */
const undrawn = { scene: undefined, curves: undefined, accuracies: undefined, rates: undefined, answers: undefined };

function queue() {
  const asked = { count: 0 };
  return { asked, frames: new Frames(() => asked.count++, keep) };
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

test('health goes to the new frame with its arrays, unless that has its own', () => {
  /** @type {Partial<Frame>[]} */
  const [norms, own] = [{ norms: new Float32Array(4) }, { norms: new Float32Array(6) }];
  const old = frame(1, { ...norms, activations: new Float32Array(2), gradients: new Float32Array(2) });
  old.header.health = { examples: 1, layers: [] };
  const [bare, full] = [frame(1), frame(1, own)];
  full.header.health = { examples: 2, layers: [] };
  keep(old, bare);
  assert.deepEqual({ ...bare, header: bare.header.health }, { ...old, header: old.header.health, ...undrawn });
  keep(old, full);
  assert.equal(full.norms, own.norms);
  assert.equal(full.header.health.examples, 2);
  assert.equal(full.activations, undefined);
});

test('of many runs a frame that is not drawn leaves its scene and curves', () => {
  /** @param {object} parts @returns {import('../../../../dnn/ui/live/group_contract.d.ts').GroupFrame} */
  const group = (parts) => /** @type {any} */ (parts);
  const stale = group({ scene: { id: 1 }, curves: new Float32Array(3), curve_lengths: new Uint32Array(1) });
  const heir = group({});
  keepOfGroup(stale, heir);
  assert.deepEqual(heir, stale);
  const fuller = group({ scene: { id: 2 }, curves: new Float32Array(6), curve_lengths: new Uint32Array(2) });
  const before = { ...fuller };
  keepOfGroup(stale, fuller);
  assert.deepEqual(fuller, before);
});
