// One stop of the walk through a training step: a map of the network, matrices, and how a cell of the result is made.

const SVG = 'http://www.w3.org/2000/svg';

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const draw = (name, attributes, text = '') => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

// A number for a cell; what is not finite comes as a word.
export const short = (value) => {
  if (typeof value !== 'number') return String(value);
  const size = Math.abs(value);
  const text = size === 0 ? '0' : size < 0.001 || size >= 10000 ? value.toExponential(1) : value.toFixed(size < 10 ? 3 : 2);
  return text.replace('-', '−').replace(/e\+?(.+)$/, (_, power) => `e${power.replace('-', '−')}`);
};

const signed = (value) => (typeof value === 'number' && value < 0 ? `(${short(value)})` : short(value));

export class Matrices {
  constructor(root) {
    this.root = root;
    this.map = draw('svg', { role: 'img' });
    this.equation = make('div', { class: 'dnn-equation' });
    this.sum = make('output', { class: 'dnn-sum', 'aria-live': 'polite' });
    root.replaceChildren(this.map, this.equation, this.sum);
    root.addEventListener('pointerover', (event) => this.point(event.target));
    root.addEventListener('focusin', (event) => this.point(event.target));
    root.addEventListener('click', (event) => event.target.closest('.dnn-result td')?.focus());
    root.addEventListener('keydown', (event) => this.move(event));
  }

  show(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    this.text = text;
    this.data = data;
    this.root.style.setProperty('--negative', data.negative);
    this.root.style.setProperty('--positive', data.positive);
    this.tables = data.operands.map((matrix) => this.table(matrix, false));
    this.result = this.table(data.result, true);
    const signs = ['', ...data.signs, '='];
    const parts = [...this.tables, this.result].map(({ figure }, place) => this.part(signs[place], figure));
    this.equation.replaceChildren(...parts);
    this.network();
    this.sum.textContent = data.hint;
    this.root.dataset.stop = data.id;
    if (this.map.clientWidth) return;
    new ResizeObserver((_, observer) => { if (this.map.clientWidth) { this.network(); observer.disconnect(); } }).observe(this.map);
  }

  // A matrix with the sign before it, which stays beside it where the line breaks.
  part(sign, figure) {
    return make('div', {}, ...(sign ? [make('span', { 'aria-hidden': 'true' }, sign)] : []), figure);
  }

  table(matrix, result) {
    const corner = make('td', { 'aria-hidden': 'true', style: 'visibility: hidden' });
    const more = (there, all) => (there < all ? [make('th', {}, '…')] : []);
    const [rows, columns] = matrix.shape;
    const head = make('tr', {}, corner, ...matrix.columns.map((name) => make('th', { scope: 'col' }, name)), ...more(matrix.columns.length, columns));
    const cells = matrix.values.map((row, i) => row.map((value, j) => {
      const cell = make('td', { 'data-i': i, 'data-j': j, title: String(value) }, short(value));
      const size = typeof value === 'number' && matrix.largest ? Math.abs(value) / matrix.largest : 0;
      cell.style.setProperty('--share', size.toFixed(3));
      cell.style.setProperty('--tint', value < 0 ? 'var(--negative)' : 'var(--positive)');
      if (result) cell.tabIndex = i || j ? -1 : 0;
      return cell;
    }));
    const body = cells.map((row, i) => make('tr', {}, make('th', { scope: 'row' }, matrix.rows[i]), ...row));
    if (matrix.rows.length < rows) body.push(make('tr', {}, make('th', { scope: 'row' }, '…')));
    const caption = make('figcaption', {}, matrix.name, make('small', {}, `${rows} × ${columns}`));
    const table = make('table', { 'aria-label': `${matrix.name}, ${rows} × ${columns}` }, head, ...body);
    return { matrix, cells, figure: make('figure', { class: result ? 'dnn-result' : '', role: 'group' }, caption, table) };
  }

  // Which cells of an operand made cell (i, j) of the result.
  lit({ matrix, cells }, i, j) {
    const [all, rows] = [cells.flat(), cells.length];
    if (matrix.lights === 'row') return cells[Math.min(i, rows - 1)] ?? [];
    if (matrix.lights === 'column') return cells.map((row) => row[Math.min(j, row.length - 1)]).filter(Boolean);
    if (matrix.lights === 'all') return all;
    return cells[i]?.[j] ? [cells[i][j]] : [];
  }

  point(target) {
    const cell = target.closest?.('.dnn-result td[data-i]');
    if (!cell) return;
    const [i, j] = [Number(cell.dataset.i), Number(cell.dataset.j)];
    for (const lit of this.root.querySelectorAll('.lit')) lit.classList.remove('lit');
    const made = this.tables.map((table) => this.lit(table, i, j));
    for (const lit of [...made.flat(), cell]) lit.classList.add('lit');
    const numbers = made.map((group) => group.map((each) => this.value(each)));
    this.sum.textContent = this.written(numbers, this.data.result.values[i][j], i, j);
    this.light(i, j);
  }

  value(cell) {
    const table = this.tables.find(({ figure }) => figure.contains(cell));
    return table.matrix.values[cell.dataset.i][cell.dataset.j];
  }

  written(numbers, result, i, j) {
    const { written, operands, more, result: { name, rows, columns } } = this.data;
    const place = `${name} [${rows[i] || i + 1}, ${columns[j] || j + 1}]`;
    const rest = (there, all) => (there < all ? [more.replace('{count}', all - there)] : []);
    const equals = `= ${short(result)}`;
    if (written === 'product') {
      const terms = numbers[0].map((value, k) => `${signed(value)} × ${signed(numbers[1][k])}`);
      const inner = operands[0].shape[operands[0].lights === 'row' ? 1 : 0];
      return `${place} = ${[...terms, ...rest(terms.length, inner), ...numbers.slice(2).flat().map(signed)].join(' + ')} ${equals}`;
    }
    if (written === 'sum' || written === 'mean') {
      const terms = numbers[0].map(signed).join(' + ');
      const others = numbers.slice(1).flat().map((value) => ` + ${signed(value)}`).join('');
      return written === 'sum' ? `${place} = ${terms} ${equals}` : `${place} = (${terms}) / ${numbers[0].length}${others} ${equals}`;
    }
    const said = written.replace(/\{(\w)\}/g, (_, key) => (key === 'r' ? short(result) : numbers[key].map(signed).join(', ')));
    return `${place}: ${said}`;
  }

  // Arrow keys walk over the cells of the result, and stay there: elsewhere they go to the next stop.
  move(event) {
    const cell = event.target.closest?.('.dnn-result td[data-i]');
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!cell || !step) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.result.cells[Number(cell.dataset.i) + step[0]]?.[Number(cell.dataset.j) + step[1]];
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  // The map: layers as columns of dots. Where the stop is, dots or lines are dark; what a cell is about is filled.
  network() {
    const { sizes, layer, part, label, names } = this.data.map;
    const width = this.map.clientWidth || 800, height = 140, most = 9;
    this.map.setAttribute('viewBox', `0 0 ${width} ${height + 18}`);
    this.map.setAttribute('aria-label', label);
    const across = (place) => width * (place + 0.5) / sizes.length;
    const shown = sizes.map((size) => Math.min(size, most));
    const down = (place, unit) => height * (unit + 0.5) / shown[place];
    const lines = [], dots = [];
    this.dots = shown.map((count, place) => Array.from({ length: count }, (_, unit) => {
      const here = part === 'units' && place === layer;
      const dot = draw('circle', { cx: across(place), cy: down(place, unit), r: Math.min(7, height / count / 2 - 1.5), class: here ? 'here' : '' });
      dots.push(dot);
      return dot;
    }));
    this.lines = shown.slice(1).map((count, before) => Array.from({ length: count }, (_, unit) => Array.from({ length: shown[before] }, (_, from) => {
      const here = part === 'weights' && before + 1 === layer;
      const line = draw('line', { x1: across(before), y1: down(before, from), x2: across(before + 1), y2: down(before + 1, unit), class: here ? 'here' : '' });
      lines.push(line);
      return line;
    })));
    const words = sizes.map((size, place) => draw('text', { x: across(place), y: height + 13 }, names[place] + (size > most ? ` (${size})` : '')));
    this.map.replaceChildren(...lines, ...dots, ...words);
  }

  light(i, j) {
    const { layer, part, axes } = this.data.map;
    const at = { row: i, column: j };
    const unit = at[axes.unit], from = at[axes.from];
    if (unit !== undefined) this.dots[layer]?.[unit]?.classList.add('lit');
    else if (from !== undefined) this.dots[layer - 1]?.[from]?.classList.add('lit');
    if (part !== 'weights') return;
    (this.lines[layer - 1] ?? []).forEach((lines, to) => lines.forEach((line, start) => {
      const mine = (unit === undefined || unit === to) && (from === undefined || from === start);
      if (mine && (unit !== undefined || from !== undefined)) line.classList.add('lit');
    }));
  }
}
