// @ts-check
// The picture of the plane: the field of answers, the line of the boundary, and rings around examples.

import { channels, contextOf, Field, fit, palette } from '../../../web/paint.js';
import { boundaryOf, ghostLines, paintGhost } from './ghost.js';
import { later } from './later.js';

/** @import { Frame, Scene } from '../contract.d.ts' */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ w: number, h: number }} Size in pixels */

export class PlanePicture {
  /** @param {{ radius: number, width: number }} wrong the size of rings in pixels */
  constructor(wrong = { radius: 7, width: 1.5 }) {
    this.wrong = wrong;
    this.hard = false; // decisions alone instead of probabilities
    this.errors = true; // rings around what the network has wrong
    this.tested = true; // whether test examples are shown
    this.threshold = 0.5; // the probability from which on it is class 1
    this.side = 0;
    /** @type {import('./ghost.js').Line[]} the boundary of the run before this one */
    this.ghost = [];
    this.ghostAt = this.threshold; // the probability that they are for
    this.colors = palette([]);
    /** @type {import('../../../web/paint.js').Color[]} */
    this.mixed = [];
    /** @type {Map<number, number>} which example that is drawn has this row of the data */
    this.places = new Map();
    /** @type {Scene} */
    this.scene = later();
    /** @type {Field} */
    this.field = later();
    /** @type {Frame} */
    this.frame = later();
    /** @type {Uint8Array | undefined} */
    this.answers = undefined;
  }

  /** @param {Scene} scene */
  stage(scene) {
    this.scene = scene;
    this.colors = palette(scene.ramp);
    this.mixed = scene.classes.map(channels);
    this.places = new Map(scene.rows.map((row, place) => [row, place]));
    this.traceGhost();
  }

  traceGhost() {
    this.ghostAt = this.threshold;
    this.ghost = ghostLines(this.scene, this.threshold);
  }

  /**
   * Take over what a frame brings.
   *
   * @param {Frame} frame
   */
  load(frame) {
    const { scene, hard } = this;
    const { field } = frame;
    this.frame = frame;
    this.answers = frame.answers ?? this.answers;
    const several = scene.task === 'multiclass';
    this.side = Math.round(Math.sqrt(field.length / (several ? scene.classes.length : 1)));
    if (this.field?.side !== this.side) this.field = new Field(this.side);
    if (several) this.field.mix(field, this.mixed, hard);
    else this.field.paint(field, hard && scene.threshold !== null ? this.decided() : this.colors, 8);
  }

  // The ramp with nothing between its ends: below the threshold the one, above it the other.
  decided() {
    const { colors, threshold } = this;
    return colors.map((_, k) => colors[(k + 0.5) / 256 > threshold ? 255 : 0]);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Size} size
   */
  paint(canvas, size) {
    const context = fit(canvas, size.w, size.h);
    context.imageSmoothingEnabled = !this.hard;
    context.drawImage(this.field.canvas, 0, 0, size.w, size.h);
    if (this.ghostAt !== this.threshold) this.traceGhost();
    paintGhost(context, this.ghost, size, this.scene.colors.ink);
    this.boundary(context, size);
    context.strokeStyle = this.scene.colors.ink;
    context.lineWidth = 2;
    context.stroke();
    this.ringErrors(contextOf(canvas), size);
    const { batch, example } = this.frame.header;
    this.ringRows(contextOf(canvas), size, example ? [example.row] : (batch?.rows ?? []));
  }

  /**
   * Values sit on the edges of the plane, so side - 1 cells span it.
   *
   * @param {Context} context
   * @param {Size} size
   */
  boundary(context, { w, h }) {
    const { side, scene } = this;
    const across = w / (side - 1);
    const down = h / (side - 1);
    /** @type {import('./ghost.js').Emit} */
    const line = (x0, y0, x1, y1) => {
      context.moveTo(x0 * across, y0 * down);
      context.lineTo(x1 * across, y1 * down);
    };
    context.beginPath();
    boundaryOf(scene, this.frame.field, side, this.threshold, line);
  }

  /**
   * Rings around the examples that the network has wrong.
   *
   * @param {Context} context
   * @param {Size} size
   */
  ringErrors(context, size) {
    const { answers, tested, threshold, wrong } = this;
    const { labels, rows, task, first_test } = this.scene;
    if (!this.errors || !labels || answers?.length !== labels.length) return;
    labels.forEach((label, place) => {
      if (!tested && rows[place] >= first_test) return;
      const decided = task === 'multiclass' ? answers[place] : Number(answers[place] > threshold * 255);
      if (decided !== label) this.ring(context, size, place, wrong.radius, wrong.width);
    });
  }

  /**
   * Rings around the example that is followed, or those of the batch that was just learnt from.
   *
   * @param {Context} context
   * @param {Size} size
   * @param {number[]} rows
   */
  ringRows(context, size, rows) {
    for (const row of rows) {
      const place = this.places.get(row);
      if (place !== undefined) this.ring(context, size, place, 10, 3);
    }
  }

  /**
   * @param {Context} context
   * @param {Size} size
   * @param {number} place
   * @param {number} radius
   * @param {number} width
   */
  ring(context, { w, h }, place, radius, width) {
    const { points, colors } = this.scene;
    const [left, right, low, high] = this.scene.bounds;
    const [x, y] = points[place];
    context.strokeStyle = colors.ink;
    context.lineWidth = width;
    context.beginPath();
    context.arc(((x - left) / (right - left)) * w, ((high - y) / (high - low)) * h, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
