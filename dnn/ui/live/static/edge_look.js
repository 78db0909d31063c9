// @ts-check
// How weights, or their gradients, and biases look in the diagram, and whether they look as before: strokes are slow.

import { numberText } from './names_of_units.js';

/** @import { Frame } from '../contract.d.ts' */

/**
 * @typedef {object} Look
 * @property {Uint8Array} levels of the weights
 * @property {Uint8Array} dots levels of the biases
 * @property {Uint8Array} frozen
 * @property {Uint32Array} edges which weights
 * @property {string} largest the largest gradient, where edges show it; else empty
 */

const NONE = new Uint8Array();
const DECADES = 3; // from the widest to the thinnest gradient

/**
 * 0 … 15 from weak to strong for a negative number, 16 … 31 for a positive one.
 *
 * @param {number} weight
 */
const levelOf = (weight) => (weight < 0 ? 0 : 16) + Math.min(15, Math.round(Math.min(Math.abs(weight), 4) * 5));

/**
 * The same for a gradient beside the largest one: those of early layers may be thousands of times smaller, so each third
 * of the levels stands for a factor of ten.
 *
 * @param {number} gradient
 * @param {number} largest
 */
export function levelOfGradient(gradient, largest) {
  const share = largest > 0 ? Math.log10(Math.abs(gradient) / largest) / DECADES : -1;
  return (gradient < 0 ? 0 : 16) + Math.max(0, Math.round(15 * (1 + share)));
}

/**
 * @param {Pick<Frame, 'weights' | 'biases' | 'edges' | 'frozen' | 'edge_gradients'>} frame
 * @returns {Look}
 */
export function lookOf({ weights, biases, edges, frozen = NONE, edge_gradients: gradients }) {
  const look = { dots: Uint8Array.from(biases, levelOf), frozen, edges };
  if (!gradients) return { ...look, levels: Uint8Array.from(weights, levelOf), largest: '' };
  const largest = gradients.reduce((most, gradient) => Math.max(most, Math.abs(gradient)), 0);
  const levels = Uint8Array.from(gradients, (gradient) => levelOfGradient(gradient, largest));
  return { ...look, levels, largest: numberText(largest) };
}

/**
 * @param {Look} one
 * @param {Look} other
 */
export function looksAlike(one, other) {
  return (
    one.largest === other.largest &&
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
