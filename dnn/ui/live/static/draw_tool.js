// Drawing examples on the plane, and erasing them: with the pointer, or with a cursor that the arrow keys move.

import { short } from './axes.js';
import { fit } from '../../../web/paint.js';
import { outline } from './shapes.js';
import { tr } from './i18n.js';

const SPACING = 12; // pixels between two examples of a stroke
const REACH = 13; // pixels around the eraser
const SENT_EVERY = 250; // milliseconds between two parts of a stroke
const MOST_NAMED = 3; // classes whose names there is room for
const STEP = 1 / 40; // of the plane, by which an arrow key moves the cursor; with Shift five times as far

const ERASER = 'eraser';
const html = () => `<span id="dnn-draw-tool-name">${tr('Draw')}</span>
  <span class="dnn-kinds" role="group" aria-labelledby="dnn-draw-tool-name"></span>
  <label class="dnn-value" hidden>${tr('Value')} <input type="range"><output role="none"></output></label>
  <button type="button" aria-pressed="false" title="${tr('Erase examples')}" aria-label="${tr('Eraser')}"><svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="M-6 2L1 -5L6 0L1 5H-3Z M-2.5 -1.5L2.5 3.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></svg></button>
  <button type="button" title="${tr('Start from an empty plane')}">${tr('Empty')}</button>
  <span class="dnn-thinned"></span>`;

const help = () => tr('Arrow keys move the cursor, with Shift further. Enter adds an example, Delete erases, Escape puts the pen away.');

export class DrawTool {
  // `axes` knows the plane that is drawn; `ask` takes an action for the server, which decides, and gives its number.
  constructor(below, axes, ask) {
    Object.assign(this, { axes, ask, tool: null, ghosts: [], cursor: null, covered: false });
    this.bar = Object.assign(document.createElement('p'), { className: 'dnn-draw-tool', innerHTML: html() });
    below.append(this.bar);
    [, this.kinds, this.valueBox, this.eraser, this.empty, this.thinned] = this.bar.children;
    [this.value, this.said] = this.valueBox.querySelectorAll('input, output');
    this.sheet = Object.assign(document.createElement('div'), { className: 'dnn-sheet', tabIndex: 0, hidden: true });
    this.sheet.setAttribute('role', 'application');
    this.sheet.setAttribute('aria-label', tr('Drawing on the plane'));
    this.sheet.setAttribute('aria-describedby', 'dnn-draw-tool-help');
    this.help = Object.assign(document.createElement('span'), { className: 'dnn-hidden', id: 'dnn-draw-tool-help', textContent: help() });
    this.live = Object.assign(document.createElement('span'), { className: 'dnn-hidden' });
    this.live.setAttribute('role', 'status');
    this.canvas = document.createElement('canvas');
    this.sheet.append(this.canvas);
    below.before(this.sheet);
    this.bar.append(this.help, this.live);
    this.listen();
  }

  listen() {
    const { sheet } = this;
    this.kinds.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (button) this.take(Number(button.dataset.target));
    });
    this.eraser.addEventListener('click', () => this.take(ERASER));
    this.empty.addEventListener('click', () => this.order({ do: 'clear', stroke: Date.now() }));
    this.value.addEventListener('input', () => this.say());
    sheet.addEventListener('pointerdown', (event) => this.begin(event));
    sheet.addEventListener('pointermove', (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) sheet.addEventListener(end, () => this.end());
    sheet.addEventListener('pointerleave', () => this.aim(null));
    sheet.addEventListener('keydown', (event) => this.key(event));
    sheet.addEventListener('focus', () => this.aim(this.cursor ?? { x: 0.5, y: 0.5 }, sheet.matches(':focus-visible')));
    sheet.addEventListener('blur', () => this.aim(null));
  }

  // Buttons that stay what they were are kept, and with them the keyboard's focus.
  stage(scene) {
    const kinds = scene.task === 'regression' ? [] : scene.names.map((name, k) => [name, scene.symbols[k], scene.strong[k]]);
    if (String(kinds) !== String(this.drawnKinds) || !this.scene) {
      const buttons = kinds.length ? kinds.map((kind, k) => this.button(...kind, k)) : [this.button(tr('Number'), 'circle', scene.colors.muted, 0)];
      if (scene.another) buttons.push(this.another(scene.another, kinds.length));
      if (kinds.length > MOST_NAMED) for (const { lastChild } of buttons.slice(0, kinds.length)) lastChild.className = 'dnn-hidden'; // the legend has them
      this.kinds.replaceChildren(...buttons);
      if (this.tool !== null && this.tool !== ERASER && this.tool >= buttons.length) this.tool = null;
    }
    Object.assign(this, { scene, drawnKinds: kinds });
    const { task, heights, curve, examples, rows } = scene;
    this.valueBox.hidden = task !== 'regression' || curve;
    if (heights) {
      const middle = this.value.max && this.value.value !== '' && String(heights) === String(this.heights) ? this.value.value : (heights[0] + heights[1]) / 2;
      Object.assign(this.value, { min: heights[0], max: heights[1], step: (heights[1] - heights[0]) / 50 });
      this.value.value = middle;
      this.heights = heights;
      this.say();
    }
    const count = (number) => number.toLocaleString('en').replace(/,/g, ' ');
    this.thinned.textContent = rows.length < examples ? tr('{shown} of {all} examples drawn', { shown: count(rows.length), all: count(examples) }) : '';
    this.thinned.hidden = !this.thinned.textContent;
    this.show();
  }

  button(name, symbol, color, target) {
    const button = Object.assign(document.createElement('button'), { type: 'button', title: tr('Draw examples: {name}', { name }) });
    button.dataset.target = target;
    button.innerHTML = `<svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${outline(symbol)}" fill="${color}"/></svg><span></span>`;
    button.lastChild.textContent = name;
    return button;
  }

  // Drawing with it makes one class more.
  another({ symbol, color }, target) {
    const button = this.button('+', symbol, color, target);
    button.title = tr('Draw examples of another class');
    button.className = 'dnn-another';
    button.setAttribute('aria-label', button.title);
    return button;
  }

  say() {
    this.said.textContent = short(Number(this.value.value));
  }

  // Take a tool, or put it away by taking it again.
  take(tool) {
    this.tool = this.tool === tool ? null : tool;
    this.show();
  }

  show() {
    for (const button of this.kinds.children) button.setAttribute('aria-pressed', String(Number(button.dataset.target) === this.tool));
    this.eraser.setAttribute('aria-pressed', String(this.tool === ERASER));
    this.sheet.hidden = this.tool === null || this.covered;
    for (const button of [...this.kinds.children, this.eraser]) button.disabled = this.covered;
    this.sheet.style.cursor = this.tool === ERASER ? 'none' : '';
    if (this.tool === null) this.aim(null);
    this.paint();
  }

  // While something else stands over the plane nothing can be drawn on it.
  cover(on) {
    this.covered = on;
    if (on) this.tool = null;
    this.show();
  }

  place({ l, t, w, h }) {
    Object.assign(this.sheet.style, { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px` });
    this.paint();
  }

  // the pointer

  at({ clientX, clientY }) {
    const { left, top, width, height } = this.sheet.getBoundingClientRect();
    const within = (share) => Math.max(0, Math.min(1, share));
    return { x: within((clientX - left) / width), y: within((clientY - top) / height) };
  }

  begin(event) {
    if (event.button !== 0) return;
    this.sheet.setPointerCapture(event.pointerId);
    this.stroke = { id: Date.now(), places: [], last: null };
    this.timer = setInterval(() => this.send(), SENT_EVERY);
    this.mark(this.at(event));
  }

  move(event) {
    const { clientX, clientY } = event;
    if (clientX === this.seen?.clientX && clientY === this.seen?.clientY) return; // what moved is the page under the pointer
    this.seen = { clientX, clientY };
    const place = this.at(event);
    this.aim(place);
    if (!this.stroke) return;
    const { clientWidth, clientHeight } = this.sheet, { last } = this.stroke;
    if (Math.hypot((place.x - last.x) * clientWidth, (place.y - last.y) * clientHeight) >= SPACING) this.mark(place);
  }

  mark(place) {
    this.stroke.places.push(place);
    this.stroke.last = place;
    if (this.tool !== ERASER) this.ghosts.push({ ...place, target: this.tool, number: Infinity });
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
    const { places, id } = this.stroke;
    if (!places.length) return;
    this.stroke.places = [];
    const at = places.map((place) => this.inputs(place));
    const { clientWidth, clientHeight } = this.sheet, [left, right, low, high] = this.scene.bounds;
    const radius = [(REACH / clientWidth) * (right - left), (REACH / clientHeight) * (high - low)];
    const number = this.order(this.tool === ERASER ? { do: 'erase', at, radius, stroke: id } : { do: 'points', at, target: this.target, stroke: id });
    for (const ghost of this.ghosts) if (ghost.number === Infinity) ghost.number = number;
  }

  get target() {
    return this.scene.task === 'regression' ? Number(this.value.value) : this.tool;
  }

  // A share of the sheet as a place on the plane.
  inputs({ x, y }) {
    const [left, right, low, high] = this.scene.bounds;
    return [left + x * (right - left), high - y * (high - low)];
  }

  order(action) {
    return this.ask({ ...action, plane: this.axes.look });
  }

  // The page has done what was asked up to this number: what it drew is there.
  done(number) {
    const waiting = this.ghosts.filter((ghost) => ghost.number > number);
    if (waiting.length === this.ghosts.length) return;
    this.ghosts = waiting;
    this.paint();
  }

  // the keyboard

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = STEP * (event.shiftKey ? 5 : 1);
    const ways = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    const { x, y } = this.cursor ?? { x: 0.5, y: 0.5 };
    const within = (share) => Math.max(0, Math.min(1, share));
    if (ways[event.key]) {
      const [right, down] = ways[event.key];
      this.aim({ x: within(x + right), y: within(y + down) }, true);
      this.tell(this.words());
    } else if (event.key === 'Enter') {
      this.once(this.tool, { x, y });
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.once(ERASER, { x, y });
    } else if (event.key === 'Escape') {
      this.take(this.tool);
      this.bar.querySelector('button').focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  once(tool, place) {
    const kept = this.tool;
    this.tool = tool;
    this.stroke = { id: Date.now(), places: [], last: null };
    this.mark(place);
    this.send();
    this.stroke = null;
    this.tool = kept;
    const at = { place: this.words() };
    this.tell(tool === ERASER ? tr('Erased at {place}', at) : tr('Added at {place}', at));
  }

  words() {
    const [across, up] = this.scene.plane.axes, [x, y] = this.inputs(this.cursor);
    return up ? `${across} ${short(x)}, ${up} ${short(y)}` : `${across} ${short(x)}`;
  }

  tell(text) {
    this.live.textContent = text;
  }

  aim(place, keys = false) {
    this.cursor = place ?? (this.sheet === document.activeElement ? this.cursor : null);
    this.crossed = keys && place !== null;
    this.paint();
  }

  // What was drawn and is not among the examples yet, and the cursor.
  paint() {
    const { clientWidth: w, clientHeight: h } = this.sheet;
    if (!w || !this.scene) return;
    const { colors, strong, symbols, task, another } = this.scene;
    const context = fit(this.canvas, w, h);
    context.clearRect(0, 0, w, h);
    for (const { x, y, target } of this.ghosts) {
      const size = 0.62 * this.scene.scale;
      context.save();
      context.translate(x * w, y * h);
      context.scale(size, size);
      const path = new Path2D(outline(task === 'regression' ? 'circle' : symbols[target] ?? another.symbol));
      context.fillStyle = task === 'regression' ? colors.muted : strong[target] ?? another.color;
      context.strokeStyle = colors.paper;
      context.lineWidth = 1.5;
      context.fill(path);
      context.stroke(path);
      context.restore();
    }
    if (!this.cursor || this.tool === null) return;
    const [x, y] = [this.cursor.x * w, this.cursor.y * h];
    context.beginPath();
    if (this.tool === ERASER) context.arc(x, y, REACH, 0, 2 * Math.PI);
    if (this.crossed) {
      for (const [dx, dy] of [[1, 0], [0, 1]]) {
        context.moveTo(x - 14 * dx, y - 14 * dy);
        context.lineTo(x + 14 * dx, y + 14 * dy);
      }
    }
    for (const [style, width] of [[colors.paper, 4], [colors.ink, 2]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  }

  close() {
    clearInterval(this.timer);
  }
}
