// @ts-check
// A small window beside a unit for the numbers that come into it: its weights and its bias, each with its value, and
// whether training leaves it alone.

import { create, find, findAs } from './dom.js';
import { offsetsOf, placeOf } from './geometry.js';
import { meaning, tr } from './i18n.js';
import { nameOf, numberText, sourcesOf } from './names_of_units.js';

/** @import { Action, Frame, Scene } from '../contract.d.ts' */
/** @import { Point } from './geometry.js' */

const html = () => `
  <h3 id="dnn-editor-title"></h3>
  <label>${tr('Number')} <select></select></label>
  <label>${tr('Value')} <input type="number" step="any" min="-1000000" max="1000000" required></label>
  <label class="dnn-freeze"><input type="checkbox"> ${tr('Freeze: training leaves it alone')}</label>
  <p><button type="submit">${tr('OK')}</button><button type="button">${tr('Cancel')}</button></p>`;

/**
 * @typedef {object} Edited what the window is about
 * @property {Scene} scene
 * @property {number} unit
 * @property {string[]} sources names of the units that it listens to
 * @property {Float32Array} incoming
 * @property {Uint8Array} held
 */

export class Editor {
  /**
   * @param {HTMLElement} box
   * @param {(action: Action) => void} ask takes an action for the server
   * @param {(inside: boolean) => void} closed hears whether the focus was inside when the window was closed
   */
  constructor(box, ask, closed) {
    this.box = box;
    this.ask = ask;
    this.closed = closed;
    this.form = create('form', { className: 'dnn-editor', innerHTML: html(), hidden: true });
    this.form.setAttribute('role', 'dialog');
    this.form.setAttribute('aria-labelledby', 'dnn-editor-title');
    box.append(this.form);
    this.title = find(this.form, 'h3');
    this.which = findAs(HTMLSelectElement, this.form, 'select');
    this.value = findAs(HTMLInputElement, this.form, '[type=number]');
    this.frozen = findAs(HTMLInputElement, this.form, '[type=checkbox]');
    /** @type {Edited | null} */
    this.edited = null;
    this.given = ''; // the value as it was written into the field
    this.listen();
  }

  listen() {
    this.which.addEventListener('change', () => this.choose());
    this.form.addEventListener('submit', (event) => this.submit(event));
    find(this.form, '[type=button]').addEventListener('click', () => this.close());
    this.form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  get open() {
    return !this.form.hidden;
  }

  /**
   * For the numbers that come into a unit, `from` the chosen one; `at` is where it was asked for.
   *
   * @param {Scene} scene
   * @param {number} unit
   * @param {number} from
   * @param {Frame} frame
   * @param {Point} at
   */
  show(scene, unit, from, { incoming, held }, at) {
    if (!incoming || !held) return;
    const sources = sourcesOf(scene, placeOf(scene.sizes, unit).l);
    this.edited = { scene, unit, sources, incoming, held };
    const options = Array.from(incoming, (value, k) => {
      return new Option(describe(sources[k], numberText(value), held[k] === 1), String(k));
    });
    this.which.replaceChildren(...options);
    this.which.value = String(from);
    this.form.hidden = false;
    this.choose();
    const { clientWidth, clientHeight } = this.box;
    const { offsetWidth, offsetHeight } = this.form;
    /**
     * @param {number} wish
     * @param {number} most
     */
    const inside = (wish, most) => `${Math.max(4, Math.min(wish, most - 4))}px`;
    this.form.style.left = inside(at.x + 14, clientWidth - offsetWidth);
    this.form.style.top = inside(at.y + 14, clientHeight - offsetHeight);
    this.value.focus();
    this.value.select();
  }

  choose() {
    if (!this.edited) return;
    const { scene, sources, incoming, held } = this.edited;
    const k = Number(this.which.value);
    const unit = nameOf(scene, this.edited.unit).replace(/^[UO]/, (first) => first.toLowerCase());
    const source = sources[k];
    const weight = source !== undefined;
    this.title.textContent = weight
      ? tr('Weight from {source} to {unit}', { source, unit })
      : tr('Bias of {unit}', { unit });
    this.title.title = meaning(weight ? 'weight' : 'bias');
    this.given = String(Number(incoming[k].toPrecision(4)));
    this.value.value = this.given;
    this.frozen.checked = held[k] === 1;
  }

  /**
   * A value that was not touched is left as it is by now: training goes on while the window is open.
   *
   * @param {Event} event
   */
  submit(event) {
    event.preventDefault();
    if (this.edited) this.send(this.edited);
    this.close();
  }

  /** @param {Edited} edited */
  send({ scene, unit, held }) {
    const { sizes } = scene;
    const from = Number(this.which.value);
    const value = this.value.value === this.given ? null : this.value.valueAsNumber;
    const frozen = this.frozen.checked;
    if (value === null && frozen === (held[from] === 1)) return;
    const { l, k } = placeOf(sizes, unit);
    const { start, out } = offsetsOf(sizes)[l - 1];
    this.ask({ do: 'number', sizes, place: start + from * out + k, value, frozen });
  }

  close() {
    if (!this.open) return;
    const inside = this.form.contains(document.activeElement);
    this.form.hidden = true;
    this.closed(inside);
  }
}

/**
 * A weight, or without a source the bias, as a line to choose.
 *
 * @param {string | undefined} source
 * @param {string} value
 * @param {boolean} frozen
 */
function describe(source, value, frozen) {
  if (source === undefined) return frozen ? tr('bias: {value} (frozen)', { value }) : tr('bias: {value}', { value });
  return frozen
    ? tr('weight from {source}: {value} (frozen)', { source, value })
    : tr('weight from {source}: {value}', { source, value });
}
