// @ts-check
// How units and numbers are called, and the formula of a unit.

import { placeOf } from './geometry.js';
import { tr } from './i18n.js';

/** @import { Scene } from '../contract.d.ts' */

const TERMS = 6; // of a formula, the strongest; more would not be read

/** @param {number} n */
const subscript = (n) => String(n).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]);

/**
 * How the units that a unit of layer l listens to are called.
 *
 * @param {Pick<Scene, 'inputs' | 'sizes'>} scene
 * @param {number} l
 */
export function sourcesOf(scene, l) {
  if (l === 1) return scene.inputs;
  return Array.from({ length: scene.sizes[l - 1] }, (_, k) => `a${subscript(k + 1)}`);
}

/**
 * @param {Pick<Scene, 'inputs' | 'sizes'>} scene
 * @param {number} unit
 */
export function nameOf({ sizes, inputs }, unit) {
  const { l, k } = placeOf(sizes, unit);
  if (l === 0) return tr('Input {input}', { input: inputs[k] });
  if (l < sizes.length - 1) return tr('Unit {unit} of hidden layer {layer}', { unit: k + 1, layer: l });
  return sizes[l] === 1 ? tr('Output') : tr('Output {number}', { number: k + 1 });
}

/**
 * A number with two digits, or as a power of ten.
 *
 * @param {number} value
 */
export function numberText(value) {
  const extreme = value !== 0 && (Math.abs(value) >= 1e4 || Math.abs(value) < 0.005);
  return (extreme ? value.toExponential(1) : value.toFixed(2)).replaceAll('-', '−');
}

/**
 * a = tanh(0.52 x₁ − 1.30 x₂ + 0.10)
 *
 * @param {Pick<Scene, 'inputs' | 'sizes' | 'functions'>} scene
 * @param {number} unit
 * @param {ArrayLike<number>} incoming its weights and then its bias
 */
export function formula(scene, unit, incoming) {
  const { l } = placeOf(scene.sizes, unit);
  if (l === 0) return '';
  const sources = sourcesOf(scene, l);
  const count = incoming.length - 1;
  const places = Array.from({ length: count }, (_, k) => k);
  const strongest = places.toSorted((a, b) => Math.abs(incoming[b]) - Math.abs(incoming[a])).slice(0, TERMS);
  const terms = strongest.toSorted((a, b) => a - b).map((k) => ({ value: incoming[k], name: ` ${sources[k]}` }));
  const parts = terms.map(({ value, name }, k) => signOf(value, k === 0) + numberText(Math.abs(value)) + name);
  if (terms.length < count) parts.push(' + …');
  const bias = incoming[count];
  parts.push(signOf(bias, parts.length === 0) + numberText(Math.abs(bias)));
  const name = scene.functions[l - 1];
  const sum = parts.join('');
  return `${l === scene.sizes.length - 1 ? 'ŷ' : 'a'} = ${name ? `${name}(${sum})` : sum}`;
}

/**
 * @param {number} value
 * @param {boolean} first
 */
function signOf(value, first) {
  if (first) return value < 0 ? '−' : '';
  return value < 0 ? ' − ' : ' + ';
}
