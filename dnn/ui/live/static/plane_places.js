// @ts-check
// Places of the drawing sheet, which are shares of its width and height, as places on the plane.

import { short } from './axes.js';

/** @import { Scene } from '../contract.d.ts' */
/** @import { Point } from './geometry.js' */

/**
 * @param {Pick<Scene, 'bounds'>} scene
 * @param {Point} place
 * @returns {[number, number]}
 */
export function placeOnPlane({ bounds: [left, right, low, high] }, { x, y }) {
  return [left + x * (right - left), high - y * (high - low)];
}

/**
 * How far so many pixels reach on the plane, across and up.
 *
 * @param {Pick<Scene, 'bounds'>} scene
 * @param {number} pixels
 * @param {{ w: number, h: number }} size of the sheet
 * @returns {[number, number]}
 */
export function reachOnPlane({ bounds: [left, right, low, high] }, pixels, { w, h }) {
  return [(pixels / w) * (right - left), (pixels / h) * (high - low)];
}

/**
 * A place in words, to be read out.
 *
 * @param {Pick<Scene, 'bounds' | 'plane'>} scene
 * @param {Point} place
 */
export function placeText(scene, place) {
  const [across, up] = scene.plane.axes;
  const [x, y] = placeOnPlane(scene, place);
  return up ? `${across} ${short(x)}, ${up} ${short(y)}` : `${across} ${short(x)}`;
}
