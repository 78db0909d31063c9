// The numbers as a table: who was taken for whom with precision and recall, or R² and RMSE.

import { tr } from './i18n.js';

const percent = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const plain = (number) => (number === null ? '–' : number.toPrecision(4));

// Of which examples they are, without and with the words that explain the table of classes.
const PARTS = {
  test: (examples) => tr('{examples} test examples', { examples }),
  train: (examples) => tr('{examples} training examples', { examples }),
};
const CLASSES = {
  test: (examples) => tr('{examples} test examples: true class in rows, predicted class in columns', { examples }),
  train: (examples) => tr('{examples} training examples: true class in rows, predicted class in columns', { examples }),
};

export class Report {
  constructor(box) {
    this.box = box;
  }

  // Built anew when its shape changes; otherwise only the cells, so that a screen reader keeps its place.
  // `names` are what the page calls the classes.
  draw(report, names) {
    const { head, rows, caption } = report.confusion ? classes(report, names) : regression(report);
    const shape = JSON.stringify([head, rows.map((row) => [row.name, row.cells.length]), caption]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.build(head, rows, caption);
    }
    rows.forEach((row, r) =>
      row.cells.forEach(({ text, share, right }, c) => {
        const cell = this.cells[r][c];
        if (cell.textContent !== text) cell.textContent = text;
        cell.classList.toggle('dnn-right', right === true);
        cell.style.setProperty('--share', share ?? 0);
      }),
    );
  }

  build(head, rows, caption) {
    const make = (tag, text = '', more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
    const table = make('table');
    table.append(make('caption', caption));
    const top = make('tr');
    top.append(make('td'), ...head.map((text) => make('th', text, { scope: 'col' })));
    table.createTHead().append(top);
    const body = table.createTBody();
    this.cells = rows.map((row) => {
      const cells = row.cells.map(() => make('td'));
      const line = make('tr');
      line.append(make('th', row.name, { scope: 'row' }), ...cells);
      body.append(line);
      return cells;
    });
    this.box.replaceChildren(table);
  }
}

function classes({ part, examples, confusion, precision, recall }, names) {
  const rows = confusion.map((counts, k) => {
    const all = counts.reduce((sum, n) => sum + n, 0);
    const cells = counts.map((n, j) => ({ text: `${n}`, share: all ? n / all : 0, right: j === k }));
    return { name: names[k], cells: [...cells, { text: percent(recall[k]) }] };
  });
  rows.push({ name: tr('precision'), cells: [...precision.map((share) => ({ text: percent(share) })), { text: '' }] });
  return {
    caption: CLASSES[part](examples),
    head: [...names.map((name) => tr('as {name}', { name })), tr('recall')],
    rows,
  };
}

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
