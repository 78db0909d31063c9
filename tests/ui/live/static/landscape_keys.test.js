// @ts-check
// A landscape by keyboard: which point of the path a key leads to, and what is said of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPoint, pointText, turned } from '../../../../dnn/ui/live/static/landscape_keys.js';

test('keys go along the path, from where the network is now, and not beyond its ends', () => {
  assert.equal(nextPoint('ArrowLeft', null, 5), 4);
  assert.equal(nextPoint('ArrowLeft', 4, 5), 3);
  assert.equal(nextPoint('ArrowRight', 4, 5), 4);
  assert.equal(nextPoint('ArrowLeft', 0, 5), 0);
  assert.equal(nextPoint('Home', 3, 5), 0);
  assert.equal(nextPoint('End', 1, 5), 4);
  assert.equal(nextPoint('a', 1, 5), null);
  assert.equal(nextPoint('Home', null, 0), null);
});

test('a point has its epoch, its cost and its distance', () => {
  assert.equal(pointText([12, 0.25, 0.5]), 'Epoch 12: true cost 0.25, 0.5 away from the plane');
  assert.equal(pointText([12, null, 0]), 'Epoch 12: true cost –, 0 away from the plane');
});

test('36 turns lead around the surface, at one height', () => {
  let eye = { x: 1, y: 2, z: 3 };
  for (let k = 0; k < 9; k++) eye = turned(eye, 1);
  assert.ok(Math.hypot(eye.x + 2, eye.y - 1) < 1e-9);
  for (let k = 0; k < 27; k++) eye = turned(eye, 1);
  assert.ok(Math.hypot(eye.x - 1, eye.y - 2) < 1e-9);
  assert.equal(eye.z, 3);
});
