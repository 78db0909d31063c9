// @ts-check
// Where the answers of two runs differ, as a map: pale where they agree, dark where they do not.

import { channels, Field, palette } from '../../../web/paint.js';
import { create } from './dom.js';
import { mapOf } from './group_cell.js';
import { tr } from './i18n.js';

/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Color } from '../../../web/paint.js' */

const COLORS = 256;

/**
 * By how much two maps differ at each place, from 0 to 255, and at which share of the places they decide otherwise.
 *
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 * @param {number} classes of a task with several classes, whose shades follow one another; 0 for a single output
 */
export function differ(one, other, classes) {
  const found = new Uint8Array(one.length);
  const shades = classes ? Math.floor(COLORS / classes) : 0;
  let decided = 0;
  for (let k = 0; k < one.length; k++) {
    const [a, b] = [one[k], other[k]];
    const otherwise = classes ? Math.floor(a / shades) !== Math.floor(b / shades) : a >= 128 !== b >= 128;
    if (otherwise) decided++;
    if (!classes) found[k] = Math.abs(a - b);
    else if (otherwise) found[k] = 255;
    else found[k] = Math.round((255 * Math.abs(a - b)) / (2 * shades));
  }
  return { found, share: one.length ? decided / one.length : 0 };
}

export class CompareDifference {
  constructor() {
    this.root = create('figure', { className: 'dnn-compare-difference', hidden: true });
    this.box = create('div');
    this.box.setAttribute('role', 'img');
    this.words = create('figcaption');
    this.root.append(create('p', { textContent: tr('Where their answers differ') }), this.box, this.words);
    /** @type {Field | null} */
    this.field = null;
    /** @type {Uint32Array} */
    this.colors = palette([]);
    this.classes = 0;
  }

  /** @param {GroupScene} scene */
  stage(scene) {
    const [one, other] = scene.cells;
    const { paper, ink } = scene.colors;
    this.root.hidden = scene.cells.length !== 2 || one.plane < 0 || one.plane !== other.plane;
    this.classes = one?.task === 'multiclass' ? (one.sizes.at(-1) ?? 0) : 0;
    this.regression = one?.task === 'regression';
    const [from, to] = [channels(paper), channels(ink)];
    const mix = (/** @type {number} */ k) => from.map((light, c) => light + ((to[c] - light) * k) / (COLORS - 1));
    this.colors = palette(Array.from({ length: COLORS }, (_, k) => /** @type {Color} */ (mix(k))));
    if (this.field?.side !== scene.side) {
      this.field = new Field(scene.side);
      this.box.replaceChildren(this.field.canvas);
    }
  }

  /**
   * @param {GroupFrame} frame
   * @param {GroupScene} scene
   * @param {boolean} says whether words are changed too
   */
  draw(frame, scene, says) {
    if (this.root.hidden) return;
    const { found, share } = differ(mapOf(frame, scene, 0), mapOf(frame, scene, 1), this.classes);
    this.field?.paint(found, this.colors);
    if (!says) return;
    const mean = found.reduce((sum, value) => sum + value, 0) / (255 * Math.max(1, found.length));
    const percent = (100 * (this.regression ? mean : share)).toFixed(1);
    this.words.textContent = this.regression
      ? tr('On average by {percent} % of the range of the targets.', { percent })
      : tr('They decide otherwise on {percent} % of the plane.', { percent });
    this.box.setAttribute('aria-label', `${tr('Where their answers differ')}. ${this.words.textContent}`);
  }
}
