// @ts-check
// A lesson's step opens a view once: when there is a scene, and not again after the visitor has opened another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Opening } from '../../../../dnn/ui/live/static/opening.js';

function opening() {
  /** @type {string[]} */
  const seen = [];
  const opens = new Opening({ choose: (picture) => seen.push(picture) }, { show: (view) => seen.push(view) });
  return { opens, seen };
}

test('nothing is opened before there is a scene, and nothing where no lesson asks', () => {
  const { opens, seen } = opening();
  opens.open({ step: 'a.1', shows: 'health' });
  assert.deepEqual(seen, []);
  opens.stage();
  assert.deepEqual(seen, ['boundary', 'health']);
  const playground = opening();
  playground.opens.open(null);
  playground.opens.stage();
  assert.deepEqual(playground.seen, []);
});

test('a step opens its view once, and the next step its own', () => {
  const { opens, seen } = opening();
  opens.stage();
  opens.open({ step: 'a.1', shows: 'landscape' });
  opens.open({ step: 'a.1', shows: 'landscape' });
  opens.stage();
  assert.deepEqual(seen, ['landscape', 'cost']);
  opens.open({ step: 'a.2', shows: 'cost' });
  assert.deepEqual(seen, ['landscape', 'cost', 'boundary', 'cost']);
});
