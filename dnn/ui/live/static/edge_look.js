// @ts-check
// How weights and biases look in the diagram, and whether they look as before: strokes are slow.

/** @import { Frame } from '../contract.d.ts' */

/**
 * @typedef {object} Look
 * @property {Uint8Array} levels of the weights
 * @property {Uint8Array} dots levels of the biases
 * @property {Uint8Array} frozen
 * @property {Uint32Array} edges which weights
 */

const NONE = new Uint8Array();

/**
 * 0 … 15 from weak to strong for a negative number, 16 … 31 for a positive one.
 *
 * @param {number} weight
 */
const levelOf = (weight) => (weight < 0 ? 0 : 16) + Math.min(15, Math.round(Math.min(Math.abs(weight), 4) * 5));

/**
 * @param {Frame} frame
 * @returns {Look}
 */
export function lookOf({ weights, biases, edges, frozen = NONE }) {
  return { levels: Uint8Array.from(weights, levelOf), dots: Uint8Array.from(biases, levelOf), frozen, edges };
}

/**
 * @param {Look} one
 * @param {Look} other
 */
export function looksAlike(one, other) {
  return (
    alike(one.levels, other.levels) &&
    alike(one.dots, other.dots) &&
    alike(one.frozen, other.frozen) &&
    alike(one.edges, other.edges)
  );
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 */
function alike(one, other) {
  if (one.length !== other.length) return false;
  for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) return false;
  return true;
}
