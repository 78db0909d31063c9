// @ts-check
// What the network answers at each place of the grid, as a heat map that is only there to be pointed at.

/** @import { Scene } from '../contract.d.ts' */

/**
 * Options of Plotly's heat map: numbers, and for several classes their probabilities in words.
 *
 * @param {Pick<Scene, 'bounds' | 'task' | 'heights' | 'chances'>} scene
 * @param {ArrayLike<number>} field
 * @param {number} side
 */
export function hoverValues({ bounds, task, heights, chances }, field, side) {
  const [left, right, low, high] = bounds;
  const shown = { x: [between(left, right, side)], y: [between(high, low, side)], visible: true };
  /**
   * @template T
   * @param {(i: number) => T} value
   */
  const grid = (value) =>
    Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, col) => value(row * side + col)));
  if (task === 'multiclass') {
    const size = side * side;
    /** @param {number} i */
    const words = (i) => chances.map((name, k) => `${name} ${(field[k * size + i] / 255).toFixed(2)}`).join('<br>');
    return { ...shown, z: [grid((i) => field[i] / 255)], text: [grid(words)] };
  }
  const [from, to] = heights ?? [0, 1];
  return { ...shown, z: [grid((i) => from + ((to - from) * field[i]) / 65535)] };
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} count
 */
function between(from, to, count) {
  return Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
}
