// @ts-check
// One step of the walkthrough: a map of the network, matrices, and how a cell of the result is made.

import { closest } from './dom.js';
import { later } from './later.js';
import { element, MatrixTable, short, signed } from './matrix_table.js';
import { NetworkMapView } from './network_map.js';

/** @import { Step, Value } from '../../inside/matrices.d.ts' */

const CELL = '.dnn-result td[data-i]';
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Matrices {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.map = new NetworkMapView();
    this.equation = element('div', { class: 'dnn-equation' });
    this.sum = element('output', { class: 'dnn-sum', 'aria-live': 'polite' });
    this.text = ''; // of what is shown
    /** @type {Step} */
    this.step = later();
    /** @type {MatrixTable} */
    this.result = later();
    /** @type {MatrixTable[]} */
    this.operands = [];
    root.replaceChildren(this.map.root, this.equation, this.sum);
    root.addEventListener('pointerover', (event) => this.point(event));
    root.addEventListener('focusin', (event) => this.point(event));
    root.addEventListener('click', (event) => closest(event, '.dnn-result td')?.focus());
    root.addEventListener('keydown', (event) => this.move(event));
  }

  /** @param {Step} step */
  show(step) {
    const text = JSON.stringify(step);
    if (text === this.text) return;
    this.text = text;
    this.step = step;
    this.root.style.setProperty('--negative', step.negative);
    this.root.style.setProperty('--positive', step.positive);
    this.operands = step.operands.map((matrix) => new MatrixTable(matrix, false));
    this.result = new MatrixTable(step.result, true);
    const signs = ['', ...step.signs, '='];
    const parts = [...this.operands, this.result].map(({ figure }, place) => part(signs[place], figure));
    this.equation.replaceChildren(...parts);
    this.map.show(step.map);
    this.sum.textContent = step.hint;
    this.root.dataset.stop = step.id;
  }

  /** @param {Event} event */
  point(event) {
    const cell = closest(event, CELL);
    if (!cell) return;
    const [i, j] = [Number(cell.dataset.i), Number(cell.dataset.j)];
    for (const lit of this.root.querySelectorAll('.lit')) lit.classList.remove('lit');
    const numbers = this.operands.map((table) => {
      const places = table.lit(i, j);
      for (const [r, c] of places) table.cells[r][c].classList.add('lit');
      return places.map(([r, c]) => table.matrix.values[r][c]);
    });
    cell.classList.add('lit');
    this.sum.textContent = written(this.step, numbers, i, j);
    this.map.light(this.step.map, i, j);
  }

  /**
   * Arrow keys walk over the cells of the result, and stay there: elsewhere they go to the next step.
   *
   * @param {KeyboardEvent} event
   */
  move(event) {
    const cell = closest(event, CELL);
    const arrow = ARROWS[event.key];
    if (!cell || !arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.result.cells[Number(cell.dataset.i) + arrow[0]]?.[Number(cell.dataset.j) + arrow[1]];
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/**
 * A matrix with the sign before it, which stays beside it where the line breaks.
 *
 * @param {string} sign
 * @param {HTMLElement} figure
 */
function part(sign, figure) {
  const before = sign ? [element('span', { 'aria-hidden': 'true' }, sign)] : [];
  return element('div', {}, ...before, figure);
}

/**
 * How cell (i, j) of the result is made, as a sentence.
 *
 * @param {Step} step
 * @param {Value[][]} numbers of each operand
 * @param {number} i
 * @param {number} j
 */
export function written({ written, operands, more, result: { name, rows, columns, values } }, numbers, i, j) {
  const result = short(values[i][j]);
  const place = `${name} [${rows[i] || i + 1}, ${columns[j] || j + 1}]`;
  if (written === 'product') {
    const terms = numbers[0].map((value, k) => `${signed(value)} × ${signed(numbers[1][k])}`);
    const inner = operands[0].shape[operands[0].lights === 'row' ? 1 : 0];
    if (terms.length < inner) terms.push(more.replace('{count}', String(inner - terms.length)));
    return `${place} = ${[...terms, ...numbers.slice(2).flat().map(signed)].join(' + ')} = ${result}`;
  }
  if (written === 'sum' || written === 'mean') {
    const terms = numbers[0].map(signed).join(' + ');
    if (written === 'sum') return `${place} = ${terms} = ${result}`;
    const others = numbers.slice(1).flat();
    return `${place} = (${terms}) / ${numbers[0].length}${others.map((value) => ` + ${signed(value)}`).join('')} = ${result}`;
  }
  const text = written.replace(/\{(\w)\}/g, (_, key) => {
    return key === 'r' ? result : numbers[Number(key)].map(signed).join(', ');
  });
  return `${place}: ${text}`;
}
