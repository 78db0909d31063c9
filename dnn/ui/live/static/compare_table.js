// @ts-check
// What differs between the compared runs, and their numbers: other values than the first run's are marked, and the best.

import { create } from './dom.js';
import { costText, numbersOf, shareText } from './group_cell.js';
import { tr } from './i18n.js';

/** @import { GroupFrame } from '../group_contract.d.ts' */
/** @import { Numbers } from './group_cell.js' */
/** @import { Settings } from './compare.js' */

/** @typedef {Exclude<keyof Numbers, 'epoch'>} Name */

/**
 * The places of the best numbers: the lowest costs, the highest shares; none where all are the same or missing.
 *
 * @param {(number | null)[]} values
 * @param {boolean} low
 */
export function bestOf(values, low) {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)).map(Number);
  if (!finite.length) return [];
  const best = low ? Math.min(...finite) : Math.max(...finite);
  if (values.every((value) => value === best)) return [];
  return [...values.keys()].filter((place) => values[place] === best);
}

export class CompareTable {
  constructor() {
    this.root = create('div', { className: 'dnn-compare-table' });
    this.table = create('table');
    this.root.append(this.table);
    /** @type {Record<Name, HTMLTableRowElement>} */
    this.rows = /** @type {Record<Name, HTMLTableRowElement>} */ ({});
  }

  /** @param {Settings} settings */
  update({ names, rows }) {
    const head = create('thead');
    head.append(this.row('', names, 'th'));
    const body = create('tbody');
    for (const { title, texts, marked } of rows) {
      const row = this.row(title, texts, 'td');
      marked.forEach((other, place) => {
        if (!other) return;
        const cell = row.cells[place + 1];
        cell.classList.add('dnn-other');
        cell.title = tr('Another value than in the first run');
      });
      body.append(row);
    }
    /** @type {Record<Name, string>} */
    const titles = {
      train_cost: tr('Train cost'),
      validation_cost: tr('Validation cost'),
      test_cost: tr('Test cost'),
      train_accuracy: tr('Train accuracy'),
      validation_accuracy: tr('Validation accuracy'),
      test_accuracy: tr('Test accuracy'),
    };
    for (const name of /** @type {Name[]} */ (Object.keys(titles))) {
      this.rows[name] = this.row(
        titles[name],
        names.map(() => ''),
        'td',
      );
      this.rows[name].classList.add('dnn-number-row');
      body.append(this.rows[name]);
    }
    this.table.replaceChildren(head, body);
  }

  /**
   * @param {string} title
   * @param {string[]} texts
   * @param {'td' | 'th'} tag
   */
  row(title, texts, tag) {
    const row = create('tr');
    row.append(create('th', { textContent: title, scope: 'row' }));
    for (const textContent of texts) row.append(create(tag, { textContent }));
    return row;
  }

  /** @param {GroupFrame} frame */
  draw(frame) {
    const count = frame.states.length;
    for (const name of /** @type {Name[]} */ (Object.keys(this.rows))) {
      const row = this.rows[name];
      const values = Array.from({ length: count }, (_, place) => numbersOf(frame, place)[name]);
      row.hidden = values.every((value) => value === null);
      if (row.hidden || row.cells.length !== count + 1) continue;
      const low = name.endsWith('cost');
      const best = bestOf(values, low);
      values.forEach((value, place) => {
        const cell = row.cells[place + 1];
        cell.textContent = low ? costText(value) : shareText(value);
        cell.classList.toggle('dnn-best', best.includes(place));
        cell.title = best.includes(place) ? tr('The best') : '';
      });
    }
  }
}
