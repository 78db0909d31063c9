// @ts-check
// Units that do not learn: the words for them, and a mark in the corner of their box that is told without colour.

import { tr } from './i18n.js';

/** @import { Colors, Frame, Scene } from '../contract.d.ts' */
/** @import { Point } from './geometry.js' */
/** @typedef {'dead' | 'saturated'} UnitState */

/** @type {(UnitState | null)[]} by the numbers that frames have */
const STATES = [null, 'dead', 'saturated'];

// What stands in the legend, and in full where the pointer rests or the focus is.
export const STATE_TEXTS = {
  dead: {
    legend: () => tr('× dead'),
    words: () => tr('Dead: it returns 0 for every training example, so no gradient reaches its weights.'),
  },
  saturated: {
    legend: () => tr('= saturated'),
    words: () => tr('Saturated: for 95 % of the training examples its slope is below 0.05, so it hardly learns.'),
  },
};

/**
 * The state of each unit of the hidden layers; none where all of them work.
 *
 * @param {Pick<Frame, 'inactive'>} frame
 */
export function hiddenStates({ inactive = new Uint8Array() }) {
  return Array.from(inactive, (number) => STATES[number] ?? null);
}

/**
 * The state of a unit counted over all layers, or null if it works.
 *
 * @param {Pick<Scene, 'sizes'>} scene
 * @param {Pick<Frame, 'inactive'>} frame
 * @param {number} unit
 */
export function stateOf({ sizes }, { inactive }, unit) {
  return STATES[inactive?.[unit - sizes[0]] ?? 0] ?? null;
}

/**
 * A disc in the upper right corner of the unit's box: with a cross in it for a dead unit, with two bars for a saturated one.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Pick<Colors, 'ink' | 'paper'>} colors
 * @param {Point} unit the middle of its box
 * @param {number} box how large that is
 * @param {UnitState} state
 */
export function paintState(context, { ink, paper }, { x, y }, box, state) {
  const radius = Math.max(2, Math.min(9, box * 0.22));
  const across = x + box / 2 - radius - 1;
  const down = y - box / 2 + radius + 1;
  const arm = radius * 0.5;
  context.beginPath();
  context.arc(across, down, radius, 0, 2 * Math.PI);
  context.fillStyle = paper;
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = Math.max(1, radius / 5);
  context.stroke();
  context.beginPath();
  const strokes =
    state === 'dead'
      ? [
          [-arm, -arm, arm, arm],
          [-arm, arm, arm, -arm],
        ]
      : [
          [-arm, -arm / 2, arm, -arm / 2],
          [-arm, arm / 2, arm, arm / 2],
        ];
  for (const [x0, y0, x1, y1] of strokes) {
    context.moveTo(across + x0, down + y0);
    context.lineTo(across + x1, down + y1);
  }
  context.stroke();
}
