// @ts-check
// The stops of one example on the diagram: forward, layer by layer, the loss, back, and the update.

import { tr } from './i18n.js';

/**
 * Called as the stops of the page Inside one step are.
 *
 * @typedef {object} Stop
 * @property {string} id
 * @property {'x' | 'z' | 'a' | 'loss' | 'dz' | 'dw' | 'new'} part
 * @property {number} layer counted from 1; 0 for the inputs, the last one for the loss
 */
/** @typedef {'a' | 'z' | 'dz'} Shown which number a unit shows */

/**
 * @param {number} last number of the output layer
 * @returns {Stop[]}
 */
export function stopsOf(last) {
  const layers = Array.from({ length: last }, (_, k) => k + 1);
  /** @type {(part: 'z' | 'a' | 'dz' | 'dw', layer: number) => Stop} */
  const stop = (part, layer) => ({ id: `${part}${layer}`, part, layer });
  return [
    { id: 'x', part: 'x', layer: 0 },
    ...layers.flatMap((layer) => [stop('z', layer), stop('a', layer)]),
    { id: 'loss', part: 'loss', layer: last },
    ...layers.toReversed().flatMap((layer) => [stop('dz', layer), stop('dw', layer)]),
    { id: 'new_w1', part: 'new', layer: 1 },
  ];
}

/**
 * Which number the units of a layer show at a stop; null before they are reached, and while the weights move.
 *
 * @param {Stop} stop
 * @param {number} layer
 * @returns {Shown | null}
 */
export function shownAt({ part, layer: at }, layer) {
  if (part === 'new') return null;
  if (part === 'dz' || part === 'dw') return layer >= at ? 'dz' : 'a';
  if (layer > at) return null;
  return part === 'z' && layer === at ? 'z' : 'a';
}

/**
 * Whether a layer's units are what the stop is about.
 *
 * @param {Stop} stop
 * @param {number} layer
 */
export function isLit({ part, layer: at }, layer) {
  if (part === 'new') return false;
  return layer === at || (part === 'dw' && layer === at - 1);
}

/**
 * The layers between which lines are lit, by the number of the later one, and what the lines show.
 *
 * @param {Stop} stop
 * @param {number} last number of the output layer
 * @returns {{ layers: number[], show: 'weight' | 'gradient' | 'new' } | null}
 */
export function linesAt({ part, layer }, last) {
  if (part === 'z') return { layers: [layer], show: 'weight' };
  if (part === 'dz' && layer < last) return { layers: [layer + 1], show: 'weight' }; // the error comes back through them
  if (part === 'dw') return { layers: [layer], show: 'gradient' };
  if (part === 'new') return { layers: Array.from({ length: last }, (_, k) => k + 1), show: 'new' };
  return null;
}

/**
 * @param {Stop} stop
 * @param {number} last number of the output layer
 */
export function titleOf({ part, layer }, last) {
  if (part === 'x') return tr('The inputs');
  if (part === 'z') return tr('Layer {layer}: weighted sums', { layer });
  if (part === 'a') return layer < last ? tr('Layer {layer}: activation', { layer }) : tr('The answer');
  if (part === 'loss') return tr('The loss of this example');
  if (part === 'dz') return tr('Layer {layer}: the error, dZ', { layer });
  if (part === 'dw') return tr('Layer {layer}: gradient of the weights', { layer });
  return tr('The weights move');
}
