// @ts-check
// The pixels of the trainability map: coarse ones are covered by finer ones, and a place leads to the network there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, FINEST, MapPicture, outcome, square, written } from '../../../../dnn/ui/live/static/map_picture.js';

/** @import { MapFrame, MapScene } from '../../../../dnn/ui/live/map_contract.d.ts' */

const palette = new Uint8Array(768).map((_, k) => Math.floor(k / 3));

/**
 * @param {number} window
 * @param {number} side
 */
const scene = (window, side) => /** @type {MapScene} */ ({ window, side });

/**
 * @param {number} side
 * @param {Partial<MapFrame>} parts
 */
const frame = (side, parts) => /** @type {MapFrame} */ (/** @type {unknown} */ ({ header: { side }, ...parts }));

test('a finer pixel covers its part of a coarser one', () => {
  const picture = new MapPicture();
  picture.load(frame(16, { scene: scene(1, 16), palette, pixels: new Uint8Array(256).fill(10) }));
  picture.load(frame(32, { places: Uint32Array.of(33, 34), shades: Uint8Array.of(200, 201) }));
  assert.deepEqual(picture.cell(0.01, 0.01), { side: 16, column: 0, row: 0, shade: 10 });
  assert.deepEqual(picture.cell(1.5 / 32, 1.5 / 32), { side: 32, column: 1, row: 1, shade: 200 });
  assert.deepEqual(picture.cell(2.5 / 32, 1.5 / 32), { side: 32, column: 2, row: 1, shade: 201 });
  assert.deepEqual(picture.cell(1, 1), { side: 16, column: 15, row: 15, shade: 10 });
  const lowest = (FINEST - 1) * FINEST; // screens count from above
  assert.equal(picture.colors[lowest], 0xff0a0a0a);
  assert.equal(picture.colors[lowest - 20 * FINEST + 20], 0xffc8c8c8);
});

test('another window shows what was there until its own pixels come, but they are no networks', () => {
  const picture = new MapPicture();
  picture.load(frame(16, { scene: scene(1, 16), palette, pixels: new Uint8Array(256).map((_, k) => k) }));
  picture.stretch({ left: 0, right: 0.5, bottom: 0, top: 0.5 });
  const lowest = (FINEST - 1) * FINEST;
  assert.equal(picture.colors[lowest + FINEST - 1], 0xff070707); // what was in the middle is at the edge
  assert.equal(picture.cell(0.5, 0.5), null);
  picture.load(frame(16, { scene: scene(2, 0), palette, pixels: new Uint8Array(0) }));
  assert.equal(picture.colors[lowest + FINEST - 1], 0xff070707);
  assert.equal(picture.cell(0.5, 0.5), null);
  picture.load(frame(16, { places: Uint32Array.of(0), shades: Uint8Array.of(3) }));
  assert.deepEqual(picture.cell(0, 0), { side: 16, column: 0, row: 0, shade: 3 });
});

test('a drag marks a square inside the picture, whichever way it goes', () => {
  assert.deepEqual(square([0.25, 0.25], [0.5, 0.375]), { left: 0.25, right: 0.5, bottom: 0.25, top: 0.5 });
  assert.deepEqual(square([0.5, 0.5], [0.25, 0.5]), { left: 0.25, right: 0.5, bottom: 0.25, top: 0.5 });
  assert.deepEqual(square([0.75, 0.5], [0.75, 1]), { left: 0.25, right: 0.75, bottom: 0.5, top: 1 });
  assert.deepEqual(square([0.75, 0.5], [1, 1]), { left: 0.75, right: 1, bottom: 0.5, top: 0.75 });
});

test('numbers are written in as many digits as tell neighbours apart', () => {
  assert.equal(written([0.01, 100], 0.5), '1');
  assert.equal(written([0.01, 100], 0.3), '0.1585');
  assert.equal(written([0.2154368547, 0.2154566981], 0.5), '0.21544678');
  assert.equal(at([0.01, 100], 0), 0.01);
});

test('what becomes of a network is its shade by quarters', () => {
  assert.deepEqual([1, 63, 64, 127, 129, 191, 192, 255].map(outcome), [0, 0, 1, 1, 2, 2, 3, 3]);
});
