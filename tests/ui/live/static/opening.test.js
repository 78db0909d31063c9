// @ts-check
// A lesson's step opens a view once: when there is a scene, and not again after the visitor has opened another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Opening } from '../../../../dnn/ui/live/static/opening.js';

function opening() {
  /** @type {string[]} */
  const seen = [];
  const opens = new Opening(
    { choose: (picture) => seen.push(picture) },
    { show: (view) => seen.push(view), choose: (axis, type) => seen.push(`${axis} ${type}`) },
  );
  return { opens, seen };
}

test('nothing is opened before there is a scene, and nothing where no lesson asks', () => {
  const { opens, seen } = opening();
  opens.open({ step: 'a.1', shows: 'health', logarithmic: [] });
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
  opens.open({ step: 'a.1', shows: 'landscape', logarithmic: [] });
  opens.open({ step: 'a.1', shows: 'landscape', logarithmic: [] });
  opens.stage();
  assert.deepEqual(seen, ['landscape', 'cost']);
  opens.open({ step: 'a.2', shows: 'cost', logarithmic: [] });
  assert.deepEqual(seen, ['landscape', 'cost', 'boundary', 'cost']);
});

test('a step makes axes logarithmic, and the next one linear again', () => {
  const { opens, seen } = opening();
  opens.stage();
  opens.open({ step: 'a.1', shows: 'cost', logarithmic: ['epochs'] });
  assert.deepEqual(seen, ['boundary', 'cost', 'xaxis log']);
  seen.length = 0;
  opens.open({ step: 'a.1 guessed', shows: 'cost', logarithmic: ['epochs'] });
  assert.deepEqual(seen, ['boundary', 'cost']);
  seen.length = 0;
  opens.open({ step: 'a.2', shows: 'cost', logarithmic: [] });
  assert.deepEqual(seen, ['boundary', 'cost', 'xaxis linear']);
});
