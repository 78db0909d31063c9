// @ts-check
// The bar of what can be drawn with: a button for each class, a value for numbers, the eraser.

import { short } from './axes.js';
import { closest, create, find, findAs } from './dom.js';
import { tr } from './i18n.js';
import { outline } from './shapes.js';

/** @import { Mark, Scene } from '../contract.d.ts' */
/** @typedef {number | 'eraser' | null} Tool a class (0 for numbers), the eraser, or none */

export const ERASER = 'eraser';
const MOST_NAMED = 3; // classes whose names there is room for

const ERASER_PATH = 'M-6 2L1 -5L6 0L1 5H-3Z M-2.5 -1.5L2.5 3.5';
const html = () => `<span id="dnn-draw-tool-name">${tr('Draw')}</span>
  <span class="dnn-kinds" role="group" aria-labelledby="dnn-draw-tool-name"></span>
  <label class="dnn-value" hidden>${tr('Value')} <input type="range"><output role="none"></output></label>
  <button type="button" class="dnn-eraser" aria-pressed="false" title="${tr('Erase examples')}" aria-label="${tr('Eraser')}"><svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${ERASER_PATH}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></svg></button>
  <button type="button" class="dnn-empty" title="${tr('Start from an empty plane')}">${tr('Empty')}</button>
  <span class="dnn-thinned"></span>`;

export class DrawBar {
  /**
   * @param {HTMLElement} below what stands under the plane
   * @param {object} events
   * @param {(tool: Tool) => void} events.onTool hears which tool was pressed
   * @param {() => void} events.onClear
   */
  constructor(below, { onTool, onClear }) {
    this.root = create('p', { className: 'dnn-draw-tool', innerHTML: html() });
    below.append(this.root);
    this.kinds = find(this.root, '.dnn-kinds');
    this.valueBox = find(this.root, '.dnn-value');
    this.range = findAs(HTMLInputElement, this.valueBox, 'input');
    this.output = find(this.valueBox, 'output');
    this.eraser = findAs(HTMLButtonElement, this.root, '.dnn-eraser');
    this.thinned = find(this.root, '.dnn-thinned');
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    this.drawnKinds = '';
    this.heights = '';
    this.kinds.addEventListener('click', (event) => {
      const button = closest(event, 'button');
      if (button) onTool(Number(button.dataset.target));
    });
    this.eraser.addEventListener('click', () => onTool(ERASER));
    find(this.root, '.dnn-empty').addEventListener('click', onClear);
    this.range.addEventListener('input', () => this.showValue());
  }

  // The number that is drawn, in regression.
  get value() {
    return Number(this.range.value);
  }

  /**
   * Buttons that stay what they were are kept, and with them the keyboard's focus.
   *
   * @param {Scene} scene
   */
  stage(scene) {
    const { task, names, symbols, strong, curve, heights, examples, rows } = scene;
    const kinds = task === 'regression' ? [] : names.map((name, k) => [name, symbols[k], strong[k]]);
    if (String(kinds) !== this.drawnKinds || !this.buttons.length) this.build(scene);
    this.drawnKinds = String(kinds);
    this.valueBox.hidden = task !== 'regression' || curve;
    if (heights) this.stageValue(...heights);
    /** @param {number} number */
    const count = (number) => number.toLocaleString('en').replace(/,/g, ' ');
    const some = { shown: count(rows.length), all: count(examples) };
    this.thinned.textContent = rows.length < examples ? tr('{shown} of {all} examples drawn', some) : '';
    this.thinned.hidden = !this.thinned.textContent;
  }

  /** @param {Scene} scene */
  build({ task, names, symbols, strong, colors, another }) {
    const named = names.length <= MOST_NAMED; // else the legend has them
    this.buttons =
      task === 'regression'
        ? [button(tr('Number'), 'circle', colors.muted, 0)]
        : names.map((name, k) => button(name, symbols[k], strong[k], k, named));
    if (another) this.buttons.push(anotherButton(another, this.buttons.length));
    this.kinds.replaceChildren(...this.buttons);
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  stageValue(low, high) {
    const { range } = this;
    const heights = String([low, high]);
    const value = heights === this.heights ? range.value : String((low + high) / 2);
    Object.assign(range, { min: String(low), max: String(high), step: String((high - low) / 50) });
    range.value = value;
    this.heights = heights;
    this.showValue();
  }

  showValue() {
    this.output.textContent = short(this.value);
  }

  /**
   * @param {Tool} tool
   * @param {boolean} covered whether nothing can be drawn for now
   */
  show(tool, covered) {
    this.buttons.forEach((button, k) => {
      button.setAttribute('aria-pressed', String(k === tool));
      button.disabled = covered;
    });
    this.eraser.setAttribute('aria-pressed', String(tool === ERASER));
    this.eraser.disabled = covered;
  }

  focus() {
    find(this.root, 'button').focus();
  }
}

/**
 * @param {string} name
 * @param {string} symbol
 * @param {string} color
 * @param {number} target
 * @param {boolean} [named] whether its name is written on it
 */
function button(name, symbol, color, target, named = true) {
  const made = create('button', { type: 'button', title: tr('Draw examples: {name}', { name }) });
  made.dataset.target = String(target);
  made.innerHTML = `<svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${outline(symbol)}" fill="${color}"/></svg>`;
  made.append(create('span', { textContent: name, className: named ? '' : 'dnn-hidden' }));
  return made;
}

/**
 * Drawing with it makes one class more.
 *
 * @param {Mark} mark
 * @param {number} target
 */
function anotherButton({ symbol, color }, target) {
  const made = button('+', symbol, color, target);
  made.title = tr('Draw examples of another class');
  made.className = 'dnn-another';
  made.setAttribute('aria-label', made.title);
  return made;
}
