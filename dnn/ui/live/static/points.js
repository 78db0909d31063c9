// @ts-check
// Examples on a small plane, without axes.

import { fit } from '../../../web/paint.js';

/** @import { GroupPlane } from '../group_contract.d.ts' */

const POINTS_ACROSS = 130; // of a picture's side is the radius of an example, up to
const POINT = 2.25; // pixels

/**
 * Examples on a plane: filled for training, rings for testing; with an outline for numbers, whose colours may be pale.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Pick<GroupPlane, 'bounds' | 'points' | 'labels' | 'strong' | 'trained'>} plane
 * @param {number} size in pixels
 * @param {string} outline colour of examples for training
 * @param {boolean} pale whether those for testing need an outline too
 */
export function drawPoints(canvas, { bounds, points, labels, strong, trained }, size, outline, pale) {
  const context = fit(canvas, size, size);
  context.clearRect(0, 0, size, size);
  const [left, right, low, high] = bounds;
  const radius = Math.min(POINT, size / POINTS_ACROSS);
  points.forEach(([x, y], k) => {
    context.beginPath();
    context.arc((size * (x - left)) / (right - left), (size * (high - y)) / (high - low), radius, 0, 7);
    context.lineWidth = k < trained ? 0.6 : 1.2;
    context.fillStyle = strong[labels[k]];
    context.strokeStyle = k < trained || pale ? outline : strong[labels[k]];
    if (k < trained || pale) context.fill();
    context.stroke();
  });
}
