// @ts-check
// One number of a drawing: its name, a slider for it, and its value; or a choice.

import { create } from '../dom.js';

/** @import { Handle } from './contract.d.ts' */

export class HandleRow {
  /**
   * @param {Handle} handle
   * @param {(value: number) => void} change
   */
  constructor(handle, change) {
    this.handle = handle;
    this.root = create('label');
    this.root.dataset.part = handle.name;
    const { options, low, high, step } = handle;
    this.value = create('output');
    if (options) {
      this.input = create('select');
      this.input.append(...options.map((text, k) => create('option', { textContent: text, value: String(k) })));
    } else {
      const limits = { min: String(low), max: String(high), step: String(step) };
      this.input = create('input', { type: 'range', ...limits });
    }
    this.input.addEventListener('input', () => change(Number(this.input.value)));
    const name = create('span', { textContent: handle.label });
    this.root.append(name, this.input, ...(options ? [] : [this.value]));
  }

  /** @param {number} value */
  show(value) {
    const { options, step } = this.handle;
    if (Number(this.input.value) !== value) this.input.value = String(value);
    if (options) return;
    const digits = (String(step).split('.')[1] ?? '').length;
    const written = value.toFixed(digits).replace('-', '−');
    this.value.textContent = written;
    this.input.setAttribute('aria-valuetext', written);
  }
}
