// @ts-check
// Every drawing computes what the library computes: a table of values that tests/lessons/drawing_table.py has written.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { KINDS } from '../../../../../dnn/ui/live/static/drawings/kinds.js';
import { HEIGHT, WIDTH } from '../../../../../dnn/ui/live/static/drawings/shapes.js';

/** @import { Values } from '../../../../../dnn/ui/live/static/drawings/contract.d.ts' */
/** @typedef {{ values: Values, numbers: Record<string, number | number[]> }} Row */
/** @typedef {{ kind: string, settings: object, marked: Record<string, number>, rows: Row[] }} Case */

/** @type {Record<string, Case>} */
const TABLE = JSON.parse(readFileSync(new URL('../../../../fixtures/drawings.json', import.meta.url), 'utf8'));

/** @param {Record<string, number | number[]>} found @param {Record<string, number | number[]>} wanted */
function close(found, wanted) {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) {
    const [a, b] = [[found[name]].flat(), [value].flat()];
    assert.equal(a.length, b.length);
    a.forEach((each, k) => {
      assert.ok(Math.abs(each - b[k]) <= 1e-12 * Math.max(1, Math.abs(b[k])), `${name}: ${each} is not ${b[k]}`);
    });
  }
}

for (const [name, { kind, settings, marked, rows }] of Object.entries(TABLE)) {
  test(`${name}: the numbers are those of the library`, () => {
    close(KINDS[kind].marked(settings), marked);
    for (const { values, numbers } of rows) close(KINDS[kind].numbers(settings, values), numbers);
  });

  test(`${name}: every place is a number, and what is marked or dragged is there`, () => {
    const { handles, shapes, words, start } = KINDS[kind];
    for (const values of [start(settings), ...rows.map((row) => row.values)]) {
      const found = shapes(settings, values);
      for (const { attributes } of found) {
        for (const value of Object.values(attributes)) assert.doesNotMatch(String(value), /NaN|Infinity|undefined/);
      }
      const parts = new Set(
        [...found, ...handles(settings).map(({ name }) => ({ part: name }))].map(({ part }) => part),
      );
      for (const part of Object.keys(marked)) assert.ok(parts.has(part), part);
      assert.doesNotMatch(words(settings, values), /NaN|Infinity|\{/);
    }
  });

  test(`${name}: a handle that is dragged anywhere stays within its limits`, () => {
    const { handles, shapes, drag, start } = KINDS[kind];
    const names = new Set(shapes(settings, start(settings)).flatMap((shape) => shape.drag ?? []));
    assert.ok(names.size > 0);
    for (const dragged of names) {
      for (const at of [
        { x: -50, y: -50 },
        { x: WIDTH / 3, y: HEIGHT / 3 },
        { x: 2 * WIDTH, y: 2 * HEIGHT },
      ]) {
        const values = drag?.(settings, start(settings), dragged, at) ?? {};
        for (const { name, low, high } of handles(settings))
          assert.ok(values[name] >= low && values[name] <= high, name);
      }
    }
  });
}
