// @ts-check
// A matrix as a table, with its name and shape over it.

/** @import { Matrix, Value } from '../../inside/matrices.d.ts' */

/**
 * An element with these attributes and children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * A number for a cell.
 *
 * @param {Value} value
 */
export function short(value) {
  if (typeof value !== 'number') return String(value);
  const size = Math.abs(value);
  const extreme = size !== 0 && (size < 0.001 || size >= 10000);
  const text = size === 0 ? '0' : extreme ? value.toExponential(1) : value.toFixed(size < 10 ? 3 : 2);
  return text.replace('-', '−').replace(/e\+?(.+)$/, (_, power) => `e${power.replace('-', '−')}`);
}

/**
 * The same, in brackets if it is negative.
 *
 * @param {Value} value
 */
export function signed(value) {
  return typeof value === 'number' && value < 0 ? `(${short(value)})` : short(value);
}

export class MatrixTable {
  /**
   * @param {Matrix} matrix
   * @param {boolean} result whether its cells can be reached with the keyboard
   */
  constructor(matrix, result) {
    this.matrix = matrix;
    this.cells = matrix.values.map((row, i) => row.map((value, j) => this.cell(value, i, j)));
    if (result) {
      for (const cell of this.cells.flat()) cell.tabIndex = -1;
      if (this.cells[0]?.[0]) this.cells[0][0].tabIndex = 0;
    }
    const [rows, columns] = matrix.shape;
    const caption = element('figcaption', {}, matrix.name, element('small', {}, `${rows} × ${columns}`));
    const table = element(
      'table',
      { 'aria-label': `${matrix.name}, ${rows} × ${columns}` },
      this.head(),
      ...this.body(),
    );
    this.figure = element('figure', { class: result ? 'dnn-result' : '', role: 'group' }, caption, table);
  }

  head() {
    const { columns, shape } = this.matrix;
    const head = element('tr', {}, element('td', { 'aria-hidden': 'true', style: 'visibility: hidden' }));
    head.append(...columns.map((name) => element('th', { scope: 'col' }, name)));
    if (columns.length < shape[1]) head.append(element('th', {}, '…'));
    return head;
  }

  body() {
    const { rows, shape } = this.matrix;
    const body = this.cells.map((row, i) => element('tr', {}, element('th', { scope: 'row' }, rows[i]), ...row));
    if (rows.length < shape[0]) body.push(element('tr', {}, element('th', { scope: 'row' }, '…')));
    return body;
  }

  /**
   * @param {Value} value
   * @param {number} i
   * @param {number} j
   */
  cell(value, i, j) {
    const { largest } = this.matrix;
    const cell = element('td', { 'data-i': String(i), 'data-j': String(j), title: String(value) }, short(value));
    const size = typeof value === 'number' && largest ? Math.abs(value) / largest : 0;
    const negative = typeof value === 'number' && value < 0;
    cell.style.setProperty('--share', size.toFixed(3));
    cell.style.setProperty('--tint', negative ? 'var(--negative)' : 'var(--positive)');
    return cell;
  }

  /**
   * The places of the cells that made cell (i, j) of the result.
   *
   * @param {number} i
   * @param {number} j
   * @returns {[number, number][]}
   */
  lit(i, j) {
    const { cells } = this;
    /** @type {[number, number][]} */
    const places = cells.flatMap((row, r) => row.map((_, c) => /** @type {[number, number]} */ ([r, c])));
    const { lights } = this.matrix;
    if (lights === 'row') return places.filter(([r]) => r === Math.min(i, cells.length - 1));
    if (lights === 'column') return places.filter(([r, c]) => c === Math.min(j, cells[r].length - 1));
    if (lights === 'all') return places;
    return places.filter(([r, c]) => r === i && c === j);
  }
}
