// @ts-check
// Marks on the cost chart where a setting was changed: a line with a flag to point at.

import { closest, create, putAt } from './dom.js';
import { tr } from './i18n.js';
import { acrossAt, plotArea } from './streamlit_dom.js';

const READ = 1500; // milliseconds for which a text stays after its mark was left

export class CostMarks {
  /**
   * @param {HTMLElement} box over the chart
   * @param {HTMLElement} text where what a mark means is shown
   */
  constructor(box, text) {
    this.box = box;
    this.text = text;
    /** @type {[number, string][]} */
    this.marks = [];
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    for (const on of ['pointerover', 'focusin'])
      box.addEventListener(on, (event) => this.show(closest(event, 'button')));
    for (const off of ['pointerout', 'focusout']) box.addEventListener(off, () => this.show(null));
  }

  /**
   * Takes over the marks; returns whether they are others than before.
   *
   * @param {[number, string][]} marks
   */
  set(marks) {
    if (JSON.stringify(marks) === JSON.stringify(this.marks)) return false;
    this.marks = marks;
    this.buttons = marks.map(([epoch, text], k) => {
      const button = this.buttons[k] ?? create('button', { type: 'button' });
      button.setAttribute('aria-label', tr('Epoch {epoch}: {text}', { epoch, text }));
      return button;
    });
    this.box.replaceChildren(...this.buttons);
    return true;
  }

  /** @param {HTMLElement} chart */
  place(chart) {
    if (!this.marks.length) return;
    const area = plotArea(chart);
    putAt(this.box, area);
    this.buttons.forEach((button, k) => {
      const at = acrossAt(chart, this.marks[k][0]);
      button.hidden = !(at >= 0 && at <= area.w);
      if (!button.hidden) button.style.transform = `translateX(${at}px)`;
    });
  }

  /**
   * While it plays a mark slips away from under the pointer: its text stays long enough to be read.
   *
   * @param {HTMLElement | null} button
   */
  show(button) {
    clearTimeout(this.shown);
    if (button) {
      this.text.textContent = button.getAttribute('aria-label');
      this.text.hidden = false;
    } else {
      this.shown = setTimeout(() => (this.text.hidden = true), READ);
    }
  }

  close() {
    clearTimeout(this.shown);
  }
}
