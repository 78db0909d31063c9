// @ts-check
// The numbers as a table: who was taken for whom with precision and recall, or R² and RMSE.

import { create } from './dom.js';
import { tr } from './i18n.js';

/** @import { Classification, Regression } from '../contract.d.ts' */
/** @typedef {{ text: string, share?: number, right?: boolean }} Cell its share of the row, and whether it counts right ones */
/** @typedef {{ caption: string, head: string[], rows: { name: string, cells: Cell[] }[] }} Table */

/** @param {number | null} share */
const percent = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
/** @param {number | null} number */
const plain = (number) => (number === null ? '–' : number.toPrecision(4));

// Of which examples they are, without and with the words that explain the table of classes.
const PARTS = {
  test: (/** @type {number} */ examples) => tr('{examples} test examples', { examples }),
  train: (/** @type {number} */ examples) => tr('{examples} training examples', { examples }),
};
const CLASSES = {
  test: (/** @type {number} */ examples) =>
    tr('{examples} test examples: true class in rows, predicted class in columns', { examples }),
  train: (/** @type {number} */ examples) =>
    tr('{examples} training examples: true class in rows, predicted class in columns', { examples }),
};

export class Report {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.shape = '';
    /** @type {HTMLTableCellElement[][]} */
    this.cells = [];
  }

  /**
   * Built anew when its shape changes; otherwise only the cells, so that a screen reader keeps its place.
   *
   * @param {Classification | Regression} report
   * @param {string[]} names what the page calls the classes
   */
  draw(report, names) {
    const table = 'confusion' in report ? classes(report, names) : regression(report);
    const { head, rows, caption } = table;
    const shape = JSON.stringify([head, rows.map((row) => [row.name, row.cells.length]), caption]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.build(table);
    }
    rows.forEach((row, r) => {
      row.cells.forEach(({ text, share, right }, c) => {
        const cell = this.cells[r][c];
        if (cell.textContent !== text) cell.textContent = text;
        cell.classList.toggle('dnn-right', right === true);
        cell.style.setProperty('--share', String(share ?? 0));
      });
    });
  }

  /** @param {Table} table */
  build({ head, rows, caption }) {
    const table = create('table');
    table.append(create('caption', { textContent: caption }));
    const top = create('tr');
    top.append(create('td'), ...head.map((textContent) => create('th', { textContent, scope: 'col' })));
    table.createTHead().append(top);
    const body = table.createTBody();
    this.cells = rows.map((row) => {
      const cells = row.cells.map(() => create('td'));
      const line = create('tr');
      line.append(create('th', { textContent: row.name, scope: 'row' }), ...cells);
      body.append(line);
      return cells;
    });
    this.box.replaceChildren(table);
  }
}

/**
 * @param {Classification} report
 * @param {string[]} names
 * @returns {Table}
 */
function classes({ part, examples, confusion, precision, recall }, names) {
  const rows = confusion.map((counts, k) => {
    const all = counts.reduce((sum, n) => sum + n, 0);
    /** @type {Cell[]} */
    const cells = counts.map((n, j) => ({ text: `${n}`, share: all ? n / all : 0, right: j === k }));
    return { name: names[k], cells: [...cells, { text: percent(recall[k]) }] };
  });
  const last = precision.map((share) => ({ text: percent(share) }));
  return {
    caption: CLASSES[part](examples),
    head: [...names.map((name) => tr('as {name}', { name })), tr('recall')],
    rows: [...rows, { name: tr('precision'), cells: [...last, { text: '' }] }],
  };
}

/**
 * @param {Regression} report
 * @returns {Table}
 */
function regression({ part, examples, r2, rmse }) {
  const several = r2.length > 1;
  return {
    caption: PARTS[part](examples),
    head: r2.map((_, k) => (several ? tr('output {number}', { number: k + 1 }) : tr('value'))),
    rows: [
      { name: 'R²', cells: r2.map((number) => ({ text: plain(number) })) },
      { name: 'RMSE', cells: rmse.map((number) => ({ text: plain(number) })) },
    ],
  };
}
