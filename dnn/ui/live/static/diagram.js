// The network: a box with a map for every unit, a line for every weight, a dot for every bias.

import { STRIP } from './inputs.js';
import { fitting } from '../../../web/names.js';
import { BEND, dot, ends, layerOf, offsetsOf } from './geometry.js';
import { Field, fit, palette } from '../../../web/paint.js';
import { tr } from './i18n.js';

const BETWEEN = '   ·   '; // the parts of the legend
const NAME_HIGH = 18; // pixels of an input's name with the space around it
const STACKED = 62; // pixels: columns closer than this have their buttons one over the other,
const TIGHT = 76; // and closer than this short captions

// How large the page's letters are, and with them its buttons: 1 as browsers have them, more on a projector.
const letters = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;

// Where everything in the diagram is, for these layer sizes in this much room, with letters of this `scale`.
export function arrange(sizes, width, height, scale = 1) {
  const columns = sizes.length;
  const bottom = 26 * scale, side = 10, strip = STRIP * scale;
  const pitch = (width - strip - side) / columns;
  const stacked = pitch < STACKED * scale, tight = pitch < TIGHT * scale;
  const head = (stacked ? 80 : 56) * scale; // for the buttons that add and remove, and captions under them
  const top = head + 22 * scale;
  const tallest = Math.max(...sizes);
  const room = height - top - bottom;
  const box = Math.max(4, Math.min(56 * scale, pitch * 0.55, (room / tallest) * 0.78));
  const gap = Math.min(box * 1.9, room / tallest);
  const layers = sizes.map((units, l) => {
    const x = strip + pitch * (l + 0.5);
    const step = Math.min(Math.max(gap, units > 1 ? box * 1.25 : 0), units > 1 ? room / units : room);
    return Array.from({ length: units }, (_, k) => ({ x, y: top + room / 2 + (k - (units - 1) / 2) * step }));
  });
  return { layers, box, pitch, stacked, tight, head, top, height, bottom: height - bottom, scale };
}

// Milliseconds for which edges keep their look while it plays: the more there are, the longer it takes to draw them.
const still = (edges) => 60 + edges / 4;

const NONE = new Uint8Array();

// How an edge looks: 0 … 15 from weak to strong for a negative weight, 16 … 31 for a positive one.
const levelOf = (weight) => (weight < 0 ? 0 : 16) + Math.min(15, Math.round(Math.min(Math.abs(weight), 4) * 5));

export class Diagram {
  // Two canvases, one over the other: `still` for edges, biases and words, `moving` for the units' maps.
  constructor(still, moving) {
    this.still = still;
    this.moving = moving;
  }

  prepare(scene, width, height) {
    Object.assign(this, { scene, width, height, last: null });
    fit(this.moving, width, height).clearRect(0, 0, width, height);
    const { sizes } = scene;
    this.plan = arrange(sizes, width, height, letters());
    this.colors = palette(scene.ramp);
    this.offsets = offsetsOf(sizes);
    this.family = getComputedStyle(this.still).fontFamily;
    this.total = sizes.slice(0, -1).reduce((sum, n, l) => sum + n * sizes[l + 1], 0);
  }

  draw(frame, field) {
    const { width, height } = this;
    this.repaint(frame);
    this.units(fit(this.moving, width, height), frame, field);
  }

  // Strokes are slow: they are drawn again only when the look of an edge has changed, and while it plays not every time.
  repaint(frame) {
    const levels = Uint8Array.from(frame.weights, levelOf), dots = Uint8Array.from(frame.biases, levelOf);
    const { last } = this, frozen = frame.frozen ?? NONE;
    const alike = (one, other) => one.length === other.length && one.every((value, k) => value === other[k]);
    const { edges } = frame;
    const same = last && alike(levels, last.levels) && alike(dots, last.dots) && alike(frozen, last.frozen);
    if (same && alike(edges, last.edges)) return;
    const now = performance.now();
    if (last && frame.header.state === 'playing' && now - last.at < still(levels.length)) return;
    const context = fit(this.still, this.width, this.height);
    context.clearRect(0, 0, this.width, this.height);
    this.edges(context, frame, levels);
    this.biases(context, frame);
    this.captions(context, frame);
    this.locks(context, frame, frozen);
    this.last = { levels, dots, frozen, edges, at: now };
  }

  edges(context, { edges }, levels) {
    const { plan, scene, offsets } = this;
    let l = 0;
    // weak edges first, strong ones over them; one path for each sign and width keeps the canvas quick
    const paths = new Map();
    for (let k = 0; k < edges.length; k++) {
      while (edges[k] >= offsets[l].start + offsets[l].size) l++;
      const key = levels[k];
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      const [x0, y0, x1, y1] = ends(plan, offsets, l, edges[k]);
      const bend = (x1 - x0) * BEND;
      path.moveTo(x0, y0);
      path.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
    }
    for (const key of [...paths.keys()].sort((a, b) => (a % 16) - (b % 16))) {
      const level = key % 16;
      context.strokeStyle = key < 16 ? scene.colors.negative : scene.colors.positive;
      context.globalAlpha = 0.25 + 0.05 * level;
      context.lineWidth = 0.6 + level * 0.38;
      if (key < 16) context.setLineDash([6, 3]);
      context.stroke(paths.get(key));
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }

  units(context, frame, field) {
    const { plan, scene } = this;
    const { layers, box } = plan;
    const mapped = scene.task === 'multiclass' ? layers : layers.slice(0, -1); // a single output shows the field itself
    const hidden = mapped.reduce((sum, units) => sum + units.length, 0);
    const side = Math.round(Math.sqrt(frame.maps.length / hidden));
    if (!this.atlas || this.atlas.side !== side || this.atlas.canvas.height !== side * hidden) {
      this.atlas = new Field(side, hidden);
    }
    this.atlas.paint(frame.maps, this.colors);
    context.lineWidth = box > 16 ? 1.5 : 0.75;
    context.strokeStyle = scene.colors.ink;
    layers.flat().forEach(({ x, y }, place) => {
      const left = x - box / 2, top = y - box / 2;
      if (place < hidden) context.drawImage(this.atlas.canvas, 0, side * place, side, side, left, top, box, box);
      else context.drawImage(field.canvas, left, top, box, box);
      context.strokeRect(left, top, box, box);
    });
  }

  biases(context, { biases }) {
    this.plan.layers.slice(1).flat().forEach((unit, k) => this.bias(context, dot(this.plan, unit, biases[k]), biases[k]));
  }

  // a dot beside the unit's corner: its colour is the bias's sign, its size the bias's size
  bias(context, { x, y, radius }, value) {
    const { scene } = this;
    if (!radius) return;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = value < 0 ? scene.colors.negative : scene.colors.positive;
    context.fill();
    context.lineWidth = 1.25;
    context.strokeStyle = scene.colors.paper;
    context.stroke();
  }

  // A padlock on what training leaves alone: on a weight's line where it has come three tenths of its way, beside a bias's dot.
  locks(context, { edges, biases }, frozen) {
    const { plan, offsets } = this;
    const after = plan.layers.slice(1).flat();
    frozen.forEach((held, k) => {
      if (!held) return;
      if (k < edges.length) {
        const [x0, y0, x1, y1] = ends(plan, offsets, layerOf(offsets, edges[k]), edges[k]);
        this.lock(context, x0 + (x1 - x0) * 0.317, y0 + (y1 - y0) * 0.216); // of the curve at 0.3
      } else {
        const { x, y, radius } = dot(plan, after[k - edges.length], biases[k - edges.length]);
        if (radius) this.lock(context, x - radius - 6, y + 2);
      }
    });
  }

  lock(context, x, y) {
    const { colors } = this.scene;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fillStyle = colors.paper;
    context.lineWidth = 1;
    context.strokeStyle = colors.ink;
    context.fill();
    context.stroke();
    context.fillStyle = colors.ink;
    context.fillRect(x - 3.5, y - 1, 7, 5);
    context.beginPath();
    context.arc(x, y - 1, 2.25, Math.PI, 2 * Math.PI);
    context.lineWidth = 1.5;
    context.stroke();
  }

  captions(context, { edges }) {
    const { plan, scene, height } = this, { tight, scale } = plan;
    const last = plan.layers.length - 1;
    context.fillStyle = scene.colors.muted;
    context.font = `${(tight ? 11 : 13) * scale}px ${this.family}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    plan.layers.forEach((units, l) => {
      const hidden = tight ? `${units.length}` : `${units.length} ${scene.hidden}`;
      const first = tight ? tr('in') : tr('inputs'), answer = tight ? tr('out') : tr('output');
      const text = l === 0 ? first : l === last ? answer : hidden;
      context.fillText(text, units[0].x, plan.head + 10 * scale, plan.pitch - 6);
    });
    this.names(context);
    context.textAlign = 'left';
    context.font = `${12 * scale}px ${this.family}`;
    const some = { shown: edges.length, all: this.total };
    this.legend(context, 10, height - 12 * scale, edges.length < this.total ? [tr('strongest {shown} of {all} weights', some)] : []);
  }

  // The inputs' names under their boxes, or beside them where there is no room.
  names(context) {
    const { plan: { layers: [units], box, pitch, bottom, scale }, scene } = this, high = NAME_HIGH * scale;
    const apart = units.length > 1 ? units[1].y - units[0].y - box : bottom - units[0].y - box / 2;
    const under = apart >= high && units.at(-1).y + box / 2 + high <= bottom;
    const room = under ? pitch - 6 : (pitch - box) / 2 - 6;
    if (box < 14 || room < 20) return;
    if (!under) context.textAlign = 'right';
    units.forEach(({ x, y }, k) => {
      const name = fitting(context, scene.inputs[k], room);
      if (under) context.fillText(name, x, y + box / 2 + 11 * scale);
      else context.fillText(name, x - box / 2 - 4, y);
    });
    context.textAlign = 'center';
  }

  legend(context, x, y, more) {
    const { scene } = this;
    for (const [color, dash, word] of [
      [scene.colors.negative, [6, 3], tr('negative')],
      [scene.colors.positive, [], tr('positive')],
    ]) {
      context.strokeStyle = color;
      context.lineWidth = 2.5;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + 22, y);
      context.stroke();
      context.setLineDash([]);
      context.fillText(word, x + 28, y + 1);
      x += 38 + context.measureText(word).width;
    }
    const weight = tr('weight'), bias = tr('dot: bias');
    context.fillText([weight, bias, ...more].join(BETWEEN), x - 4, y + 1);
    const wide = (text) => context.measureText(text).width;
    this.plan.legend = { weight: [x - 4, x - 4 + wide(weight)], bias: [x - 4 + wide(weight + BETWEEN), x - 4 + wide(weight + BETWEEN + bias)] };
  }
}
