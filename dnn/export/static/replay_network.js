// @ts-check
// The network: a box for each unit, with its map inside, and a line for each weight.

import { fitting } from '../../web/names.js';
import {
  boardOf,
  chance,
  FIELDS,
  field,
  frameOf,
  hidden,
  LETTERS,
  MAPS,
  map,
  outputs,
  scene,
  seen,
  state,
  WEIGHTS,
} from './film.js';

const { sizes, edges, side, mapSide } = scene;

// Where each layer's weights start in the parameter vector.
const starts = [0];
sizes.slice(1).forEach((n, l) => {
  starts.push(starts[l] + (sizes[l] + 1) * n);
});

/**
 * @typedef {object} Plan how large the boxes are, whether their names stand under them, and where each is
 * @property {number} cell
 * @property {boolean} captions
 * @property {(layer: number, unit: number) => [number, number]} place
 */

/**
 * @param {number} w
 * @param {number} h
 * @returns {Plan}
 */
function arranged(w, h) {
  const each = (h - 70) / Math.max(...sizes);
  const captions = each >= 34;
  const cell = Math.max(5, Math.min(52, each - (captions ? 20 : 6), (w - 40) / sizes.length - 18));
  return {
    cell,
    captions,
    place: (layer, unit) => [
      30 + cell / 2 + (sizes.length > 1 ? layer / (sizes.length - 1) : 0.5) * (w - 60 - cell),
      h / 2 + 8 + (unit - (sizes[layer] - 1) / 2) * Math.min(cell + 26, (h - 70) / sizes[layer]),
    ],
  };
}

export function drawNetwork() {
  const { context, w, h } = boardOf('network');
  const plan = arranged(w, h);
  drawWeights(context, plan);
  if (map) map.paint(frameOf(MAPS, hidden * mapSide * mapSide), state.theme.colors);
  if (chance) chance.paint(frameOf(FIELDS, outputs * side * side), state.theme.colors);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  drawUnits(context, plan);
  drawWords(context, plan, w, h);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plan} plan
 */
function drawWeights(context, { cell, place }) {
  const weights = frameOf(WEIGHTS, edges.length);
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  let layer = 0;
  edges.forEach((edge, k) => {
    while (edge >= starts[layer + 1]) layer++;
    const inside = edge - starts[layer];
    const from = place(layer, Math.floor(inside / sizes[layer + 1]));
    const to = place(layer + 1, inside % sizes[layer + 1]);
    const share = Math.abs(weights[k]) / largest;
    const middle = (from[0] + to[0]) / 2;
    context.beginPath();
    context.moveTo(from[0] + cell / 2, from[1]);
    context.bezierCurveTo(middle, from[1], middle, to[1], to[0] - cell / 2, to[1]);
    context.setLineDash(weights[k] < 0 ? [6, 4] : []);
    context.strokeStyle = weights[k] < 0 ? state.theme.negative : state.theme.positive;
    context.lineWidth = 0.4 + 4 * share;
    context.globalAlpha = 0.25 + 0.75 * share;
    context.stroke();
  });
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * The picture inside a unit's box: a row of a field that holds several; null where there is none.
 *
 * @param {number} layer
 * @param {number} k
 * @returns {{ picture: import('../../web/paint.js').Field | null, step: number, row: number }}
 */
function pictureOf(layer, k) {
  if (layer === 0) return { picture: seen, step: mapSide, row: k };
  if (layer < sizes.length - 1) {
    const before = sizes.slice(1, layer).reduce((sum, n) => sum + n, 0);
    return { picture: map, step: mapSide, row: before + k };
  }
  if (chance) return { picture: chance, step: side, row: k };
  return { picture: sizes[layer] === 1 ? field : null, step: side, row: 0 };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plan} plan
 */
function drawUnits(context, { cell, captions, place }) {
  const { theme } = state;
  const names = [scene.inputs, ...sizes.slice(1, -1).map(() => /** @type {string[]} */ ([]))];
  names.push(outputs > 1 ? scene.names : []);
  sizes.forEach((n, layer) => {
    for (let k = 0; k < n; k++) {
      const [x, y] = place(layer, k);
      const [left, top] = [x - cell / 2, y - cell / 2];
      const { picture, step, row } = pictureOf(layer, k);
      context.fillStyle = theme.paper;
      context.fillRect(left, top, cell, cell);
      if (picture) context.drawImage(picture.canvas, 0, row * step, step, step, left, top, cell, cell);
      context.fillStyle = theme.ink;
      const name = names[layer][k];
      context.font = captions ? LETTERS : `${Math.min(12, cell * 0.55)}px system-ui, sans-serif`;
      if (name && captions) context.fillText(fitting(context, name, cell + 56), x, y + cell / 2 + 10);
      else if (name && cell > 12) nameInside(context, name, x, y, cell);
      context.lineWidth = 1.2;
      context.strokeStyle = layer === sizes.length - 1 && outputs > 1 ? theme.classes[k] : theme.muted;
      context.strokeRect(left, top, cell, cell);
    }
  });
}

/**
 * What stands under the layers: "inputs", and the activations.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plan} plan
 * @param {number} w
 * @param {number} h
 */
function drawWords(context, { cell, place }, w, h) {
  context.fillStyle = state.theme.muted;
  context.font = LETTERS;
  sizes.forEach((_, layer) => {
    const words = layer ? scene.functions[layer - 1] : 'inputs';
    if ((w - 60) / sizes.length <= context.measureText(words).width && layer > 0) return;
    const [x] = place(layer, 0);
    context.textAlign = layer === 0 ? 'left' : layer === sizes.length - 1 ? 'right' : 'center';
    const edge = { left: x - cell / 2, right: x + cell / 2, center: x }[context.textAlign];
    context.fillText(words, edge, h - 14);
  });
}

/**
 * A name in its box, on paper so that it can be read.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 */
function nameInside(context, name, x, y, cell) {
  const text = fitting(context, name, cell - 4);
  const wide = context.measureText(text).width;
  Object.assign(context, { fillStyle: state.theme.paper, globalAlpha: 0.8 });
  context.fillRect(x - wide / 2 - 1, y - cell * 0.3, wide + 2, cell * 0.6);
  Object.assign(context, { fillStyle: state.theme.ink, globalAlpha: 1 });
  context.fillText(text, x, y);
}
