// @ts-check
// Actions reach the page once at least, in their order, and no longer than it has done them.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** @import { Action } from '../../../../dnn/ui/live/contract.d.ts' */

/** @type {Action} */
const ADD = { do: 'layers', by: 1 };
let version = 0;
/** @type {typeof import('../../../../dnn/ui/live/static/outbox.js').Outbox} */
let Outbox;

// What waits outlives an outbox: each test gets the module anew.
beforeEach(async () => {
  ({ Outbox } = await import(`../../../../dnn/ui/live/static/outbox.js?${version++}`));
});

function outbox() {
  /** @type {number[][]} */
  const sent = [];
  const made = new Outbox((actions) => sent.push(actions.map(({ number }) => number)));
  return { sent, made };
}

test('one after another: what is asked for meanwhile waits until the first is done', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const { sent, made } = outbox();
  const first = made.push(ADD);
  const second = made.push(ADD);
  assert.ok(first < second);
  assert.deepEqual(sent, [[first]]);
  made.acknowledge(first);
  assert.deepEqual(sent, [[first], [second]]);
  made.acknowledge(second);
  assert.equal(sent.length, 2);
});

test('a page that says nothing is sent all again after a while, but not for ever', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const { sent, made } = outbox();
  const number = made.push(ADD);
  const later = made.push(ADD);
  for (let second = 0; second < 30; second++) context.mock.timers.tick(1000);
  // each for ten seconds; `later` is a millisecond younger
  assert.deepEqual(sent, [[number], ...Array.from({ length: 9 }, () => [number, later]), [later]]);
});

test('a new outbox sends what an old one left', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const { made } = outbox();
  const number = made.push(ADD);
  made.close();
  const { sent, made: next } = outbox();
  next.acknowledge(0);
  assert.deepEqual(sent, [[number]]);
});
