// @ts-check
// A landscape in its room: where there is much it stays as it came, where there is little it has small letters.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted } from '../../../../dnn/ui/live/static/landscape_figure.js';

/** @import { LandscapeScene } from '../../../../dnn/ui/live/landscape_contract.d.ts' */

/**
 * @param {'contours' | 'surface'} form
 * @returns {Pick<LandscapeScene, 'figure' | 'view'>}
 */
function scene(form) {
  const axis = { title: { text: 'first', standoff: 4 }, color: '#123' };
  const axes = { xaxis: axis, yaxis: axis, zaxis: axis };
  const eye = { x: -1, y: -2, z: 1 };
  const layout = { margin: { l: 68, r: 8, t: 26, b: 48 }, ...axes, scene: { ...axes, camera: { eye } } };
  const data = [{ colorbar: { title: { text: 'cost' }, tickvals: [1] } }, { name: 'path' }];
  return { view: { directions: 'pca', seed: 0, form, cost: 'train' }, figure: { data, layout } };
}

test('contours in a wide box stay as they came', () => {
  const given = scene('contours');
  assert.equal(fitted(given, 900), given.figure);
});

test('contours in a narrow box have small letters, and their path is the same', () => {
  const given = scene('contours');
  const { data, layout } = fitted(given, 430);
  assert.deepEqual(layout.xaxis.title, { text: 'first', standoff: 4, font: { size: 11 } });
  assert.equal(layout.yaxis.color, '#123');
  assert.deepEqual(/** @type {{ tickvals: number[] }} */ (data[0].colorbar).tickvals, [1]);
  assert.equal(data[1], given.figure?.data[1]);
  assert.equal(given.figure?.layout.margin.l, 68);
});

test('a surface is seen from nearer where its titles have room, and has no colour bar where they have not', () => {
  const wide = fitted(scene('surface'), 900);
  assert.deepEqual(wide.layout.scene.camera.eye, { x: -0.8, y: -1.6, z: 0.8 });
  assert.equal(wide.data[0].showscale, undefined);
  const narrow = fitted(scene('surface'), 430);
  assert.deepEqual(narrow.layout.scene.camera.eye, { x: -1, y: -2, z: 1 });
  assert.equal(narrow.data[0].showscale, false);
  assert.equal(narrow.layout.scene.zaxis.title.font.size, 11);
});

test('without a landscape there is nothing to draw', () => {
  assert.deepEqual(fitted({ figure: null, view: scene('surface').view }, 430).data, []);
});
