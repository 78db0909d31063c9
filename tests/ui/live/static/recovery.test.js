// @ts-check
// A tab asks for snapshots now and then, and gives the last one to a page that has lost its server.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { newTab, noticesTo } from './tab_storage.js';

/** @import { Frame } from '../../../../dnn/ui/live/contract.d.ts' */
/** @import { Kept, Recovery as Class } from '../../../../dnn/ui/live/static/recovery.js' */

let version = 0;
/** @type {typeof import('../../../../dnn/ui/live/static/recovery.js')} */
let module;
/** @type {Map<string, string>} */
let tab;

// What is known of a broken connection outlives a panel: each test gets the module anew, and a tab that keeps nothing yet.
beforeEach(async () => {
  tab = newTab();
  module = await import(`../../../../dnn/ui/live/static/recovery.js?${version++}`);
});

function panel() {
  /** @type {string[]} */
  const said = [];
  /** @type {string[]} */
  const sent = [];
  /** @type {Kept[]} */
  const restored = [];
  const notices = noticesTo(() => said.push('notice'));
  const recovery = new module.Recovery({
    send: (request) => sent.push(request),
    restore: (kept) => restored.push(kept),
    notices,
  });
  return { recovery, said, sent, restored };
}

/**
 * @param {number} epoch
 * @param {Uint8Array} [snapshot]
 * @param {'playing' | 'paused'} [state]
 */
function frame(epoch, snapshot, state = 'playing') {
  const header = { epoch, revision: 1, state, time: { newest: epoch } };
  return /** @type {Frame} */ (/** @type {unknown} */ ({ header, snapshot }));
}

/** @param {Class} recovery */
function breakAndComeBack(recovery) {
  recovery.connect('old');
  recovery.back();
  recovery.lost('old');
  recovery.connect('new');
  recovery.back();
}

test('a run that goes on is kept every six seconds, and one that rests once', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const { recovery, sent } = panel();
  for (let second = 1; second <= 18; second++) {
    recovery.receive(frame(second, sent.length && second % 6 === 1 ? Uint8Array.of(second) : undefined));
    context.mock.timers.tick(1000);
  }
  assert.equal(sent.length, 3);
  recovery.receive(frame(18, Uint8Array.of(18)));
  for (let second = 0; second < 20; second++) {
    recovery.receive(frame(18));
    context.mock.timers.tick(1000);
  }
  assert.equal(sent.length, 3);
  assert.equal(tab.get('dnn.run'), btoa('\x12'));
});

test('a run that is too large is not kept, nor an earlier state of it', () => {
  const { recovery } = panel();
  recovery.receive(frame(1, Uint8Array.of(1)));
  recovery.receive(frame(2, new Uint8Array(0)));
  assert.equal(tab.has('dnn.run'), false);
});

test('every byte comes through as base64', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, k) => (k * 7 + (k >> 8)) % 256);
  assert.deepEqual(Uint8Array.from(Buffer.from(module.base64(bytes), 'base64')), bytes);
});

test('another run after a break gets what the tab kept, and the page says what became of it', () => {
  const { recovery, said, restored } = panel();
  recovery.receive(frame(5, Uint8Array.of(5)));
  breakAndComeBack(recovery);
  assert.deepEqual(
    restored.map(({ text }) => text),
    [btoa('\x05')],
  );
  recovery.answer(null);
  recovery.answer({ number: restored[0].number - 1, epoch: 3 });
  assert.deepEqual(said, []);
  recovery.answer({ number: restored[0].number, epoch: 5 });
  recovery.answer({ number: restored[0].number, epoch: 5 });
  assert.deepEqual(said, ['notice']);
});

test('a run that was paused after it was kept is paused, also if the page is loaded anew', () => {
  for (const state of /** @type {const} */ (['paused', 'playing'])) {
    const before = panel();
    before.recovery.receive(frame(5, Uint8Array.of(5), 'playing'));
    before.recovery.receive(frame(5, undefined, state));
    tab.set('dnn.run-lost', 'yes');
    const { recovery, restored } = panel();
    recovery.connect('new');
    recovery.back();
    recovery.receive(frame(0));
    assert.deepEqual(
      restored.map(({ playing }) => playing),
      [state === 'playing'],
    );
  }
});

test('while the page has not answered, nothing takes the place of what is kept', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const { recovery, sent, restored } = panel();
  recovery.receive(frame(5, Uint8Array.of(5)));
  breakAndComeBack(recovery);
  recovery.receive(frame(0));
  context.mock.timers.tick(20_000);
  assert.deepEqual(sent, []);
  recovery.answer({ number: restored[0].number, epoch: 5 });
  recovery.receive(frame(6));
  context.mock.timers.tick(20_000);
  assert.deepEqual(sent, ['keep']);
});

test('the same run after a break goes on by itself', () => {
  const { recovery, said, restored } = panel();
  recovery.receive(frame(5, Uint8Array.of(5)));
  recovery.connect('old');
  recovery.lost('old');
  recovery.connect('old');
  recovery.back();
  recovery.connect('new');
  recovery.back();
  assert.deepEqual([said, restored], [[], []]);
});

test('where nothing is kept, or the page cannot go on, the run is said to be lost', () => {
  const { recovery, said, restored } = panel();
  breakAndComeBack(recovery);
  assert.deepEqual([said, restored], [['notice'], []]);
  tab.set('dnn.run', 'of another page');
  breakAndComeBack(recovery);
  assert.deepEqual([said.length, restored.length], [1, 1]);
  recovery.answer({ number: restored[0].number, epoch: -1 });
  assert.deepEqual(said, ['notice', 'notice']);
});

test('a panel that is mounted anew after the break knows of it', () => {
  panel().recovery.lost('old');
  const { recovery, said } = panel();
  recovery.connect('new');
  recovery.back();
  assert.deepEqual(said, ['notice']);
});
