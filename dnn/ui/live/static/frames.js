// @ts-check
// Frames that have come and wait to be drawn.

/** @import { Frame } from '../contract.d.ts' */
/** @import { GroupFrame } from '../group_contract.d.ts' */

/**
 * What a frame lacks it has from one that is not drawn.
 *
 * @param {Frame} stale
 * @param {Frame} frame
 */
export function keep(stale, frame) {
  frame.scene ??= stale.scene;
  frame.curves ??= stale.curves;
  frame.accuracies ??= stale.accuracies;
  frame.rates ??= stale.rates;
  frame.answers ??= stale.answers;
  frame.header.chart ??= stale.header.chart;
  if (frame.header.health || !stale.header.health) return;
  frame.header.health = stale.header.health;
  frame.norms = stale.norms;
  frame.activations = stale.activations;
  frame.gradients = stale.gradients;
}

/**
 * The same, of many runs.
 *
 * @param {GroupFrame} stale
 * @param {GroupFrame} frame
 */
export function keepOfGroup(stale, frame) {
  if (!frame.scene && stale.scene) frame.scene = stale.scene;
  if (frame.curves || !stale.curves) return;
  frame.curves = stale.curves;
  frame.curve_lengths = stale.curve_lengths;
}

/** @template {Frame | GroupFrame} F */
export class Frames {
  /**
   * @param {() => void} ask asks the server for another frame in place of one that is not drawn
   * @param {(stale: F, frame: F) => void} keep lets a frame have what it lacks from one that is not drawn
   */
  constructor(ask, keep) {
    this.ask = ask;
    this.keep = keep;
    /** @type {F[]} */
    this.waiting = [];
  }

  /**
   * Frames made before the visitor changed something are not drawn any more: only what the new one lacks is kept of them.
   *
   * @param {F} frame
   */
  push(frame) {
    while (this.waiting.length && this.waiting[0].header.revision !== frame.header.revision) this.drop(frame);
    this.waiting.push(frame);
  }

  // The next one to draw.
  next() {
    return this.waiting.shift();
  }

  // Of the frames that have come only the newest waits on, and others are asked for.
  pull() {
    while (this.waiting.length > 1) this.drop(this.waiting[1]);
  }

  /** @param {F} heir gets what it lacks of the first frame, which is not drawn */
  drop(heir) {
    const stale = this.waiting.shift();
    if (stale) this.keep(stale, heir);
    this.ask();
  }
}
