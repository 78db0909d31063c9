// @ts-check

/** @import { Colors } from '../contract.d.ts' */
/** @import { Point } from './geometry.js' */

/**
 * Paint a padlock: training leaves alone what is here.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Point} at its middle
 */
export function paintPadlock(context, { ink, paper }, { x, y }) {
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fillStyle = paper;
  context.lineWidth = 1;
  context.strokeStyle = ink;
  context.fill();
  context.stroke();
  context.fillStyle = ink;
  context.fillRect(x - 3.5, y - 1, 7, 5);
  context.beginPath();
  context.arc(x, y - 1, 2.25, Math.PI, 2 * Math.PI);
  context.lineWidth = 1.5;
  context.stroke();
}
