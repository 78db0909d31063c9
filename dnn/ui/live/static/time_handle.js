// @ts-check
// The handle on the cost chart: a line at the epoch on screen, with a grip that is dragged to another one.

import { create, find, putAt } from './dom.js';
import { tr } from './i18n.js';
import { acrossAt, isDrawn, plotArea, valueAt } from './streamlit_dom.js';

/** @import { Time } from '../contract.d.ts' */

/** @type {Record<string, number>} epochs that a key goes back or on */
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

export class TimeHandle {
  /**
   * @param {HTMLElement} figure of the cost chart
   * @param {(epoch: number) => void} onLook
   */
  constructor(figure, onLook) {
    this.onLook = onLook;
    this.chart = find(figure, '.dnn-chart > [role=img]');
    this.box = create('div', { className: 'dnn-time-area', hidden: true });
    this.grip = create('div', { className: 'dnn-time-handle', tabIndex: 0 });
    this.grip.setAttribute('role', 'slider');
    this.grip.setAttribute('aria-label', tr('Epoch on the chart'));
    this.box.append(this.grip);
    find(figure, '.dnn-chart').append(this.box);
    this.held = false;
    this.epoch = 0;
    this.first = 0;
    this.newest = 0;
    this.grip.addEventListener('pointerdown', (event) => this.hold(event));
    this.grip.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'lostpointercapture']) this.grip.addEventListener(end, () => (this.held = false));
    this.grip.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param {PointerEvent} event */
  hold(event) {
    event.preventDefault();
    this.grip.focus();
    this.grip.setPointerCapture(event.pointerId);
    this.held = true;
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const across = event.clientX - this.box.getBoundingClientRect().left;
    const value = valueAt(this.chart, across);
    const epoch = this.within(Number.isFinite(value) ? Math.round(value) : 0);
    this.put(epoch);
    this.onLook(epoch);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    /** @type {Record<string, number>} */
    const ends = { Home: this.first, End: this.newest };
    const to = ends[event.key] ?? this.epoch + (STEPS[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    this.epoch = this.within(to); // the next key may come before the next frame
    this.onLook(this.epoch);
  }

  /** @param {number} epoch */
  within(epoch) {
    return Math.min(this.newest, Math.max(this.first, epoch));
  }

  /**
   * @param {number} epoch on screen
   * @param {Time} time
   * @param {string} words for the epoch
   */
  draw(epoch, { first, newest, wanted }, words) {
    this.epoch = wanted ?? epoch;
    this.first = first;
    this.newest = newest;
    this.grip.setAttribute('aria-valuemin', String(first));
    this.grip.setAttribute('aria-valuemax', String(newest));
    this.grip.setAttribute('aria-valuenow', String(epoch));
    this.grip.setAttribute('aria-valuetext', words);
    this.place();
  }

  // Where the chart has the epoch now.
  place() {
    this.box.hidden = this.first === this.newest || !isDrawn(this.chart);
    if (this.box.hidden) return;
    putAt(this.box, plotArea(this.chart));
    if (!this.held) this.put(this.epoch);
  }

  /** @param {number} epoch */
  put(epoch) {
    const { w } = plotArea(this.chart);
    const at = acrossAt(this.chart, epoch); // with a logarithmic axis epoch 0 is infinitely far left
    this.grip.style.transform = `translateX(${Math.min(w, Math.max(0, Number.isFinite(at) ? at : 0))}px)`;
  }
}
