// @ts-check
// The network: a box with a map for every unit, a line for every weight, a dot for every bias.

import { Field, fit, palette } from '../../../web/paint.js';
import { Captions } from './captions.js';
import { lookOf, looksAlike } from './edge_look.js';
import { BEND, dot, ends, layerOf, offsetsOf } from './geometry.js';
import { later } from './later.js';
import { arrange, letters, stripFor } from './layout.js';
import { paintPadlock } from './padlock.js';
import { hiddenStates, paintState } from './unit_states.js';

/** @import { Frame, Scene } from '../contract.d.ts' */
/** @import { Look } from './edge_look.js' */
/** @import { Offset } from './geometry.js' */
/** @import { Plan } from './layout.js' */
/** @typedef {CanvasRenderingContext2D} Context */

/**
 * Milliseconds for which edges keep their look while it plays: the more there are, the longer it takes to draw them.
 *
 * @param {number} edges
 */
const still = (edges) => 60 + edges / 4;

export class Diagram {
  /**
   * Two canvases, one over the other.
   *
   * @param {HTMLCanvasElement} still for edges, biases and words
   * @param {HTMLCanvasElement} moving for the units' maps
   * @param {number} [ratio] pixels of them for each of the page's; as many as the screen has
   */
  constructor(still, moving, ratio) {
    this.ratio = ratio;
    this.still = still;
    this.moving = moving;
    this.width = this.height = 0;
    /** @type {Scene} */
    this.scene = later();
    /** @type {number[]} */
    this.sizes = [];
    /** @type {Plan} */
    this.plan = later();
    /** @type {Offset[]} */
    this.offsets = [];
    this.colors = palette([]);
    /** @type {Captions} */
    this.captions = later();
    /** @type {Look | null} how edges and biases were drawn last */
    this.last = null;
    this.drawnAt = 0;
    /** @type {Field | null} */
    this.atlas = null;
  }

  /**
   * @param {Scene} scene
   * @param {number} width
   * @param {number} height
   * @param {string} [family] of the letters
   */
  prepare(scene, width, height, family = getComputedStyle(this.still).fontFamily) {
    this.scene = scene;
    this.width = width;
    this.height = height;
    this.last = null;
    fit(this.moving, width, height, this.ratio).clearRect(0, 0, width, height);
    this.sizes = scene.sizes;
    const scale = letters();
    const labels = scene.offered.map(({ label }) => label);
    this.plan = arrange(scene.sizes, width, height, scale, stripFor(labels, width, scale, family));
    this.colors = palette(scene.ramp);
    this.offsets = offsetsOf(scene.sizes);
    this.captions = new Captions(scene, this.plan, family);
  }

  /**
   * @param {Frame} frame
   * @param {Field} field the plane's picture, which is the map of a single output
   */
  draw(frame, field) {
    this.repaint(frame);
    this.units(fit(this.moving, this.width, this.height, this.ratio), frame, field);
  }

  /**
   * Strokes are slow: they are drawn again only when the look of an edge has changed, and while it plays not every time.
   *
   * @param {Frame} frame
   */
  repaint(frame) {
    const { last, width, height } = this;
    const look = lookOf(frame);
    if (last && looksAlike(look, last)) return;
    const now = performance.now();
    if (last && frame.header.state === 'playing' && now - this.drawnAt < still(look.levels.length)) return;
    const context = fit(this.still, width, height, this.ratio);
    context.clearRect(0, 0, width, height);
    this.edges(context, frame.edges, look.levels);
    this.biases(context, frame);
    this.captions.draw(context, frame.edges.length, height, look.largest);
    this.locks(context, frame, look.frozen);
    this.last = look;
    this.drawnAt = now;
  }

  /**
   * Weak edges first, strong ones over them; one path for each sign and width keeps the canvas quick.
   *
   * @param {Context} context
   * @param {Uint32Array} edges places in the parameter vector
   * @param {Uint8Array} levels
   */
  edges(context, edges, levels) {
    const { plan, offsets } = this;
    const { negative, positive } = this.scene.colors;
    let l = 0;
    /** @type {Map<number, Path2D>} */
    const paths = new Map();
    for (let k = 0; k < edges.length; k++) {
      while (edges[k] >= offsets[l].start + offsets[l].size) l++;
      const key = levels[k];
      let path = paths.get(key);
      if (!path) {
        path = new Path2D();
        paths.set(key, path);
      }
      const [x0, y0, x1, y1] = ends(plan, offsets, l, edges[k]);
      const bend = (x1 - x0) * BEND;
      path.moveTo(x0, y0);
      path.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
    }
    for (const [key, path] of [...paths].sort(([a], [b]) => (a % 16) - (b % 16))) {
      const level = key % 16;
      context.strokeStyle = key < 16 ? negative : positive;
      context.globalAlpha = 0.25 + 0.05 * level;
      context.lineWidth = 0.6 + level * 0.38;
      if (key < 16) context.setLineDash([6, 3]);
      context.stroke(path);
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {Context} context
   * @param {Frame} frame
   * @param {Field} field
   */
  units(context, frame, field) {
    const { scene } = this;
    const { layers, box } = this.plan;
    const mapped = scene.task === 'multiclass' ? layers : layers.slice(0, -1); // a single output shows the field itself
    const count = mapped.reduce((sum, units) => sum + units.length, 0);
    const side = Math.round(Math.sqrt(frame.maps.length / count));
    let { atlas } = this;
    if (!atlas || atlas.side !== side || atlas.canvas.height !== side * count) {
      atlas = new Field(side, count);
      this.atlas = atlas;
    }
    atlas.paint(frame.maps, this.colors);
    context.lineWidth = box > 16 ? 1.5 : 0.75;
    context.strokeStyle = scene.colors.ink;
    let place = 0;
    for (const units of layers) {
      for (const { x, y } of units) {
        const left = x - box / 2;
        const top = y - box / 2;
        if (place < count) context.drawImage(atlas.canvas, 0, side * place, side, side, left, top, box, box);
        else context.drawImage(field.canvas, left, top, box, box);
        context.strokeRect(left, top, box, box);
        place++;
      }
    }
    const hidden = layers.slice(1, -1).flat();
    hiddenStates(frame).forEach((state, k) => {
      if (state && hidden[k]) paintState(context, scene.colors, hidden[k], box, state);
    });
  }

  /**
   * A dot beside the unit's corner: its colour is the bias's sign, its size the bias's size.
   *
   * @param {Context} context
   * @param {Frame} frame
   */
  biases(context, { biases }) {
    const { negative, positive, paper } = this.scene.colors;
    this.unitsAfterInputs().forEach((unit, k) => {
      const { x, y, radius } = dot(this.plan, unit, biases[k]);
      if (!radius) return;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = biases[k] < 0 ? negative : positive;
      context.fill();
      context.lineWidth = 1.25;
      context.strokeStyle = paper;
      context.stroke();
    });
  }

  unitsAfterInputs() {
    return this.plan.layers.slice(1).flat();
  }

  /**
   * A padlock on what training leaves alone: on a weight's line where it has come three tenths of its way, beside a
   * bias's dot.
   *
   * @param {Context} context
   * @param {Frame} frame
   * @param {Uint8Array} frozen
   */
  locks(context, { edges, biases }, frozen) {
    const { plan, offsets } = this;
    const { colors } = this.scene;
    const after = this.unitsAfterInputs();
    frozen.forEach((held, k) => {
      if (!held) return;
      if (k < edges.length) {
        const [x0, y0, x1, y1] = ends(plan, offsets, layerOf(offsets, edges[k]), edges[k]);
        paintPadlock(context, colors, { x: x0 + (x1 - x0) * 0.317, y: y0 + (y1 - y0) * 0.216 }); // of the curve at 0.3
      } else {
        const { x, y, radius } = dot(plan, after[k - edges.length], biases[k - edges.length]);
        if (radius) paintPadlock(context, colors, { x: x - radius - 6, y: y + 2 });
      }
    });
  }
}
