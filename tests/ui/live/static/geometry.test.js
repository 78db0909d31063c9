// @ts-check
// Where weights are, against the parameter vector written out and against points on the curves that are drawn.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BEND, dot, ends, hit, layerOf, offsetsOf, placeOf } from '../../../../dnn/ui/live/static/geometry.js';
import { arrange } from '../../../../dnn/ui/live/static/layout.js';

const NETWORKS = [
  [2, 1],
  [2, 3, 1],
  [3, 4, 2, 5],
  [1, 1, 1],
  [2, 8, 8, 1],
];

/**
 * The parameter vector as a list of what each number is: layer by layer the weights, row by row, and then the biases.
 *
 * @param {number[]} sizes
 */
function vector(sizes) {
  const numbers = [];
  for (let l = 1; l < sizes.length; l++) {
    for (let from = 0; from < sizes[l - 1]; from++) {
      for (let to = 0; to < sizes[l]; to++) numbers.push({ layer: l, from, to });
    }
    for (let to = 0; to < sizes[l]; to++) numbers.push({ layer: l, from: null, to });
  }
  return numbers;
}

/**
 * @param {number[]} sizes
 */
function drawn(sizes) {
  const numbers = vector(sizes);
  const edges = Uint32Array.from(numbers.keys()).filter((k) => numbers[k].from !== null);
  const plan = arrange(sizes, 700, 600);
  const count = sizes.slice(1).reduce((sum, n) => sum + n, 0);
  return {
    numbers,
    plan,
    sizes,
    offsets: offsetsOf(sizes),
    frame: { edges, biases: new Float32Array(count).fill(0.5) },
  };
}

/**
 * The number of a unit among all.
 *
 * @param {number[]} sizes
 * @param {number} layer
 * @param {number} k
 */
const unitOf = (sizes, layer, k) => sizes.slice(0, layer).reduce((sum, n) => sum + n, 0) + k;

for (const sizes of NETWORKS) {
  test(`offsets of ${sizes} are those of the vector`, () => {
    const { numbers, offsets, plan } = drawn(sizes);
    numbers.forEach(({ layer, from, to }, place) => {
      if (from === null) return;
      const { start, out } = offsets[layer - 1];
      assert.equal(start + from * out + to, place);
      assert.equal(layerOf(offsets, place), layer - 1);
      const [x0, y0, x1, y1] = ends(plan, offsets, layer - 1, place);
      const [left, right] = [plan.layers[layer - 1][from], plan.layers[layer][to]];
      assert.deepEqual([x0, y0, x1, y1], [left.x + plan.box / 2, left.y, right.x - plan.box / 2, right.y]);
    });
  });

  test(`every unit of ${sizes} has its place`, () => {
    let unit = 0;
    sizes.forEach((n, l) => {
      for (let k = 0; k < n; k++) assert.deepEqual(placeOf(sizes, unit++), { l, k });
    });
  });

  test(`in the middle of a box of ${sizes} is its unit, at a dot its bias`, () => {
    const diagram = drawn(sizes);
    const { plan, frame } = diagram;
    plan.layers.forEach((units, l) => {
      units.forEach((at, k) => {
        const unit = unitOf(sizes, l, k);
        assert.deepEqual(hit(diagram, frame, at.x, at.y), { unit });
        if (l === 0) return;
        const { x, y } = dot(plan, at, 0.5);
        assert.deepEqual(hit(diagram, frame, x, y), { unit, from: sizes[l - 1] });
      });
    });
    assert.equal(hit(diagram, frame, -50, -50), null);
  });

  test(`on the curve of a weight of ${sizes} is that weight, or another that passes there`, () => {
    const diagram = drawn(sizes);
    const { numbers, frame, plan, offsets } = diagram;
    /** @param {number} edge @param {number} t */
    const on = (edge, t) => {
      const [x0, y0, x1, y1] = ends(plan, offsets, numbers[edge].layer - 1, edge);
      const bend = (x1 - x0) * BEND;
      return { x: bezier(t, x0, x0 + bend, x1 - bend, x1), y: bezier(t, y0, y0, y1, y1) };
    };
    for (const edge of frame.edges) {
      for (const t of [0.2, 0.35, 0.5, 0.65, 0.8]) {
        const { x, y } = on(edge, t);
        const found = hit(diagram, frame, x, y);
        assert.ok(found && found.from !== undefined);
        const { layer } = numbers[edge];
        const same = frame.edges.filter(
          (other) => numbers[other].layer === layer && Math.abs(on(other, t).y - y) < 1e-6,
        );
        const wanted = [...same].map((other) => {
          return { unit: unitOf(sizes, layer, numbers[other].to), from: numbers[other].from };
        });
        assert.ok(
          wanted.some(({ unit, from }) => unit === found.unit && from === found.from),
          `${JSON.stringify(found)} at ${t} of ${JSON.stringify(numbers[edge])}`,
        );
      }
    }
  });
}

/**
 * A cubic Bézier curve by de Casteljau's construction.
 *
 * @param {number} t
 * @param {number[]} points
 * @returns {number}
 */
function bezier(t, ...points) {
  if (points.length === 1) return points[0];
  return bezier(t, ...points.slice(1).map((point, k) => (1 - t) * points[k] + t * point));
}
