// @ts-check
// One example painted over the diagram: all else is pale, and the numbers of the units that it has reached light up.

import { lookOf } from './edge_look.js';
import { numberOf, strongestWeight } from './example_numbers.js';
import { isLit, linesAt, shownAt } from './example_stops.js';
import { fine } from './example_words.js';
import { ends, layerOf } from './geometry.js';
import { numberText } from './names_of_units.js';

/** @import { Diagram } from './diagram.js' */
/** @import { Followed } from './example_numbers.js' */
/** @import { Stop } from './example_stops.js' */
/** @typedef {CanvasRenderingContext2D} Context */

const PALE = 0.78; // how much of the paper lies over what is not lit
const INSIDE = 34; // pixels of a box that holds its number
const LEAST = 11; // pixels of a box that has a number at all

/**
 * @param {Context} context as large as the diagram
 * @param {Diagram} diagram
 * @param {Followed} followed
 * @param {Stop} stop
 * @param {number} unit whose numbers the sentence writes out
 */
export function paintExample(context, diagram, followed, stop, unit) {
  const { plan, scene, width, height } = diagram;
  const last = scene.sizes.length - 1;
  context.clearRect(0, 0, width, height);
  context.globalAlpha = PALE;
  context.fillStyle = scene.colors.paper;
  context.fillRect(plan.strip, plan.top, width - plan.strip, plan.bottom - plan.top);
  context.globalAlpha = 1;
  paintLines(context, diagram, followed, stop);
  context.fillStyle = scene.colors.ink;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = fontOf(context, plan.scale);
  diagram.captions.names(context);
  let place = 0;
  for (let layer = 0; layer <= last; layer++) {
    const shown = shownAt(stop, layer);
    const units = plan.layers[layer];
    const first = place;
    place += units.length;
    if (!shown) continue;
    const values = units.map((_, k) => numberOf(followed, first + k, shown));
    if (layer) paintName(context, diagram, units[0], shown === 'a' && layer === last ? 'ŷ' : shown);
    const least = shown === 'dz' ? Number.MIN_VALUE : 1; // errors of all sizes are seen
    const largest = Math.max(...values.map(Math.abs).filter(Number.isFinite), least);
    units.forEach(({ x, y }, k) => {
      const box = { x, y, side: plan.box };
      paintUnit(context, diagram, box, values[k], largest, isLit(stop, layer));
      if (stop.part === 'loss' && layer === last) paintTarget(context, diagram, box, followed.example.target[k]);
    });
  }
  if (stop.part !== 'x' && stop.part !== 'loss') paintChosen(context, diagram, followed, stop, unit);
}

/**
 * @param {Context} context
 * @param {Diagram} diagram
 * @param {Followed} followed
 * @param {Stop} stop
 */
function paintLines(context, diagram, { edges, weights, biases, dw, newWeights }, stop) {
  const { offsets, scene } = diagram;
  const lines = linesAt(stop, scene.sizes.length - 1);
  if (!lines) return;
  /** @param {ArrayLike<number>} values */
  const of = (values) => places.map((place) => values[place]);
  const places = Array.from(edges.keys()).filter((place) => lines.layers.includes(layerOf(offsets, edges[place]) + 1));
  const drawn = Uint32Array.from(of(edges));
  const shown = Float32Array.from(of(lines.show === 'new' ? newWeights : weights));
  const look = lookOf({
    edges: drawn,
    weights: shown,
    biases,
    ...(lines.show === 'gradient' ? { edge_gradients: Float32Array.from(of(dw)) } : {}),
  });
  diagram.edges(context, drawn, look.levels);
}

/**
 * @param {Context} context
 * @param {Diagram} diagram
 * @param {{ x: number, y: number, side: number }} box
 * @param {number} value
 * @param {number} largest in its layer
 * @param {boolean} lit
 */
function paintUnit(context, { scene, plan, width }, { x, y, side }, value, largest, lit) {
  const share = Number.isFinite(value) ? value / largest : 0;
  const color = scene.ramp[Math.round(127.5 + 127.5 * share)] ?? [128, 128, 128];
  context.fillStyle = `rgb(${color.join(' ')})`;
  context.fillRect(x - side / 2, y - side / 2, side, side);
  context.lineWidth = lit ? 3 : 1;
  context.strokeStyle = scene.colors.ink;
  context.strokeRect(x - side / 2, y - side / 2, side, side);
  if (side < LEAST) return;
  const inside = side >= INSIDE * plan.scale;
  const text = numberText(value);
  if (inside) {
    context.textAlign = 'center';
    write(context, scene.colors, plan.scale, text, x, y);
    return;
  }
  context.font = fontOf(context, plan.scale);
  const right = x + side / 2 + 3;
  const fits = right + context.measureText(text).width < width;
  context.textAlign = fits ? 'left' : 'right';
  write(context, scene.colors, plan.scale, text, fits ? right : x - side / 2 - 3, y);
}

/**
 * Which number a layer shows, over its first unit.
 *
 * @param {Context} context
 * @param {Diagram} diagram
 * @param {{ x: number, y: number }} unit
 * @param {string} name
 */
function paintName(context, { scene, plan }, { x, y }, name) {
  const over = y - plan.box / 2 - 12 * plan.scale;
  if (over < plan.top) return;
  context.textAlign = 'center';
  write(context, scene.colors, plan.scale, name, x, over);
}

/**
 * What is right, under an output.
 *
 * @param {Context} context
 * @param {Diagram} diagram
 * @param {{ x: number, y: number, side: number }} box
 * @param {number} target
 */
function paintTarget(context, { scene, plan }, { x, y, side }, target) {
  const units = plan.layers[plan.layers.length - 1];
  if (units.length > 1 && units[1].y - units[0].y - side < 16 * plan.scale) return;
  context.textAlign = 'center';
  write(context, scene.colors, plan.scale, `y = ${numberText(target)}`, x, y + side / 2 + 10 * plan.scale);
}

/**
 * A frame around the unit that the sentence is about, and the number of its weight on that weight's line.
 *
 * @param {Context} context
 * @param {Diagram} diagram
 * @param {Followed} followed
 * @param {Stop} stop
 * @param {number} unit
 */
function paintChosen(context, { scene, plan, offsets }, followed, { part }, unit) {
  const { x, y } = plan.layers.flat()[unit];
  const side = plan.box + 10;
  context.strokeStyle = scene.colors.ink;
  context.lineWidth = 1.5;
  context.strokeRect(x - side / 2, y - side / 2, side, side);
  const strongest = part === 'dw' || part === 'new' ? strongestWeight(scene, followed, unit) : undefined;
  if (!strongest) return;
  const { at } = strongest;
  const edge = followed.edges[at];
  const [x0, y0, x1, y1] = ends(plan, offsets, layerOf(offsets, edge), edge);
  const moved = `${fine(followed.weights[at])} → ${fine(followed.newWeights[at])}`;
  context.textAlign = 'center';
  const text = part === 'dw' ? `dw ${numberText(followed.dw[at])}` : moved;
  write(context, scene.colors, plan.scale, text, (x0 + x1) / 2, (y0 + y1) / 2);
}

/**
 * @param {Context} context
 * @param {number} scale
 */
const fontOf = ({ canvas }, scale) => `600 ${12 * scale}px ${getComputedStyle(canvas).fontFamily}`;

/**
 * Letters with the paper around them: they are read on any colour.
 *
 * @param {Context} context
 * @param {{ ink: string, paper: string }} colors
 * @param {number} scale
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function write(context, { ink, paper }, scale, text, x, y) {
  context.font = fontOf(context, scale);
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}
