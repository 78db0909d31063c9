// @ts-check
// One unit shown large: its map in the plane's place, its formula and its numbers under it.

import { contextOf, Field, palette } from '../../../web/paint.js';
import { create, putAt } from './dom.js';
import { tr } from './i18n.js';
import { formula, nameOf, numberText } from './names_of_units.js';
import { STATE_TEXTS, stateOf } from './unit_states.js';

/** @import { Frame, Scene, Unit } from '../contract.d.ts' */
/** @import { PlaneChart } from './plane.js' */

const WRITTEN_EVERY = 120; // milliseconds between two changes of the words

export class UnitView {
  /** @param {PlaneChart} plane the plane's picture, whose canvas for the field this one covers */
  constructor(plane) {
    this.plane = plane;
    this.canvas = create('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.title = create('p');
    this.sum = create('p');
    this.state = create('p'); // of a unit that does not learn; its button is described with it
    this.state.setAttribute('aria-hidden', 'true');
    this.words = create('div', { className: 'dnn-formula', id: 'dnn-formula' });
    this.words.append(this.title, this.sum, this.state);
    plane.overlay.after(this.canvas);
    plane.box.append(this.words);
    /** @type {number | null} */
    this.unit = null;
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {Field | null} */
    this.field = null;
    this.colors = palette([]);
    this.writtenAt = 0;
    this.hide();
  }

  hide() {
    this.canvas.hidden = this.words.hidden = true;
    this.unit = null;
  }

  place() {
    const { l, t, w, h } = this.plane.place();
    putAt(this.canvas, { l, t, w, h });
    putAt(this.words, { l, t, w });
  }

  /**
   * @param {Scene} scene
   * @param {Frame} frame
   */
  draw(scene, frame) {
    const { header, unit, incoming } = frame;
    if (!header.unit || !unit || !incoming) return;
    const { place } = header.unit;
    this.paint(unit, scene);
    const fresh = this.unit !== place || this.scene !== scene;
    if (fresh) this.place();
    this.scene = scene;
    this.unit = place;
    this.canvas.hidden = this.words.hidden = false;
    const now = performance.now();
    if (!fresh && header.state === 'playing' && now - this.writtenAt < WRITTEN_EVERY) return;
    this.writtenAt = now;
    this.title.textContent = titleOf(scene, header.unit);
    this.sum.textContent = formula(scene, place, incoming);
    const state = stateOf(scene, frame, place);
    this.state.textContent = state ? STATE_TEXTS[state].words() : '';
  }

  /**
   * @param {Uint8Array} values
   * @param {Scene} scene
   */
  paint(values, scene) {
    const side = Math.round(Math.sqrt(values.length));
    if (this.field?.side !== side) {
      this.field = new Field(side);
      this.canvas.width = this.canvas.height = side;
    }
    if (this.scene !== scene) this.colors = palette(scene.ramp);
    this.field.paint(values, this.colors);
    contextOf(this.canvas).drawImage(this.field.canvas, 0, 0);
  }
}

/**
 * @param {Scene} scene
 * @param {Unit} unit
 */
function titleOf(scene, { place, low, high }) {
  const unit = nameOf(scene, place);
  if (low === null || high === null) return unit;
  return tr('{unit}: from {low} to {high}', { unit, low: numberText(low), high: numberText(high) });
}
