// @ts-check
// The number under the pointer.

import { create } from './dom.js';
import { placeOf } from './geometry.js';
import { tr } from './i18n.js';
import { numberText, sourcesOf } from './names_of_units.js';

/** @import { Frame, Scene } from '../contract.d.ts' */
/** @import { Offset, Point } from './geometry.js' */
/** @typedef {{ unit: number, from: number }} Tipped one of a unit's weights, or the number of its weights for its bias */

export class Tip {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.root = create('div', { className: 'dnn-tip', hidden: true });
    box.append(this.root);
    /** @type {Tipped | null} */
    this.tipped = null;
  }

  /**
   * @param {Tipped | null} tipped
   * @param {Point | null} point
   */
  place(tipped, point) {
    this.tipped = tipped;
    this.root.hidden = !tipped;
    if (!tipped || !point) return;
    const x = Math.min(point.x + 12, this.box.clientWidth - 150);
    this.root.style.transform = `translate(${x}px, ${Math.max(2, point.y - 30)}px)`;
  }

  /**
   * The number as it is now.
   *
   * @param {Scene} scene
   * @param {Offset[]} offsets
   * @param {Frame} frame
   */
  draw(scene, offsets, { edges, weights, biases, edge_gradients: gradients }) {
    if (!this.tipped || this.root.hidden) return;
    const { unit, from } = this.tipped;
    const { l, k } = placeOf(scene.sizes, unit);
    const { start, out } = offsets[l - 1];
    const bias = from === scene.sizes[l - 1];
    const edge = bias ? -1 : edges.indexOf(start + from * out + k);
    const value = bias ? biases[unit - scene.sizes[0]] : weights[edge];
    if (value === undefined) return;
    const number = numberText(value);
    const slope = gradients && !bias ? `   ∂J/∂w ${numberText(gradients[edge])}` : '';
    const text = bias ? tr('bias {value}', { value: number }) : `${sourcesOf(scene, l)[from]} → ${number}${slope}`;
    if (this.root.textContent !== text) this.root.textContent = text;
  }

  hide() {
    this.root.hidden = true;
  }
}
