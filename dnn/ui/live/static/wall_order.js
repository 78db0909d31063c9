// @ts-check
// The tiles of a class in words and in order, and how many stand in a row. Pure functions.

import { language, tr } from './i18n.js';

/** @import { WallTile } from '../wall_contract.d.ts' */

/** @typedef {'name' | 'accuracy' | 'units'} Order */

/** @type {Order[]} */
export const ORDERS = ['name', 'accuracy', 'units'];

/** @param {WallTile} tile */
export const unitsOf = ({ sizes }) => sizes.slice(1, -1).reduce((sum, n) => sum + n, 0);

// Of numbers, which have no accuracy, the least cost is the best.
const costOf = (/** @type {WallTile} */ { accuracy, cost }) => (accuracy === null ? (cost ?? Number.MAX_VALUE) : 0);

/** @type {Record<Order, (a: WallTile, b: WallTile) => number>} */
const COMPARED = {
  name: () => 0,
  accuracy: (a, b) => (b.accuracy ?? -1) - (a.accuracy ?? -1) || costOf(a) - costOf(b),
  units: (a, b) =>
    Number(!a.sizes.length) - Number(!b.sizes.length) || unitsOf(a) - unitsOf(b) || COMPARED.accuracy(a, b),
};

/**
 * The tiles in order: the most accurate first, or the fewest hidden units; equal ones by name.
 *
 * @param {Iterable<WallTile>} tiles
 * @param {Order} order
 */
export function sorted(tiles, order) {
  const { compare } = new Intl.Collator(language(), { numeric: true });
  return [...tiles].sort((a, b) => COMPARED[order](a, b) || compare(a.name, b.name) || a.id - b.id);
}

/** @param {number} seconds */
export function timeText(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** @param {number | null} share of the examples; never rounded up to a goal that is not reached */
export const accuracyText = (share) =>
  share === null ? '–' : `${(Math.floor(share * 1000 + 1e-6) / 10).toFixed(1)} %`;

/**
 * What a network has come to: its accuracy, or its cost where it answers with numbers.
 *
 * @param {WallTile} tile
 */
export function resultText({ accuracy, cost }) {
  if (accuracy === null && cost !== null) return tr('cost {cost}', { cost: cost.toPrecision(3) });
  return accuracyText(accuracy);
}

/** @param {WallTile} tile */
export const sizesText = ({ sizes }) => sizes.join('-');

/**
 * How it is with a pupil, in a word or two; empty while the network trains.
 *
 * @param {WallTile} tile
 */
export function stateText({ state, away }) {
  if (away) return tr('away');
  return {
    waiting: () => tr('not started'),
    playing: () => '',
    paused: () => tr('paused'),
    ended: () => tr('stopped early'),
    diverged: () => tr('diverged'),
  }[state]();
}

/** @param {WallTile} tile */
export function resultWords(tile) {
  if (tile.accuracy !== null) return tr('accuracy {accuracy}', { accuracy: accuracyText(tile.accuracy) });
  return tile.cost === null ? tr('no accuracy') : resultText(tile);
}

/**
 * All of a tile in a sentence, for one who cannot see it.
 *
 * @param {WallTile} tile
 */
export function tileWords(tile) {
  const parts = [stateText(tile) || tr('training')];
  if (tile.sizes.length) {
    parts.push(tr('epoch {epoch}', { epoch: tile.epoch.toLocaleString('en') }));
    parts.push(resultWords(tile));
    parts.push(tr('network {sizes}', { sizes: sizesText(tile) }));
  }
  if (tile.reached !== null) parts.push(tr('goal reached after {time}', { time: timeText(tile.reached) }));
  return `${tile.name}: ${parts.join(', ')}`;
}

/**
 * How many pupils there are, how many reached the goal, and how many are away.
 *
 * @param {Iterable<WallTile>} all
 * @param {boolean} goal whether there is one
 */
export function countWords(all, goal) {
  const tiles = [...all];
  const away = tiles.filter((tile) => tile.away).length;
  const parts = [tiles.length === 1 ? tr('1 pupil') : tr('{count} pupils', { count: tiles.length })];
  if (goal) parts.push(tr('{count} reached the goal', { count: tiles.filter((tile) => tile.reached !== null).length }));
  if (away) parts.push(tr('{count} away', { count: away }));
  return parts.join(' · ');
}

/**
 * So many columns that the pictures are as large as can be where all tiles fit at once, and the side of a picture.
 *
 * @param {number} count of tiles
 * @param {number} width of the wall in pixels
 * @param {number} height
 * @param {number} words the height of the words under a picture, as a share of its width
 * @param {number} gap between tiles
 */
export function fitting(count, width, height, words, gap) {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const across = (width - gap * (columns - 1)) / columns;
    const down = (height - gap * (rows - 1)) / Math.max(1, rows);
    const size = Math.floor(Math.min(across, down / (1 + words)));
    if (size > best.size) best = { columns, size };
  }
  return best;
}
