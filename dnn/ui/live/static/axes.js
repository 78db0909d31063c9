// Which plane through more than two inputs is drawn: what goes across and up, and where the others are held.

import { brief } from '../../../web/names.js';
import { tr } from './i18n.js';

const COMPONENTS = 'components';

const html = () => `
  <label>${tr('Across')} <select></select></label>
  <label>${tr('Up')} <select></select></label>
  <span class="dnn-held" role="group" aria-label="${tr('Inputs that are not drawn')}"></span>`;

// A number in as few digits as a label needs.
export function short(value) {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

export class Axes {
  // `send` takes what the server shall do, in words.
  constructor(box, send) {
    this.send = send;
    this.root = Object.assign(document.createElement('p'), { className: 'dnn-axes', innerHTML: html(), hidden: true });
    box.append(this.root);
    [this.across, this.up] = this.root.querySelectorAll('select');
    this.held = this.root.querySelector('.dnn-held');
    this.across.addEventListener('change', () => this.choose(this.across, this.up));
    this.up.addEventListener('change', () => this.choose(this.up, this.across));
  }

  // What is chosen for one axis leaves the other: then they change places.
  choose(chosen, other) {
    const { across, up, components } = this.plane;
    if (chosen.value === COMPONENTS) return this.send(`plane ${COMPONENTS}`);
    let beside = components ? 0 : chosen === this.across ? up : across;
    const picked = Number(chosen.value);
    if (beside === picked) beside = components ? 1 : chosen === this.across ? across : up;
    const [x, y] = chosen === this.across ? [picked, beside] : [beside, picked];
    this.send(`plane ${x} ${y}`);
  }

  // Widgets that stay what they were are kept, and with them the keyboard's focus.
  stage({ plane }) {
    const titles = plane.inputs.map(({ title }) => title);
    const same = String(titles) === String(this.titles);
    Object.assign(this, { plane, titles });
    this.root.hidden = titles.length < 3;
    if (!same) {
      for (const select of [this.across, this.up]) {
        select.replaceChildren(...titles.map((title, k) => new Option(title, k)), new Option(tr('components'), COMPONENTS));
      }
    }
    this.across.value = plane.components ? COMPONENTS : plane.across;
    this.up.value = plane.components ? COMPONENTS : plane.up;
    const others = plane.components || titles.length < 3 ? [] : titles.map((_, k) => k).filter((k) => k !== plane.across && k !== plane.up);
    if (!same || String(others) !== String(this.others)) this.held.replaceChildren(...others.map((k) => this.slider(k)));
    else [...this.held.children].forEach((label, place) => this.set(label, plane.inputs[others[place]].held));
    this.others = others;
  }

  slider(k) {
    const { title, low, high, held } = this.plane.inputs[k];
    const label = document.createElement('label');
    const range = Object.assign(document.createElement('input'), { type: 'range', min: low, max: high, step: (high - low) / 100 || 1 });
    const output = document.createElement('output');
    output.setAttribute('role', 'none');
    label.append(Object.assign(document.createElement('span'), { textContent: brief(title, 18), title }), range, output);
    range.addEventListener('input', () => this.hold(k, range, output));
    this.set(label, held);
    return label;
  }

  set(label, value) {
    const [, range, output] = label.children;
    if (document.activeElement !== range) range.value = value;
    output.textContent = short(value);
  }

  // One message for each animation frame, however quickly the slider moves.
  hold(k, range, output) {
    const value = Number(range.value);
    output.textContent = short(value);
    this.plane.inputs[k].held = value;
    this.waiting ??= new Map();
    if (!this.waiting.size) {
      requestAnimationFrame(() => {
        for (const [place, wanted] of this.waiting) this.send(`hold ${place} ${wanted}`);
        this.waiting.clear();
      });
    }
    this.waiting.set(k, value);
  }

  // The plane as it is now, for what is drawn on it.
  get look() {
    const { across, up, components, inputs } = this.plane;
    return { across, up, components, held: inputs.map(({ held }) => held) };
  }
}
