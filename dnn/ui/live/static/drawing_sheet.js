// @ts-check
// The sheet over the plane that takes what is drawn, and shows what is not among the examples yet.

import { fit } from '../../../web/paint.js';
import { create, putAt, within } from './dom.js';
import { ERASER } from './draw_bar.js';
import { tr } from './i18n.js';
import { outline } from './shapes.js';

/** @import { Scene } from '../contract.d.ts' */
/** @import { Tool } from './draw_bar.js' */
/** @import { Point } from './geometry.js' */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {Point & { target: number, number: number }} Ghost with the number of the action that drew it */
/** @typedef {{ at: Point, crossed: boolean }} Cursor and whether keys move it, so that a cross marks it */

export const REACH = 13; // pixels around the eraser

const help = () =>
  tr('Arrow keys move the cursor, with Shift further. Enter adds an example, Delete erases, Escape puts the pen away.');

const STEP = 1 / 40; // of the sheet, by which an arrow key moves the cursor; with Shift five times as far
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Where an arrow key moves the cursor; null for another key.
 *
 * @param {Point} cursor
 * @param {KeyboardEvent} event
 */
export function moved({ x, y }, { key, shiftKey }) {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const step = STEP * (shiftKey ? 5 : 1);
  return { x: within(x + arrow[0] * step), y: within(y + arrow[1] * step) };
}

// All places on it are shares of its width and height, from the top left.
export class DrawingSheet {
  /**
   * @param {HTMLElement} below before which it stands
   * @param {HTMLElement} bar which has room for what is only read out
   */
  constructor(below, bar) {
    this.root = create('div', { className: 'dnn-sheet', tabIndex: 0, hidden: true });
    this.root.setAttribute('role', 'application');
    this.root.setAttribute('aria-label', tr('Drawing on the plane'));
    this.root.setAttribute('aria-describedby', 'dnn-draw-tool-help');
    const description = create('span', { className: 'dnn-hidden', id: 'dnn-draw-tool-help', textContent: help() });
    this.live = create('span', { className: 'dnn-hidden' });
    this.live.setAttribute('role', 'status');
    this.canvas = create('canvas');
    this.root.append(this.canvas);
    below.before(this.root);
    bar.append(description, this.live);
  }

  get size() {
    const { clientWidth: w, clientHeight: h } = this.root;
    return { w, h };
  }

  get hasFocus() {
    return this.root === document.activeElement;
  }

  /** @param {{ l: number, t: number, w: number, h: number }} place */
  place(place) {
    putAt(this.root, place);
  }

  /**
   * @param {PointerEvent} event
   * @returns {Point}
   */
  at({ clientX, clientY }) {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    return { x: within((clientX - left) / width), y: within((clientY - top) / height) };
  }

  /**
   * Have a screen reader say something.
   *
   * @param {string} text
   */
  announce(text) {
    this.live.textContent = text;
  }

  /**
   * What was drawn and is not among the examples yet, and the cursor.
   *
   * @param {Scene} scene
   * @param {Ghost[]} ghosts
   * @param {Tool} tool
   * @param {Cursor | null} cursor
   */
  paint(scene, ghosts, tool, cursor) {
    if (this.root.hidden) return; // its size is not asked for, which has the browser lay out the page
    const { w, h } = this.size;
    if (!w) return;
    const context = fit(this.canvas, w, h);
    context.clearRect(0, 0, w, h);
    for (const ghost of ghosts) this.ghost(context, scene, ghost);
    if (cursor && tool !== null) this.cursor(context, scene, tool, cursor);
  }

  /**
   * @param {Context} context
   * @param {Scene} scene
   * @param {Ghost} ghost
   */
  ghost(context, { colors, strong, symbols, task, another, scale }, { x, y, target }) {
    const { w, h } = this.size;
    const numbers = task === 'regression';
    const symbol = numbers ? 'circle' : (symbols[target] ?? another?.symbol);
    const path = new Path2D(outline(symbol));
    context.save();
    context.translate(x * w, y * h);
    context.scale(0.62 * scale, 0.62 * scale);
    context.fillStyle = numbers ? colors.muted : (strong[target] ?? another?.color);
    context.strokeStyle = colors.paper;
    context.lineWidth = 1.5;
    context.fill(path);
    context.stroke(path);
    context.restore();
  }

  /**
   * @param {Context} context
   * @param {Scene} scene
   * @param {Tool} tool
   * @param {Cursor} cursor
   */
  cursor(context, { colors }, tool, { at, crossed }) {
    const { w, h } = this.size;
    const x = at.x * w;
    const y = at.y * h;
    context.beginPath();
    if (tool === ERASER) context.arc(x, y, REACH, 0, 2 * Math.PI);
    if (crossed) {
      context.moveTo(x - 14, y);
      context.lineTo(x + 14, y);
      context.moveTo(x, y - 14);
      context.lineTo(x, y + 14);
    }
    context.strokeStyle = colors.paper;
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.stroke();
  }
}
