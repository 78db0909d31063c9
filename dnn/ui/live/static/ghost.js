// @ts-check
// A ghost: the run that was replaced, pale and dashed. It does not change, so its lines are found once for each scene.

import { crossings, lead } from '../../../web/paint.js';

/** @import { Scene, View } from '../contract.d.ts' */
/** @typedef {[number, number][]} Line places from 0 to 1, across and down */
/** @typedef {ArrayLike<number>} Values */
/** @typedef {Parameters<typeof crossings>[3]} Emit */

const PALE = 0.5; // how much of the ink is left
const DASHES = [7, 5];

let leads = new Float32Array(); // scratch space, for the boundary is found in every frame

/**
 * Pieces of the line between the answers of `field` (side × side for each output), in cells from the top left.
 *
 * @param {Pick<Scene, 'task' | 'classes' | 'curve' | 'heights' | 'bounds' | 'threshold'>} scene
 * @param {Values} field
 * @param {number} side
 * @param {number} threshold the probability from which on it is class 1
 * @param {Emit} emit
 */
export function boundaryOf(scene, field, side, threshold, emit) {
  if (scene.task === 'multiclass') {
    const { length } = scene.classes;
    if (leads.length !== side * side) leads = new Float32Array(side * side);
    for (let k = 0; k < length; k++) crossings(lead(field, side * side, length, k, leads), side, 0, emit);
  } else if (scene.curve) {
    crossings(above(scene, field, side), side, 0, emit);
  } else if (scene.threshold !== null) {
    crossings(field, side, threshold * 65535, emit);
  }
}

/**
 * With a single input the height is the number: by how much the answer is above each place, to be crossed at 0.
 *
 * @param {Pick<Scene, 'heights' | 'bounds'>} scene
 * @param {Values} field
 * @param {number} side
 */
function above({ heights, bounds }, field, side) {
  const [from, to] = heights ?? [0, 1];
  const [, , low, high] = bounds;
  /** @param {number} row */
  const height = (row) => high - ((high - low) * row) / (side - 1);
  return Float32Array.from(field, (level, i) => from + ((to - from) * level) / 65535 - height(Math.floor(i / side)));
}

/**
 * The pieces of a line put together where they meet, for dashes run along a line only in one piece. The same piece
 * twice, as the border of two classes comes, is one.
 *
 * @param {(emit: Emit) => void} emitAll
 * @param {number} side
 * @returns {Line[]}
 */
export function linesOf(emitAll, side) {
  /** @type {Map<string, Map<string, [number, number]>>} what each place is joined with */
  const joined = new Map();
  /** @param {string} from @param {string} to @param {[number, number]} at */
  const join = (from, to, at) => {
    if (!joined.has(from)) joined.set(from, new Map());
    joined.get(from)?.set(to, at);
  };
  /** @type {Map<string, [number, number]>} */
  const places = new Map();
  emitAll((x0, y0, x1, y1) => {
    const [from, to] = [`${x0} ${y0}`, `${x1} ${y1}`];
    if (from === to) return;
    places.set(from, [x0, y0]).set(to, [x1, y1]);
    join(from, to, [x1, y1]);
    join(to, from, [x0, y0]);
  });
  /** @param {string} start */
  const walk = (start) => {
    const line = [places.get(start) ?? [0, 0]];
    let here = start;
    for (let next = joined.get(here)?.keys().next(); next && !next.done; next = joined.get(here)?.keys().next()) {
      joined.get(here)?.delete(next.value);
      joined.get(next.value)?.delete(here);
      here = next.value;
      line.push(places.get(here) ?? [0, 0]);
    }
    return line.map(([x, y]) => /** @type {[number, number]} */ ([x / (side - 1), y / (side - 1)]));
  };
  // from their ends first, then what is closed
  const ends = [...joined].filter(([, others]) => others.size === 1).map(([place]) => place);
  return [...ends, ...joined.keys()].map(walk).filter((line) => line.length > 1);
}

/**
 * The boundary of the scene's ghost; empty where there is none.
 *
 * @param {Scene} scene
 * @param {number} threshold
 * @returns {Line[]}
 */
export function ghostLines(scene, threshold) {
  const field = scene.ghost?.field;
  if (!field) return [];
  const side = Math.round(Math.sqrt(field.length / (scene.task === 'multiclass' ? scene.classes.length : 1)));
  return linesOf((emit) => boundaryOf(scene, field, side, threshold, emit), side);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Line[]} lines
 * @param {{ w: number, h: number }} size
 * @param {string} ink
 */
export function paintGhost(context, lines, { w, h }, ink) {
  context.save();
  context.globalAlpha = PALE;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.setLineDash(DASHES);
  context.beginPath();
  for (const [[x, y], ...rest] of lines) {
    context.moveTo(x * w, y * h);
    for (const [x, y] of rest) context.lineTo(x * w, y * h);
  }
  context.stroke();
  context.restore();
}

/**
 * An entry for the legend of the plane, without points; none where no boundary is drawn.
 *
 * @param {Scene} scene
 * @returns {PlotlyTrace[]}
 */
export function ghostEntry({ ghost, colors, threshold, curve, task }) {
  if (!ghost?.field || (threshold === null && !curve && task !== 'multiclass')) return [];
  const line = { color: colors.ink, dash: 'dash', width: 2 };
  return [{ type: 'scatter', mode: 'lines', x: [null], y: [null], name: ghost.label, opacity: PALE, line }];
}

/**
 * Its curves in a view of the cost chart, with their points; they are neither smoothed nor pointed at.
 *
 * @param {Scene} scene
 * @param {View} view
 * @returns {PlotlyTrace[]}
 */
export function ghostTraces({ ghost, colors }, view) {
  const table = view === 'accuracy' ? ghost?.accuracies : ghost?.costs;
  if (!ghost || !table) return [];
  const [x, ...lines] = table;
  return lines.map((line, k) => ({
    type: 'scatter',
    mode: 'lines',
    x,
    y: view === 'error' ? line.map((cost) => cost && Math.sqrt(2 * cost)) : line,
    name: ghost.label,
    showlegend: k === 0,
    hoverinfo: 'skip',
    opacity: PALE,
    line: { color: colors.ink, dash: k ? 'dot' : 'dash', width: 1.5 },
  }));
}

/**
 * The state of the run in words, and what the run before it was, for those who do not see the pictures.
 *
 * @param {string} state
 * @param {Scene['ghost']} ghost
 */
export function withGhost(state, ghost) {
  return ghost ? `${state}; ${ghost.words}` : state;
}
