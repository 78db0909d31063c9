// @ts-check
// The widget of a notebook: where its costs are drawn, and what it says of a frame.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesOf } from '../../../../dnn/ui/notebook/static/notebook_costs.js';
import { describe, know, speak } from '../../../../dnn/ui/notebook/static/notebook_words.js';
import { lookOf } from '../../../../dnn/ui/notebook/static/surroundings.js';

/** @import { Frame } from '../../../../dnn/ui/live/contract.d.ts' */

test('costs go from the highest at the top to 0 at the bottom, and a number that is none has no place', () => {
  const curves = Float32Array.from([0, 5, 10, 2, 1, 0, Number.NaN, 1, Number.POSITIVE_INFINITY]);
  const { lines, low, high, last } = placesOf(curves, 3, 254, 148);
  assert.deepEqual([low, high, last], [0, 2, 10]);
  assert.deepEqual(lines[0], [
    { x: 44, y: 24 },
    { x: 144, y: 74 },
    { x: 244, y: 124 },
  ]);
  assert.deepEqual(lines[1], [null, { x: 144, y: 74 }, null]);
});

test('a single epoch without costs is drawn, too', () => {
  const { lines, last } = placesOf(Float32Array.from([0, Number.NaN]), 2, 254, 148);
  assert.deepEqual([lines, last], [[[null]], 1]);
});

test('the words have the numbers that there are, and why it stopped', () => {
  const numbers = { epoch: 1200, train_cost: 0.12345, test_cost: null, train_accuracy: null, test_accuracy: 0.956 };
  const frame = /** @type {Frame} */ (
    /** @type {unknown} */ ({ header: { epoch: 1200, numbers, reason: 'It diverged.' } })
  );
  assert.equal(describe(frame), 'epoch 1,200 · train cost 0.123 · test accuracy 95.6 % · It diverged.');
  know({ zh: { name: 'zh', words: { 'epoch {epoch}': '第 {epoch} 轮', 'train cost': '训练代价' }, glossary: {} } });
  speak('zh');
  assert.equal(describe(frame), '第 1,200 轮 · 训练代价 0.123 · test accuracy 95.6 % · It diverged.');
  speak('en');
  assert.equal(describe(frame).split(' · ')[1], 'train cost 0.123');
});

test('the theme and the language of each notebook are found where it says them', () => {
  /** @param {Record<string, string>} dataset @param {Record<string, string>} html */
  const look = (dataset, html = {}) => {
    const documentElement = { lang: html.lang ?? '', getAttribute: (/** @type {string} */ name) => html[name] ?? null };
    const page = /** @type {Parameters<typeof lookOf>[0]} */ (
      /** @type {unknown} */ ({ body: { dataset }, documentElement })
    );
    return lookOf(page, 'fr');
  };
  assert.deepEqual(look({ jpThemeLight: 'true' }, { lang: 'zh-CN' }), { theme: 'light', locale: 'zh-CN' });
  assert.deepEqual(look({ jpThemeLight: 'false' }, { lang: 'en' }), { theme: 'dark', locale: 'en' });
  assert.deepEqual(look({ vscodeThemeKind: 'vscode-dark' }), { theme: 'dark', locale: 'fr' });
  assert.equal(look({ vscodeThemeKind: 'vscode-high-contrast' }).theme, 'dark');
  assert.equal(look({ vscodeThemeKind: 'vscode-high-contrast-light' }).theme, 'light');
  assert.equal(look({}, { theme: 'dark' }).theme, 'dark'); // Colab
  assert.equal(look({}).theme, 'light');
});
