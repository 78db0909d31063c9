// @ts-check
// Which plane through more than two inputs is drawn: what goes across and up, and where the others are held.

import { brief } from '../../../web/names.js';
import { create, find, findAs } from './dom.js';
import { tr } from './i18n.js';

/** @import { Plane, PlaneView, Scene } from '../contract.d.ts' */
/** @typedef {{ k: number, label: HTMLElement, range: HTMLInputElement, output: HTMLOutputElement }} Slider of an input */

const COMPONENTS = 'components';

const html = () => `
  <label>${tr('Across')} <select></select></label>
  <label>${tr('Up')} <select></select></label>
  <span class="dnn-held" role="group" aria-label="${tr('Inputs that are not drawn')}"></span>`;

/**
 * A number in as few digits as a label needs.
 *
 * @param {number} value
 */
export function short(value) {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

export class Axes {
  /**
   * @param {HTMLElement} box
   * @param {(request: string) => void} send takes a request for the server
   */
  constructor(box, send) {
    this.send = send;
    this.root = create('p', { className: 'dnn-axes', innerHTML: html(), hidden: true });
    box.append(this.root);
    this.across = findAs(HTMLSelectElement, this.root, 'label select');
    this.up = findAs(HTMLSelectElement, this.root, 'label + label select');
    this.held = find(this.root, '.dnn-held');
    /** @type {Plane} */
    this.plane = { across: 0, up: 0, components: false, axes: [], inputs: [] };
    /** @type {string[] | null} */
    this.titles = null;
    /** @type {Slider[]} */
    this.sliders = [];
    /** @type {Map<number, number>} values by input that have not been sent yet */
    this.waiting = new Map();
    this.across.addEventListener('change', () => this.choose(this.across));
    this.up.addEventListener('change', () => this.choose(this.up));
  }

  /**
   * What is chosen for one axis leaves the other: then they change places.
   *
   * @param {HTMLSelectElement} chosen
   */
  choose(chosen) {
    const { across, up, components } = this.plane;
    if (chosen.value === COMPONENTS) return this.send(`plane ${COMPONENTS}`);
    const isAcross = chosen === this.across;
    const picked = Number(chosen.value);
    let beside = components ? 0 : isAcross ? up : across;
    if (beside === picked) beside = components ? 1 : isAcross ? across : up;
    this.send(isAcross ? `plane ${picked} ${beside}` : `plane ${beside} ${picked}`);
  }

  /**
   * Widgets that stay what they were are kept, and with them the keyboard's focus.
   *
   * @param {Scene} scene
   */
  stage({ plane }) {
    const titles = plane.inputs.map(({ title }) => title);
    const same = String(titles) === String(this.titles);
    this.plane = plane;
    this.titles = titles;
    this.root.hidden = titles.length < 3;
    for (const [select, shown] of /** @type {const} */ ([
      [this.across, plane.across],
      [this.up, plane.up],
    ])) {
      if (!same) {
        const options = titles.map((title, k) => new Option(title, String(k)));
        select.replaceChildren(...options, new Option(tr('components'), COMPONENTS));
      }
      select.value = plane.components ? COMPONENTS : String(shown);
    }
    this.stageSliders(same);
  }

  /** @param {boolean} same whether it is the same inputs as before */
  stageSliders(same) {
    const { across, up, components, inputs } = this.plane;
    const places = components || inputs.length < 3 ? [] : inputs.map((_, k) => k);
    const others = places.filter((k) => k !== across && k !== up);
    if (same && String(others) === String(this.sliders.map(({ k }) => k))) {
      for (const slider of this.sliders) show(slider, inputs[slider.k].held);
    } else {
      this.sliders = others.map((k) => this.slider(k));
      this.held.replaceChildren(...this.sliders.map(({ label }) => label));
    }
  }

  /**
   * @param {number} k
   * @returns {Slider}
   */
  slider(k) {
    const { title, low, high, held } = this.plane.inputs[k];
    const label = create('label');
    const [min, max, step] = [low, high, (high - low) / 100 || 1].map(String);
    const range = create('input', { type: 'range', min, max, step });
    const output = create('output');
    output.setAttribute('role', 'none');
    const name = create('span', { textContent: brief(title, 18), title });
    label.append(name, range, output);
    const slider = { k, label, range, output };
    range.addEventListener('input', () => this.hold(slider));
    show(slider, held);
    return slider;
  }

  /**
   * One message for each animation frame, however quickly the slider moves.
   *
   * @param {Slider} slider
   */
  hold({ k, range, output }) {
    const value = Number(range.value);
    output.textContent = short(value);
    this.plane.inputs[k].held = value;
    if (!this.waiting.size) {
      requestAnimationFrame(() => {
        for (const [place, wanted] of this.waiting) this.send(`hold ${place} ${wanted}`);
        this.waiting.clear();
      });
    }
    this.waiting.set(k, value);
  }

  /**
   * The plane as it is now, for what is drawn on it.
   *
   * @returns {PlaneView}
   */
  get view() {
    const { across, up, components, inputs } = this.plane;
    return { across, up, components, held: inputs.map(({ held }) => held) };
  }
}

/**
 * A slider under the finger stays where it is.
 *
 * @param {Slider} slider
 * @param {number} value
 */
function show({ range, output }, value) {
  if (document.activeElement !== range) range.value = String(value);
  output.textContent = short(value);
}
