// @ts-check
// A group of runs is said to have begun anew only where its server has forgotten it.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { LostGroup } from '../../../../dnn/ui/live/static/began_again.js';

/** @type {Map<string, string>} */
let tab;

beforeEach(() => {
  tab = new Map();
  const sessionStorage = {
    /** @param {string} name */
    getItem: (name) => tab.get(name) ?? null,
    /** @param {string} name @param {string} text */
    setItem: (name, text) => tab.set(name, text),
    /** @param {string} name */
    removeItem: (name) => tab.delete(name),
  };
  Object.defineProperty(globalThis, 'sessionStorage', { value: sessionStorage, configurable: true });
  const element = () => ({ setAttribute() {}, append() {}, textContent: '' });
  Object.defineProperty(globalThis, 'document', { value: { createElement: element }, configurable: true });
});

function group() {
  /** @type {string[]} */
  const said = [];
  const notices = /** @type {Element} */ (/** @type {unknown} */ ({ append: () => said.push('notice') }));
  return { lost: new LostGroup(notices), said };
}

test('a page that is opened says nothing', () => {
  const { lost, said } = group();
  lost.connect('first');
  lost.back();
  lost.connect('other settings');
  lost.back();
  assert.deepEqual(said, []);
});

test('the same runs after a break go on', () => {
  const { lost, said } = group();
  lost.connect('runs');
  lost.back();
  lost.lost('runs');
  lost.connect('runs');
  lost.back();
  assert.deepEqual(said, []);
});

test('other runs after a break began anew', () => {
  const { lost, said } = group();
  lost.connect('runs');
  lost.lost('runs');
  lost.connect('runs');
  lost.connect('new');
  lost.back();
  lost.back();
  assert.deepEqual(said, ['notice']);
});

test('a page that is opened anew, for its server has forgotten the runs, says so once', () => {
  group().lost.forgotten();
  const { lost, said } = group();
  lost.connect('new');
  lost.back();
  lost.back();
  assert.deepEqual(said, ['notice']);
});

test('the run of the playground that was lost is not a group that was lost', () => {
  tab.set('dnn.run-lost', 'yes');
  const { lost, said } = group();
  lost.back();
  assert.deepEqual([said, tab.get('dnn.run-lost')], [[], 'yes']);
});
