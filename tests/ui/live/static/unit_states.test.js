// @ts-check
// Which units do not learn, as a frame brings it: one number for each hidden unit, or nothing where all of them work.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { troubles } from '../../../../dnn/ui/live/static/findings.js';
import { hiddenStates, stateOf } from '../../../../dnn/ui/live/static/unit_states.js';

const scene = { sizes: [2, 3, 1] };
const frame = { inactive: Uint8Array.of(0, 1, 2) };

test('hidden units have a state, inputs and outputs have none', () => {
  assert.deepEqual(hiddenStates(frame), [null, 'dead', 'saturated']);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((unit) => stateOf(scene, frame, unit)),
    [null, null, null, 'dead', 'saturated', null],
  );
});

test('where all units work no unit has a state', () => {
  assert.deepEqual(hiddenStates({}), []);
  assert.equal(stateOf(scene, {}, 3), null);
});

test('that a run is finished is no trouble', () => {
  const finding = { rule: 'vanishing', title: '', evidence: '', advice: 'Use ReLU.', cure: null };
  const finished = { ...finding, rule: 'finished', advice: '' };
  assert.deepEqual(troubles([finding, finished]), [finding]);
});
