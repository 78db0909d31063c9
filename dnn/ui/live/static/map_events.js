// @ts-check
// What a person does on a trainability map: point, drag a square, click, and the same with keys.

import { find, putAt, within } from './dom.js';
import { square } from './map_picture.js';

/** @import { Part } from './map_picture.js' */
/** @typedef {[number, number]} Place in shares of the picture, from its lower left corner */

const CLICK = 5; // pixels that a pointer may move in a click
const STEPS = 32; // of the cursor from one side to the other
const CLOSER = 4; // times, with a key

/**
 * @typedef {object} Listener
 * @property {(place: Place | null) => void} onPoint hears what is pointed at
 * @property {(part: Part) => void} onZoom
 * @property {(place: Place) => void} onOpen
 * @property {(back: 'back' | 'whole') => void} onBack
 */

export class MapEvents {
  /**
   * @param {HTMLElement} stage
   * @param {Listener} listener
   */
  constructor(stage, listener) {
    this.stage = stage;
    this.listener = listener;
    this.part = find(stage, '.dnn-map-part');
    this.cursor = find(stage, '.dnn-map-cursor');
    /** @type {Place | null} where a drag began */
    this.from = null;
    /** @type {Place} of the cursor */
    this.place = [0.5, 0.5];
    this.listen();
  }

  listen() {
    const { stage } = this;
    stage.addEventListener('pointerdown', (event) => {
      if (event.button || !event.isPrimary) return;
      this.from = this.placeOf(event);
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener('pointermove', (event) => this.move(event));
    stage.addEventListener('pointerup', (event) => this.release(event));
    stage.addEventListener('pointercancel', () => this.cancel());
    stage.addEventListener('pointerleave', () => {
      if (!this.from) this.listener.onPoint(null);
    });
    stage.addEventListener('keydown', (event) => this.key(event));
    stage.addEventListener('focus', () => this.showCursor(stage.matches(':focus-visible')));
    stage.addEventListener('blur', () => this.showCursor(false));
  }

  /**
   * @param {PointerEvent} event
   * @returns {Place}
   */
  placeOf(event) {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    return [within((event.clientX - left) / width), within(1 - (event.clientY - top) / height)];
  }

  /**
   * The square that is marked; null while it is too small to be meant.
   *
   * @param {Place} to
   */
  marked(to) {
    const { from, stage } = this;
    if (!from) return null;
    const part = square(from, to);
    return (part.right - part.left) * stage.clientWidth > CLICK ? part : null;
  }

  /** @param {PointerEvent} event */
  move(event) {
    const place = this.placeOf(event);
    this.listener.onPoint(place);
    const part = this.marked(place);
    this.part.hidden = !part;
    if (!part) return;
    const { clientWidth: w, clientHeight: h } = this.stage;
    const size = { w: (part.right - part.left) * w, h: (part.top - part.bottom) * h };
    putAt(this.part, { l: part.left * w, t: (1 - part.top) * h, ...size });
  }

  /** @param {PointerEvent} event */
  release(event) {
    if (!this.from) return;
    const place = this.placeOf(event);
    const part = this.marked(place);
    const { from } = this;
    this.cancel();
    if (part) this.listener.onZoom(part);
    else this.listener.onOpen(from);
  }

  cancel() {
    this.from = null;
    this.part.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (event.shiftKey ? 4 : 1) / STEPS;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => this.moveCursor(-step, 0),
      ArrowRight: () => this.moveCursor(step, 0),
      ArrowUp: () => this.moveCursor(0, step),
      ArrowDown: () => this.moveCursor(0, -step),
      Enter: () => this.listener.onOpen(this.place),
      '+': () => this.listener.onZoom(this.around(this.place)),
      '=': () => this.listener.onZoom(this.around(this.place)),
      '-': () => this.listener.onBack('back'),
      Backspace: () => this.listener.onBack('back'),
      Home: () => this.listener.onBack('whole'),
      Escape: () => this.cancel(),
    };
    const press = keys[event.key];
    if (!press) return;
    event.preventDefault();
    event.stopPropagation();
    press();
  }

  /**
   * @param {Place} place
   * @returns {Part}
   */
  around([x, y]) {
    const size = 1 / CLOSER;
    const left = Math.max(0, Math.min(1 - size, x - size / 2));
    const bottom = Math.max(0, Math.min(1 - size, y - size / 2));
    return { left, right: left + size, bottom, top: bottom + size };
  }

  /**
   * @param {number} across
   * @param {number} up
   */
  moveCursor(across, up) {
    this.place = [within(this.place[0] + across), within(this.place[1] + up)];
    this.showCursor(true);
    this.listener.onPoint(this.place);
  }

  /** @param {boolean} on */
  showCursor(on) {
    this.cursor.hidden = !on;
    this.cursor.style.left = `${100 * this.place[0]}%`;
    this.cursor.style.bottom = `${100 * this.place[1]}%`;
  }
}
