// @ts-check
// A button for every unit, to be reached with the arrow keys; only one of them is on the way of the Tab key.

import { closest, create } from './dom.js';
import { placeOf } from './geometry.js';
import { tr } from './i18n.js';
import { nameOf } from './names_of_units.js';
import { stateOf } from './unit_states.js';

/** @import { Frame, Scene } from '../contract.d.ts' */
/** @import { Plan } from './layout.js' */

export class UnitButtons {
  /**
   * @param {HTMLElement} box
   * @param {object} events
   * @param {(unit: number | null) => void} events.onFocus hears which unit has the keyboard's focus
   * @param {(unit: number) => void} events.onPress
   */
  constructor(box, { onFocus, onPress }) {
    this.root = create('div', { className: 'dnn-units' });
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', tr('Units'));
    box.append(this.root);
    this.onFocus = onFocus;
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    /** @type {number[]} */
    this.sizes = [];
    this.inputs = '';
    this.inactive = '';
    this.focused = 0;
    this.root.addEventListener('focusin', (event) => this.focusIn(event));
    this.root.addEventListener('focusout', () => this.onFocus(null));
    this.root.addEventListener('keydown', (event) => this.key(event));
    this.root.addEventListener('click', (event) => {
      const button = closest(event, 'button');
      if (button) onPress(Number(button.dataset.unit));
    });
  }

  get hasFocus() {
    return this.root.contains(document.activeElement);
  }

  /** @param {number} unit */
  focus(unit) {
    this.buttons.at(unit)?.focus();
  }

  /**
   * @param {Scene} scene
   * @param {Plan} plan
   */
  place(scene, { layers, box }) {
    const inputs = scene.inputs.join();
    if (String(scene.sizes) !== String(this.sizes) || inputs !== this.inputs) this.name(scene);
    this.sizes = scene.sizes;
    this.inputs = inputs;
    layers.flat().forEach(({ x, y }, unit) => {
      const place = `left:${x - box / 2}px;top:${y - box / 2}px;width:${box}px;height:${box}px`;
      this.buttons[unit].style.cssText = place;
    });
  }

  /** @param {Scene} scene */
  name(scene) {
    this.inactive = '';
    const count = scene.sizes.reduce((sum, n) => sum + n, 0);
    for (const button of this.buttons.splice(count)) button.remove();
    while (this.buttons.length < count) {
      const button = create('button', { type: 'button', tabIndex: -1 });
      this.root.append(button);
      this.buttons.push(button);
    }
    this.buttons.forEach((button, unit) => {
      button.dataset.unit = String(unit);
      button.setAttribute('aria-label', nameOf(scene, unit));
      describe(button, null);
    });
    if (!this.buttons.some(({ tabIndex }) => tabIndex === 0)) this.buttons[scene.sizes[0]].tabIndex = 0;
  }

  /**
   * Those that do not learn are described as such.
   *
   * @param {Frame} frame
   */
  describe(frame) {
    const inactive = frame.inactive?.join() ?? '';
    if (inactive === this.inactive) return;
    this.inactive = inactive;
    this.buttons.forEach((button, unit) => {
      describe(button, stateOf(this, frame, unit));
    });
  }

  /** @param {FocusEvent} event */
  focusIn(event) {
    const button = closest(event, 'button');
    if (!button) return;
    for (const other of this.buttons) other.tabIndex = other === button ? 0 : -1;
    this.focused = Number(button.dataset.unit);
    this.onFocus(this.focused);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { sizes } = this;
    const { l, k } = placeOf(sizes, this.focused);
    const last = sizes.length - 1;
    /** @param {number} to the unit of that layer that is beside this one */
    const beside = (to) => [to, Math.round(((k + 0.5) / sizes[l]) * sizes[to] - 0.5)];
    /** @type {Record<string, () => number[]>} */
    const ways = {
      ArrowUp: () => [l, Math.max(0, k - 1)],
      ArrowDown: () => [l, Math.min(sizes[l] - 1, k + 1)],
      ArrowLeft: () => beside(Math.max(0, l - 1)),
      ArrowRight: () => beside(Math.min(last, l + 1)),
      Home: () => [0, 0],
      End: () => [last, 0],
    };
    if (!ways[event.key]) return;
    event.preventDefault();
    const [layer, place] = ways[event.key]();
    this.focus(sizes.slice(0, layer).reduce((sum, n) => sum + n, 0) + place);
  }
}

/**
 * @param {HTMLElement} button of a unit
 * @param {string | null} state
 */
function describe(button, state) {
  button.setAttribute('aria-describedby', state ? `dnn-${state} dnn-formula` : 'dnn-formula');
}
