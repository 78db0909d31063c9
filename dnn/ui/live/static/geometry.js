// @ts-check
// Where weights and biases are in the diagram and in the parameter vector, and which of them is at a point.

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ start: number, size: number, out: number }} Offset of a layer's weights in the parameter vector */
/** @typedef {{ layers: Point[][], box: number }} Boxes the middle of each unit's box, and how large the boxes are */
/** @typedef {{ unit: number, from?: number }} Hit a unit counted over all layers, and which of its numbers */

export const BEND = 0.4; // of the way from unit to unit: how far a line goes straight ahead at first
const REACH = 7; // pixels from a line that still count as on it

/**
 * For each layer of weights: where it starts in the parameter vector, how many weights it has, and to how many units.
 *
 * @param {number[]} sizes
 * @returns {Offset[]}
 */
export function offsetsOf(sizes) {
  let start = 0;
  return sizes.slice(1).map((out, l) => {
    const offset = { start, size: sizes[l] * out, out };
    start += offset.size + out;
    return offset;
  });
}

/**
 * @param {Offset[]} offsets
 * @param {number} edge
 */
export function layerOf(offsets, edge) {
  return offsets.findIndex(({ start, size }) => edge < start + size);
}

/**
 * Both ends of a weight's line.
 *
 * @param {Boxes} boxes
 * @param {Offset[]} offsets
 * @param {number} l
 * @param {number} edge
 */
export function ends({ layers, box }, offsets, l, edge) {
  const { start, out } = offsets[l];
  const from = layers[l][Math.floor((edge - start) / out)];
  const to = layers[l + 1][(edge - start) % out];
  return [from.x + box / 2, from.y, to.x - box / 2, to.y];
}

/**
 * A bias's dot, beside the corner of its unit; where units are tiny there is none.
 *
 * @param {{ box: number }} boxes
 * @param {Point} unit
 * @param {number} value
 */
export function dot({ box }, { x, y }, value) {
  const radius = box < 12 ? 0 : 3 + Math.min(Math.abs(value), 3) * Math.min(box / 16, 2);
  return { x: x - box / 2 - 3, y: y + box / 2 + 3, radius };
}

/**
 * What is at a point: a unit, with `from` for one of its weights, or the number of its weights for its bias; null if
 * nothing.
 *
 * @param {{ plan: Boxes, sizes: number[], offsets: Offset[] }} diagram
 * @param {{ edges: Uint32Array, biases: Float32Array }} frame
 * @param {number} x
 * @param {number} y
 * @returns {Hit | null}
 */
export function hit(diagram, { edges, biases }, x, y) {
  const { plan, sizes } = diagram;
  return biasAt(plan, sizes, biases, x, y) ?? unitAt(plan, x, y) ?? weightAt(diagram, edges, x, y);
}

/**
 * @param {Boxes} plan
 * @param {number[]} sizes
 * @param {Float32Array} biases
 * @param {number} x
 * @param {number} y
 */
function biasAt(plan, sizes, biases, x, y) {
  const after = plan.layers.slice(1).flat();
  const k = after.findIndex((unit, k) => {
    const at = dot(plan, unit, biases[k]);
    return at.radius && Math.hypot(at.x - x, at.y - y) < at.radius + 3;
  });
  return k < 0 ? null : { unit: sizes[0] + k, from: sizes[plan.layers.findIndex((_, l) => k < upTo(sizes, l)) - 1] };
}

/**
 * How many units there are up to layer l, without the inputs.
 *
 * @param {number[]} sizes
 * @param {number} l
 */
const upTo = (sizes, l) => sizes.slice(1, l + 1).reduce((sum, n) => sum + n, 0);

/**
 * @param {Boxes} plan
 * @param {number} x
 * @param {number} y
 */
function unitAt({ layers, box }, x, y) {
  const unit = layers.flat().findIndex((at) => Math.abs(at.x - x) <= box / 2 && Math.abs(at.y - y) <= box / 2);
  return unit < 0 ? null : { unit };
}

/**
 * All lines between two layers have the same shape but for their heights: one parameter t serves for all of them.
 *
 * @param {{ plan: Boxes, sizes: number[], offsets: Offset[] }} diagram
 * @param {Uint32Array} edges
 * @param {number} x
 * @param {number} y
 */
function weightAt({ plan, sizes, offsets }, edges, x, y) {
  const { layers, box } = plan;
  const l = offsets.findIndex((_, k) => x > layers[k][0].x + box / 2 && x < layers[k + 1][0].x - box / 2);
  if (l < 0) return null;
  const left = layers[l][0].x + box / 2;
  const width = layers[l + 1][0].x - box / 2 - left;
  const { t, slope } = curveAt((x - left) / width);
  const rise = 3 * t * t - 2 * t ** 3;
  const { start, size, out } = offsets[l];
  let nearest = REACH;
  let found = null;
  for (const edge of edges) {
    if (edge < start || edge >= start + size) continue;
    const [, y0, , y1] = ends(plan, offsets, l, edge);
    const distance = Math.abs(y0 + (y1 - y0) * rise - y) / Math.hypot(1, (slope / width) * (y1 - y0));
    if (distance < nearest) {
      nearest = distance;
      found = { unit: sizes[0] + upTo(sizes, l) + ((edge - start) % out), from: Math.floor((edge - start) / out) };
    }
  }
  return found;
}

/**
 * The parameter t of a line between two units where it has come a share of its way across, and how steep it is there
 * (1: as much of the height as of the width).
 *
 * @param {number} share
 */
function curveAt(share) {
  /** @param {number} t */
  const across = (t) => 3 * (1 - t) ** 2 * t * BEND + 3 * (1 - t) * t * t * (1 - BEND) + t ** 3;
  let [t, high] = [0, 1];
  for (let k = 0; k < 24; k++) {
    const middle = (t + high) / 2;
    if (across(middle) < share) t = middle;
    else high = middle;
  }
  return { t, slope: (6 * t * (1 - t)) / ((across(t + 1e-4) - across(t - 1e-4)) * 5e3) };
}

/**
 * The layer of a unit, and its place there.
 *
 * @param {number[]} sizes
 * @param {number} unit
 */
export function placeOf(sizes, unit) {
  let l = 0;
  let k = unit;
  while (k >= sizes[l]) k -= sizes[l++];
  return { l, k };
}
