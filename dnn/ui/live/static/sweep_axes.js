// @ts-check
// The axes of a sweep: titles and values in full, around a box for the cells.

import { create } from './dom.js';

/** @typedef {{ title: string, labels: string[] }} Axis */

const GAP = 3; // pixels between two cells
const [LEAST, MOST] = [12, 170]; // pixels on a side of a cell
const AROUND = 365; // pixels of the window's height that the grid leaves for what stands around it

export class SweepAxes {
  constructor() {
    this.root = create('div', { className: 'dnn-axes-grid' });
    this.up = create('div', { className: 'dnn-up-title' });
    this.across = create('div', { className: 'dnn-across-title' });
    this.rows = create('div', { className: 'dnn-row-labels' });
    this.columns = create('div', { className: 'dnn-column-labels' });
    this.box = create('div', { className: 'dnn-sweep-cells' });
    this.box.setAttribute('role', 'group');
    this.root.append(this.up, this.rows, this.box, this.columns, this.across);
    this.size = MOST;
    this.columnCount = this.rowCount = 1;
  }

  /**
   * @param {Axis} across
   * @param {Axis} up from the top down
   */
  label(across, up) {
    this.up.textContent = up.title;
    this.across.textContent = across.title;
    this.box.setAttribute('aria-label', [across.title, up.title].filter(Boolean).join(' × '));
    const labels = (/** @type {string[]} */ texts) => texts.map((textContent) => create('span', { textContent }));
    this.rows.replaceChildren(...labels(up.labels));
    this.columns.replaceChildren(...labels(across.labels));
    this.columnCount = across.labels.length;
    this.rowCount = up.labels.length;
  }

  /**
   * Fit the cells into the room that there is; returns the pixels on a side of a cell.
   *
   * @param {number} width in pixels of that room
   */
  resize(width) {
    const { root, columnCount, rowCount } = this;
    const room = width - this.up.offsetWidth - this.rows.offsetWidth - 8;
    const height = Math.max(window.innerHeight - AROUND, 320);
    const fits = Math.min(room / columnCount, height / rowCount) - GAP;
    this.size = Math.floor(Math.max(LEAST, Math.min(MOST, fits)));
    root.style.setProperty('--cell', `${this.size}px`);
    root.style.setProperty('--gap', `${GAP}px`);
    this.box.style.gridTemplateColumns = `repeat(${columnCount}, var(--cell))`;
    root.classList.remove('dnn-upright');
    const labels = [...this.columns.children];
    root.classList.toggle(
      'dnn-upright',
      labels.some((label) => label.scrollWidth > this.size + GAP),
    );
    return this.size;
  }
}
