// @ts-check
// A step's drawing: a picture whose numbers can be dragged, sliders for the same numbers, and what it shows in words.
// Parts of it are tied to words of the text: what is pointed at in one lights up in the other.

import { create } from '../dom.js';
import { setLanguage, tr } from '../i18n.js';
import { later } from '../later.js';
import { createSvg } from '../svg.js';
import { HandleRow } from './handle_row.js';
import { KINDS } from './kinds.js';
import { HEIGHT, WIDTH } from './shapes.js';

/** @import { Data, Field, Kind, Shape, Values } from './contract.d.ts' */

const WORD = 'dnn-part'; // the class of a word that points at a part; `dnn-part-w1` names it
const FIELD = 'dnn-drawing-field';
const WORDS = 'dnn-drawing-words';

export class Drawing {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.text = ''; // of what is shown
    this.part = ''; // that is lit
    /** @type {Kind<any>} */
    this.kind = later();
    /** @type {Data} */
    this.data = later();
    /** @type {Values} */
    this.values = {};
    /** @type {HandleRow[]} */
    this.rows = [];
    this.svg = createSvg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-describedby': WORDS });
    this.title = create('figcaption');
    this.sliders = create('div', { className: 'dnn-drawing-handles' });
    this.words = create('p', { id: WORDS });
    this.words.setAttribute('aria-live', 'polite');
    root.replaceChildren(this.title, this.svg, this.sliders, this.words);
    this.listening = new AbortController();
    this.listen();
  }

  /** @param {Data} data */
  show(data) {
    const { root } = this;
    const { negative, positive, ramp, parts } = data.colors;
    root.style.setProperty('--negative', negative);
    root.style.setProperty('--positive', positive);
    for (const [k, color] of parts.entries()) root.style.setProperty(`--c${k}`, color);
    this.ramp = ramp;
    const text = JSON.stringify([data.kind, data.settings, data.language.name]);
    this.data = data;
    if (text !== this.text) {
      this.text = text;
      this.begin();
    }
    this.draw();
  }

  begin() {
    const { kind, settings, language } = this.data;
    setLanguage(language);
    this.kind = KINDS[kind];
    this.values = { ...this.kind.start(settings) };
    this.part = '';
    const title = this.kind.title(settings);
    this.title.textContent = title;
    this.svg.setAttribute('aria-label', title);
    this.rows = this.kind.handles(settings).map((handle) => {
      return new HandleRow(handle, (value) => this.change({ ...this.values, [handle.name]: value }));
    });
    const back = create('button', { type: 'button', textContent: tr('As at first') });
    back.addEventListener('click', () => this.change({ ...this.kind.start(settings) }));
    this.sliders.replaceChildren(...this.rows.map((row) => row.root), back);
    this.root.dataset.kind = kind;
  }

  /** @param {Values} values */
  change(values) {
    this.values = values;
    this.draw();
  }

  draw() {
    const { kind, data, values } = this;
    const { settings } = data;
    const field = kind.field?.(settings, values);
    const elements = kind.shapes(settings, values).flatMap(toElements);
    this.svg.replaceChildren(...(field ? painted(field, this.ramp ?? []) : []), ...elements);
    for (const row of this.rows) row.show(values[row.handle.name]);
    const words = kind.words(settings, values);
    if (this.words.textContent !== words) this.words.textContent = words;
    this.light(this.part);
  }

  /** Light a part, here and in the text; '' for none. @param {string} part */
  light(part) {
    this.part = part;
    this.root.classList.toggle('dnn-lights', part !== '');
    for (const element of this.root.querySelectorAll('[data-part]')) {
      element.classList.toggle('lit', /** @type {HTMLElement} */ (element).dataset.part === part);
    }
    for (const word of document.querySelectorAll(`.${WORD}`)) {
      word.classList.toggle('lit', word.classList.contains(`${WORD}-${part}`));
    }
  }

  listen() {
    const { signal } = this.listening;
    for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
      document.addEventListener(name, (event) => this.point(event), { signal });
    }
    document.addEventListener('focusout', () => this.light(''), { signal });
    this.svg.addEventListener('pointerdown', (event) => this.grab(event));
  }

  /** @param {Event} event */
  point({ target }) {
    if (!(target instanceof Element)) return;
    const word = target.closest(`.${WORD}`);
    const name = word && Array.from(word.classList).find((each) => each.startsWith(`${WORD}-`));
    const here = this.root.contains(target) ? target.closest('[data-part]') : null;
    const part = name?.slice(WORD.length + 1) ?? here?.getAttribute('data-part') ?? '';
    if (part !== this.part) this.light(part);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const { target } = event;
    const name = target instanceof Element ? target.closest('[data-drag]')?.getAttribute('data-drag') : null;
    if (!name || !this.kind.drag) return;
    event.preventDefault();
    const end = new AbortController();
    const { signal } = end;
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener('pointermove', (move) => this.drag(name, move), { signal });
    for (const done of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      this.svg.addEventListener(done, () => end.abort(), { signal });
    }
  }

  /** @param {string} name @param {PointerEvent} event */
  drag(name, { clientX, clientY }) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    const at = { x: ((clientX - left) / width) * WIDTH, y: ((clientY - top) / height) * HEIGHT };
    const dragged = this.kind.drag?.(this.data.settings, this.values, name, at);
    if (dragged) this.change(dragged);
  }

  close() {
    this.light('');
    this.listening.abort();
  }
}

/** The element of a shape; a thin one that can be pointed at has a wide one that cannot be seen. @param {Shape} shape */
function toElements({ tag, attributes, text, part, drag }) {
  const element = createSvg(tag, attributes, text);
  if (part) element.setAttribute('data-part', part);
  if (drag) element.setAttribute('data-drag', drag);
  if (!part || (tag !== 'line' && tag !== 'path')) return [element];
  const wide = createSvg(tag, { ...attributes, class: 'reach', 'data-part': part });
  return [element, wide];
}

/** @param {Field} field @param {string[]} ramp colours of shares 0, ½ and 1 */
function painted({ from, to, shares }, [zero, half, one]) {
  const gradient = createSvg('linearGradient', {
    id: FIELD,
    gradientUnits: 'userSpaceOnUse',
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
  });
  shares.forEach((share, k) => {
    const [near, far, part] = share < 0.5 ? [zero, half, 2 * share] : [half, one, 2 * share - 1];
    const color = `color-mix(in srgb, ${far} ${(100 * part).toFixed(1)}%, ${near})`;
    gradient.append(createSvg('stop', { offset: k / (shares.length - 1), style: `stop-color: ${color}` }));
  });
  return [gradient, createSvg('rect', { width: WIDTH, height: HEIGHT, style: `fill: url(#${FIELD})` })];
}
