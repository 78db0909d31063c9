// @ts-check
// One of many runs: its map with some of its examples, its state as a mark, and its numbers in words.

import { Field, palette } from '../../../web/paint.js';
import { create } from './dom.js';
import { tr } from './i18n.js';
import { drawPoints } from './points.js';

/** @import { GroupCell as Cell, GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Color } from '../../../web/paint.js' */

export const [GOES_ON, ENDED, DIVERGED, NO_RUN] = [0, 1, 2, 3]; // as `states` numbers them
const NUMBERS = 7; // of each cell
export const MARKS = ['', '■', '✕', '–'];
const ROOM_FOR_POINTS = 140; // pixels on a side from which on examples are drawn

/** @param {number} state of a cell, in words */
export function stateWords(state) {
  return [() => '', () => tr('stopped early'), () => tr('diverged'), () => tr('no run')][state]();
}

/**
 * @typedef {object} Numbers of a cell; null where there is none
 * @property {number} epoch
 * @property {number | null} train_cost
 * @property {number | null} test_cost
 * @property {number | null} train_accuracy
 * @property {number | null} test_accuracy
 * @property {number | null} validation_cost
 * @property {number | null} validation_accuracy
 */

/**
 * @param {GroupFrame} frame
 * @param {number} cell
 * @returns {Numbers}
 */
export function numbersOf(frame, cell) {
  const [epoch, ...found] = frame.numbers.subarray(cell * NUMBERS, (cell + 1) * NUMBERS);
  const [train_cost, test_cost, train_accuracy, test_accuracy, validation_cost, validation_accuracy] = found.map((n) =>
    Number.isNaN(n) ? null : n,
  );
  return {
    epoch: epoch || 0,
    train_cost,
    test_cost,
    train_accuracy,
    test_accuracy,
    validation_cost,
    validation_accuracy,
  };
}

/** @param {number | null} cost */
export function costText(cost) {
  if (cost === null) return '–';
  return Number.isFinite(cost) ? cost.toPrecision(3) : '> 10³⁸'; // more than such a number can hold
}

/** @param {number | null} share */
export const shareText = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/**
 * What a cell has come to, in words: of the test examples, or of those for training where there are no others.
 *
 * @param {GroupFrame} frame
 * @param {number} cell
 */
export function resultWords(frame, cell) {
  const numbers = numbersOf(frame, cell);
  const tested = numbers.test_cost !== null;
  const cost = costText(tested ? numbers.test_cost : numbers.train_cost);
  const share = tested ? numbers.test_accuracy : numbers.train_accuracy;
  if (share === null) return tested ? tr('test cost {cost}', { cost }) : tr('train cost {cost}', { cost });
  const accuracy = shareText(share);
  return tested
    ? tr('test accuracy {accuracy}, cost {cost}', { accuracy, cost })
    : tr('train accuracy {accuracy}, cost {cost}', { accuracy, cost });
}

/**
 * The same with the epoch, and how it ended.
 *
 * @param {GroupFrame} frame
 * @param {number} cell
 */
export function cellWords(frame, cell) {
  const state = frame.states[cell];
  if (state === NO_RUN) return stateWords(state);
  const epoch = numbersOf(frame, cell).epoch.toLocaleString('en');
  const words = `${tr('epoch {epoch}', { epoch })}, ${resultWords(frame, cell)}`;
  return state === GOES_ON ? words : `${stateWords(state)}, ${words}`;
}

/** @type {WeakMap<Color[], Uint32Array>} */
const palettes = new WeakMap();

/** @param {Color[]} ramp */
function paletteOf(ramp) {
  const known = palettes.get(ramp) ?? palette(ramp);
  palettes.set(ramp, known);
  return known;
}

// The map of one run as an element, with examples over it where there is room.
export class CellPicture {
  constructor() {
    this.root = create('span', { className: 'dnn-cell-picture' });
    this.points = create('canvas');
    /** @type {Field | null} */
    this.field = null;
    /** @type {Uint32Array} */
    this.colors = palette([]);
    this.size = 0;
  }

  /**
   * @param {GroupScene} scene
   * @param {Cell} cell
   * @param {number} [side] points on a side of the map
   */
  stage(scene, cell, side = scene.side) {
    if (this.field?.side !== side) {
      this.field = new Field(side);
      this.root.replaceChildren(this.field.canvas);
    }
    this.scene = scene;
    this.cell = cell;
    this.size = 0;
    this.root.classList.toggle('dnn-empty', cell.plane < 0);
    this.colors = paletteOf(scene.ramps[cell.ramp] ?? []);
  }

  /** @param {number} size in pixels that the picture has on screen */
  resize(size) {
    const plane = this.cell && this.scene?.planes[this.cell.plane];
    if (size === this.size || !plane || !this.scene) return;
    this.size = size;
    if (size < ROOM_FOR_POINTS) return this.points.remove();
    const pale = this.cell?.task === 'regression';
    const { muted, paper } = this.scene.colors;
    drawPoints(this.points, plane, size, pale ? muted : paper, pale);
    this.root.append(this.points);
  }

  /** @param {Uint8Array} map */
  draw(map) {
    this.field?.paint(map, this.colors);
  }
}

/**
 * The map of a cell in a frame.
 *
 * @param {GroupFrame} frame
 * @param {GroupScene} scene
 * @param {number} cell
 */
export function mapOf(frame, scene, cell) {
  const size = scene.side * scene.side;
  return frame.maps.subarray(cell * size, (cell + 1) * size);
}
