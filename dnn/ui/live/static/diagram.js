// The network: a box with a map for every unit, a line for every weight, a dot for every bias.

import { Field, fit, palette } from './paint.js';

// Where everything in the diagram is, for these layer sizes in this much room.
export function arrange(sizes, width, height) {
  const columns = sizes.length;
  const top = 30, bottom = 26, side = 10;
  const pitch = (width - 2 * side) / columns;
  const tallest = Math.max(...sizes);
  const room = height - top - bottom;
  const box = Math.max(4, Math.min(56, pitch * 0.55, (room / tallest) * 0.78));
  const gap = Math.min(box * 1.9, room / tallest);
  const layers = sizes.map((units, l) => {
    const x = side + pitch * (l + 0.5);
    const step = Math.min(Math.max(gap, units > 1 ? box * 1.25 : 0), units > 1 ? room / units : room);
    return Array.from({ length: units }, (_, k) => ({ x, y: top + room / 2 + (k - (units - 1) / 2) * step }));
  });
  return { layers, box, pitch, top, height };
}

const NAMES = ['x₁', 'x₂'];

// Milliseconds for which edges keep their look while it plays: the more there are, the longer it takes to draw them.
const still = (edges) => 60 + edges / 4;

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
    this.plan = arrange(sizes, width, height);
    this.colors = palette(scene.ramp);
    // for every edge's place in the parameter vector: the layer and the two units it joins
    this.offsets = [];
    let offset = 0;
    for (let l = 0; l + 1 < sizes.length; l++) {
      this.offsets.push({ start: offset, end: offset + sizes[l] * sizes[l + 1], out: sizes[l + 1] });
      offset += (sizes[l] + 1) * sizes[l + 1];
    }
    this.total = sizes.slice(0, -1).reduce((sum, n, l) => sum + n * sizes[l + 1], 0);
  }

  draw(frame, field) {
    const { width, height } = this;
    this.repaint(frame);
    this.units(fit(this.moving, width, height), frame, field);
  }

  // Strokes are slow: they are drawn again only when the look of an edge has changed, and while it plays not every time.
  repaint(frame) {
    const levels = Uint8Array.from(frame.weights, levelOf);
    const { last } = this;
    const alike = (one, other) => one.length === other.length && one.every((value, k) => value === other[k]);
    if (last && alike(levels, last.levels) && alike(frame.edges, last.edges)) return;
    const now = performance.now();
    if (last && frame.header.state === 'playing' && now - last.at < still(levels.length)) return;
    const context = fit(this.still, this.width, this.height);
    context.clearRect(0, 0, this.width, this.height);
    this.edges(context, frame, levels);
    this.biases(context, frame);
    this.captions(context, frame);
    this.last = { levels, edges: frame.edges, at: now };
  }

  edges(context, { edges }, levels) {
    const { plan, scene, offsets } = this;
    const { layers, box } = plan;
    let l = 0;
    // weak edges first, strong ones over them; one path for each sign and width keeps the canvas quick
    const paths = new Map();
    for (let k = 0; k < edges.length; k++) {
      while (edges[k] >= offsets[l].end) l++;
      const place = edges[k] - offsets[l].start, { out } = offsets[l];
      const key = levels[k];
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      const from = layers[l][Math.floor(place / out)], to = layers[l + 1][place % out];
      const [x0, x1] = [from.x + box / 2, to.x - box / 2];
      const bend = (x1 - x0) * 0.4;
      path.moveTo(x0, from.y);
      path.bezierCurveTo(x0 + bend, from.y, x1 - bend, to.y, x1, to.y);
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
    const hidden = layers.slice(0, -1).reduce((sum, units) => sum + units.length, 0); // and the inputs
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
    const { layers, box } = this.plan;
    layers.slice(1).flat().forEach(({ x, y }, place) => this.bias(context, x - box / 2, y + box / 2, biases[place]));
  }

  // a dot beside the unit's corner: its colour is the bias's sign, its size the bias's size
  bias(context, x, y, value) {
    const { scene, plan } = this;
    if (plan.box < 12) return;
    const radius = 3 + Math.min(Math.abs(value), 3) * Math.min(plan.box / 16, 2);
    context.beginPath();
    context.arc(x - 3, y + 3, radius, 0, 2 * Math.PI);
    context.fillStyle = value < 0 ? scene.colors.negative : scene.colors.positive;
    context.fill();
    context.lineWidth = 1.25;
    context.strokeStyle = scene.colors.paper;
    context.stroke();
  }

  captions(context, { edges }) {
    const { plan, scene, width, height } = this;
    const last = plan.layers.length - 1;
    context.fillStyle = scene.colors.muted;
    context.font = `${plan.pitch < 76 ? 11 : 13}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    plan.layers.forEach((units, l) => {
      const hidden = plan.pitch < 76 ? `${units.length}` : `${units.length} ${scene.hidden}`;
      const text = l === 0 ? (plan.pitch < 76 ? 'in' : 'inputs') : l === last ? (plan.pitch < 76 ? 'out' : 'output') : hidden;
      context.fillText(text, units[0].x, 14, plan.pitch - 6);
      if (l === 0 && plan.box >= 20) {
        units.forEach(({ x, y }, k) => context.fillText(NAMES[k] ?? `x${k + 1}`, x, y + plan.box / 2 + 11));
      }
    });
    context.textAlign = 'left';
    context.font = '12px sans-serif';
    const more = edges.length < this.total ? `   ·   strongest ${edges.length} of ${this.total} weights` : '';
    this.legend(context, 10, height - 12, more);
  }

  legend(context, x, y, more) {
    const { scene } = this;
    for (const [color, dash, word] of [
      [scene.colors.negative, [6, 3], 'negative'],
      [scene.colors.positive, [], 'positive'],
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
    context.fillText(`weight   ·   dot: bias${more}`, x - 4, y + 1);
  }
}
