// @ts-check
// A group of runs is said to have begun anew only where its server has forgotten it.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { LostGroup } from '../../../../dnn/ui/live/static/began_again.js';
import { newTab, noticesTo } from './tab_storage.js';

/** @type {Map<string, string>} */
let tab;

beforeEach(() => {
  tab = newTab();
});

function group() {
  /** @type {string[]} */
  const said = [];
  const notices = noticesTo(() => said.push('notice'));
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
