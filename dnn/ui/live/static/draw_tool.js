// @ts-check
// Drawing examples on the plane, and erasing them: with the pointer, or with a cursor that the arrow keys move.

import { DrawBar, ERASER } from './draw_bar.js';
import { DrawingSheet, moved, REACH } from './drawing_sheet.js';
import { tr } from './i18n.js';
import { later } from './later.js';
import { placeOnPlane, placeText, reachOnPlane } from './plane_places.js';

/** @import { Clear, Erase, Points, Scene } from '../contract.d.ts' */
/** @import { Axes } from './axes.js' */
/** @import { Tool } from './draw_bar.js' */
/** @import { Ghost } from './drawing_sheet.js' */
/** @import { Point } from './geometry.js' */
/** @typedef {{ id: number, places: Point[], last: Point }} Stroke with the places that have not been sent yet */
/** @typedef {Omit<Points, 'plane'> | Omit<Erase, 'plane'> | Omit<Clear, 'plane'>} Order */

const SPACING = 12; // pixels between two examples of a stroke
const SENT_EVERY = 250; // milliseconds between two parts of a stroke
const MIDDLE = { x: 0.5, y: 0.5 };

export class DrawTool {
  /**
   * @param {HTMLElement} below what stands under the plane
   * @param {Axes} axes which know the plane that is drawn
   * @param {(action: Points | Erase | Clear) => number} ask takes an action for the server, returns its number
   */
  constructor(below, axes, ask) {
    this.axes = axes;
    this.ask = ask;
    /** @type {Tool} */
    this.tool = null;
    this.covered = false;
    /** @type {Scene} */
    this.scene = later();
    /** @type {Ghost[]} */
    this.ghosts = [];
    /** @type {Point | null} */
    this.cursor = null;
    this.crossed = false; // whether keys move the cursor
    /** @type {Stroke | null} */
    this.stroke = null;
    this.lastX = this.lastY = Number.NaN; // of the pointer
    this.bar = new DrawBar(below, {
      onTool: (tool) => this.take(tool),
      onClear: () => this.order({ do: 'clear', stroke: Date.now() }),
    });
    this.sheet = new DrawingSheet(below, this.bar.root);
    this.listen(this.sheet.root);
  }

  /** @param {HTMLElement} sheet */
  listen(sheet) {
    sheet.addEventListener('pointerdown', (event) => this.begin(event));
    sheet.addEventListener('pointermove', (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      sheet.addEventListener(end, () => this.end());
    }
    sheet.addEventListener('pointerleave', () => this.aim(null));
    sheet.addEventListener('keydown', (event) => this.key(event));
    sheet.addEventListener('focus', () => this.aim(this.cursor ?? MIDDLE, sheet.matches(':focus-visible')));
    sheet.addEventListener('blur', () => this.aim(null));
  }

  /** @param {Scene} scene */
  stage(scene) {
    this.bar.stage(scene);
    if (typeof this.tool === 'number' && this.tool >= this.bar.buttons.length) this.tool = null;
    this.scene = scene;
    this.show();
  }

  /**
   * Take a tool, or put it away by taking it again.
   *
   * @param {Tool} tool
   */
  take(tool) {
    this.tool = this.tool === tool ? null : tool;
    this.show();
  }

  show() {
    this.bar.show(this.tool, this.covered);
    this.sheet.root.hidden = this.tool === null || this.covered;
    this.sheet.root.style.cursor = this.tool === ERASER ? 'none' : '';
    if (this.tool === null) this.aim(null);
    this.paint();
  }

  /**
   * While something else stands over the plane nothing can be drawn on it.
   *
   * @param {boolean} on
   */
  cover(on) {
    this.covered = on;
    if (on) this.tool = null;
    this.show();
  }

  /** @param {{ l: number, t: number, w: number, h: number }} place */
  place(place) {
    this.sheet.place(place);
    this.paint();
  }

  // the pointer

  /** @param {PointerEvent} event */
  begin(event) {
    if (event.button !== 0) return;
    this.sheet.root.setPointerCapture(event.pointerId);
    const place = this.sheet.at(event);
    this.stroke = { id: Date.now(), places: [], last: place };
    this.timer = setInterval(() => this.send(), SENT_EVERY);
    this.mark(this.stroke, place);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { clientX, clientY } = event;
    if (clientX === this.lastX && clientY === this.lastY) return; // what moved is the page under the pointer
    this.lastX = clientX;
    this.lastY = clientY;
    const place = this.sheet.at(event);
    this.aim(place);
    if (!this.stroke) return;
    const { w, h } = this.sheet.size;
    const { last } = this.stroke;
    if (Math.hypot((place.x - last.x) * w, (place.y - last.y) * h) >= SPACING) this.mark(this.stroke, place);
  }

  /**
   * @param {Stroke} stroke
   * @param {Point} place
   */
  mark(stroke, place) {
    stroke.places.push(place);
    stroke.last = place;
    if (typeof this.tool === 'number') {
      this.ghosts.push({ ...place, target: this.tool, number: Number.POSITIVE_INFINITY });
    }
    this.paint();
  }

  end() {
    if (!this.stroke) return;
    clearInterval(this.timer);
    this.send();
    this.stroke = null;
  }

  // What has been marked since the last time.
  send() {
    const { stroke, tool } = this;
    if (!stroke?.places.length || tool === null) return;
    const at = stroke.places.map((place) => placeOnPlane(this.scene, place));
    const radius = reachOnPlane(this.scene, REACH, this.sheet.size);
    stroke.places = [];
    const number =
      tool === ERASER
        ? this.order({ do: 'erase', at, radius, stroke: stroke.id })
        : this.order({ do: 'points', at, target: this.target(tool), stroke: stroke.id });
    for (const ghost of this.ghosts) if (ghost.number === Number.POSITIVE_INFINITY) ghost.number = number;
  }

  /** @param {number} tool */
  target(tool) {
    return this.scene.task === 'regression' ? this.bar.value : tool;
  }

  /** @param {Order} order */
  order(order) {
    return this.ask({ ...order, plane: this.axes.view });
  }

  /**
   * The page has done what was asked up to this number: what it drew is there.
   *
   * @param {number} number
   */
  done(number) {
    const waiting = this.ghosts.filter((ghost) => ghost.number > number);
    if (waiting.length === this.ghosts.length) return;
    this.ghosts = waiting;
    this.paint();
  }

  // the keyboard

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.cursor ?? MIDDLE;
    const place = moved(at, event);
    if (place) {
      this.aim(place, true);
      this.sheet.announce(placeText(this.scene, place));
    } else if (event.key === 'Enter') {
      this.once(this.tool, at);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.once(ERASER, at);
    } else if (event.key === 'Escape') {
      this.take(this.tool);
      this.bar.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Use a tool at one place.
   *
   * @param {Tool} tool
   * @param {Point} at
   */
  once(tool, at) {
    const kept = this.tool;
    this.tool = tool;
    this.stroke = { id: Date.now(), places: [], last: at };
    this.mark(this.stroke, at);
    this.send();
    this.stroke = null;
    this.tool = kept;
    const place = placeText(this.scene, at);
    this.sheet.announce(tool === ERASER ? tr('Erased at {place}', { place }) : tr('Added at {place}', { place }));
  }

  /**
   * @param {Point | null} place
   * @param {boolean} [keys] whether it is the keyboard that aims
   */
  aim(place, keys = false) {
    this.cursor = place ?? (this.sheet.hasFocus ? this.cursor : null);
    this.crossed = keys && place !== null;
    this.paint();
  }

  paint() {
    const cursor = this.cursor && { at: this.cursor, crossed: this.crossed };
    if (this.scene) this.sheet.paint(this.scene, this.ghosts, this.tool, cursor);
  }

  close() {
    clearInterval(this.timer);
  }
}
