// Where weights and biases are in the diagram and in the parameter vector, and which of them is at a point.

export const BEND = 0.4; // of the way from unit to unit: how far a line goes straight ahead at first
const REACH = 7; // pixels from a line that still count as on it

// For each layer of weights: where it starts in the parameter vector, how many weights it has, and to how many units.
export function offsetsOf(sizes) {
  let start = 0;
  return sizes.slice(1).map((out, l) => {
    const offset = { start, size: sizes[l] * out, out };
    start += offset.size + out;
    return offset;
  });
}

export function layerOf(offsets, edge) {
  return offsets.findIndex(({ start, size }) => edge < start + size);
}

// Both ends of a weight's line.
export function ends({ layers, box }, offsets, l, edge) {
  const { start, out } = offsets[l];
  const from = layers[l][Math.floor((edge - start) / out)], to = layers[l + 1][(edge - start) % out];
  return [from.x + box / 2, from.y, to.x - box / 2, to.y];
}

// A bias's dot, beside the corner of its unit; where units are tiny there is none.
export function dot({ box }, { x, y }, value) {
  const radius = box < 12 ? 0 : 3 + Math.min(Math.abs(value), 3) * Math.min(box / 16, 2);
  return { x: x - box / 2 - 3, y: y + box / 2 + 3, radius };
}

// What is at a point: { unit } counted over all layers, with `from` for one of its weights, or the number of its
// weights for its bias; null if nothing.
export function hit(diagram, frame, x, y) {
  const { plan, scene } = diagram;
  return biasAt(plan, scene.sizes, frame.biases, x, y) ?? unitAt(plan, x, y) ?? weightAt(diagram, frame.edges, x, y);
}

function biasAt(plan, sizes, biases, x, y) {
  const after = plan.layers.slice(1).flat();
  const k = after.findIndex((unit, k) => {
    const at = dot(plan, unit, biases[k]);
    return at.radius && Math.hypot(at.x - x, at.y - y) < at.radius + 3;
  });
  return k < 0 ? null : { unit: sizes[0] + k, from: sizes[plan.layers.findIndex((_, l) => k < upTo(sizes, l)) - 1] };
}

// How many units there are up to layer l, without the inputs.
const upTo = (sizes, l) => sizes.slice(1, l + 1).reduce((sum, n) => sum + n, 0);

function unitAt({ layers, box }, x, y) {
  const unit = layers.flat().findIndex((at) => Math.abs(at.x - x) <= box / 2 && Math.abs(at.y - y) <= box / 2);
  return unit < 0 ? null : { unit };
}

// All lines between two layers have the same shape but for their heights: one parameter t serves for all of them.
function weightAt({ plan, scene, offsets }, edges, x, y) {
  const { layers, box } = plan;
  const l = offsets.findIndex((_, k) => x > layers[k][0].x + box / 2 && x < layers[k + 1][0].x - box / 2);
  if (l < 0) return null;
  const left = layers[l][0].x + box / 2, width = layers[l + 1][0].x - box / 2 - left;
  const across = (t) => 3 * (1 - t) ** 2 * t * BEND + 3 * (1 - t) * t * t * (1 - BEND) + t ** 3;
  let [low, high] = [0, 1];
  for (let k = 0; k < 24; k++) {
    const middle = (low + high) / 2;
    if (left + width * across(middle) < x) low = middle;
    else high = middle;
  }
  const rise = 3 * low * low - 2 * low ** 3;
  const slope = (6 * low * (1 - low)) / ((across(low + 1e-4) - across(low - 1e-4)) * 5e3 * width);
  const { start, size, out } = offsets[l];
  let nearest = REACH, found = null;
  for (const edge of edges) {
    if (edge < start || edge >= start + size) continue;
    const [, y0, , y1] = ends(plan, offsets, l, edge);
    const distance = Math.abs(y0 + (y1 - y0) * rise - y) / Math.hypot(1, slope * (y1 - y0));
    if (distance < nearest) {
      nearest = distance;
      found = { unit: scene.sizes[0] + upTo(scene.sizes, l) + ((edge - start) % out), from: Math.floor((edge - start) / out) };
    }
  }
  return found;
}

// The layer of a unit, and its place there.
export function placeOf(sizes, unit) {
  let l = 0;
  while (unit >= sizes[l]) unit -= sizes[l++];
  return { l, k: unit };
}
