// @ts-check
// The numbers of one example that a frame brings, and which of them belong to a unit.

import { offsetsOf, placeOf } from './geometry.js';

/** @import { Example, Frame, Scene } from '../contract.d.ts' */
/** @import { Shown } from './example_stops.js' */

/**
 * @typedef {object} Followed one example: the numbers of a frame that are there while one is followed
 * @property {Example} example
 * @property {Float32Array} a of all units, the inputs first
 * @property {Float32Array} z of the units after the inputs
 * @property {Float32Array} dz
 * @property {Float32Array} dw of the drawn weights
 * @property {Float32Array} newWeights
 * @property {Float32Array} newBiases
 * @property {Uint32Array} edges
 * @property {Float32Array} weights
 * @property {Float32Array} biases
 */

/**
 * The example of a frame; null where none is followed.
 *
 * @param {Frame} frame
 * @returns {Followed | null}
 */
export function followedIn({ header, edges, weights, biases, ...parts }) {
  const { example } = header;
  const { example_a: a, example_z: z, example_dz: dz, example_dw: dw } = parts;
  const { new_weights: newWeights, new_biases: newBiases } = parts;
  if (!example || !a || !z || !dz || !dw || !newWeights || !newBiases) return null;
  return { example, a, z, dz, dw, newWeights, newBiases, edges, weights, biases };
}

/**
 * A unit's number of that name.
 *
 * @param {Followed} followed
 * @param {number} unit
 * @param {Shown} name
 */
export function numberOf(followed, unit, name) {
  const inputs = followed.a.length - followed.z.length;
  return name === 'a' ? followed.a[unit] : followed[name][unit - inputs];
}

/**
 * The unit of a layer of which the sentence speaks if none is pointed at: the one with the largest error.
 *
 * @param {number[]} sizes
 * @param {Followed} followed
 * @param {number} layer
 */
export function chosenUnit(sizes, { dz }, layer) {
  const first = sizes.slice(1, layer).reduce((sum, n) => sum + n, 0);
  let best = first;
  for (let k = first; k < first + sizes[layer]; k++) if (Math.abs(dz[k]) > Math.abs(dz[best])) best = k;
  return sizes[0] + best;
}

/**
 * The drawn weights of a unit: their places among the drawn ones, the unit that each comes from, and its activation.
 *
 * @param {Pick<Scene, 'sizes'>} scene
 * @param {Followed} followed
 * @param {number} unit
 */
export function incoming({ sizes }, { a, edges, weights }, unit) {
  const { l, k } = placeOf(sizes, unit);
  const { start, out } = offsetsOf(sizes)[l - 1];
  const before = unit - k - sizes[l - 1];
  return Array.from({ length: sizes[l - 1] }, (_, from) => ({ from, at: edges.indexOf(start + from * out + k) }))
    .filter(({ at }) => at >= 0)
    .map(({ from, at }) => ({ from, at, weight: weights[at], value: a[before + from] }));
}

/**
 * The drawn weights from a unit, with the errors of the units that they lead to.
 *
 * @param {Pick<Scene, 'sizes'>} scene
 * @param {Followed} followed
 * @param {number} unit
 */
export function outgoing({ sizes }, { dz, edges, weights }, unit) {
  const { l, k } = placeOf(sizes, unit);
  const { start, out } = offsetsOf(sizes)[l];
  const after = unit - k + sizes[l] - sizes[0];
  return Array.from({ length: out }, (_, to) => ({ to, at: edges.indexOf(start + k * out + to) }))
    .filter(({ at }) => at >= 0)
    .map(({ to, at }) => ({ at, weight: weights[at], value: dz[after + to] }));
}

/**
 * The drawn weight to a unit with the largest gradient; undefined where none is drawn.
 *
 * @param {Pick<Scene, 'sizes'>} scene
 * @param {Followed} followed
 * @param {number} unit
 */
export function strongestWeight(scene, followed, unit) {
  const edges = incoming(scene, followed, unit);
  return edges.toSorted((one, other) => Math.abs(followed.dw[other.at]) - Math.abs(followed.dw[one.at])).at(0);
}
