// @ts-check
// Three steps for a first visit, each beside what it is about. Closed once, they do not come back.

import { create, find, findAs, putAt } from './dom.js';
import { load, store } from './storage.js';
import { STREAMLIT, themeOf } from './streamlit_dom.js';

/**
 * @typedef {object} TourText
 * @property {string} name
 * @property {{ at: string[], title: string, text: string }[]} steps `at` are selectors: the first in sight is pointed at
 * @property {string} back
 * @property {string} next
 * @property {string} done
 * @property {string} close
 */

const SEEN = 'dnn.first-steps';
const GAP = 14; // pixels between the card and what it explains
const EDGE = 8; // and between the card and the window's edges
const NARROW = 640; // pixels of a window in which one thing stands under the other
// What the card covers as little as it can: how bad it is for each pixel of these, and of what it explains.
const COVERED = { '.dnn-boundary': 3, '.dnn-network': 2, '.dnn-cost': 2, '.dnn-numbers': 2, [STREAMLIT.transport]: 1 };
const TARGET = 1000;
const THEME = [
  'text-color',
  'background-color',
  'secondary-background-color',
  'border-color',
  'primary-color',
  'base-radius',
  'font',
];

/** @param {TourText} text */
const html = ({ back, next }) => `<button type="button" class="dnn-tour-close">×</button><h2></h2><p></p>
  <footer><span></span><button type="button">${back}</button><button type="button">${next}</button></footer>`;

// Whether the visitor has seen it before.
export function wasSeen() {
  return load(SEEN) !== null;
}

export class Tour {
  /**
   * @param {HTMLElement} root the panel, which has the page's colours
   * @param {TourText} text
   */
  constructor(root, text) {
    this.root = root;
    this.text = text;
    this.step = 0;
    this.ring = create('div', { className: 'dnn-ring' });
    this.card = create('aside', { className: 'dnn-tour', innerHTML: html(text) });
    this.card.setAttribute('aria-label', text.name);
    this.back = findAs(HTMLButtonElement, this.card, 'footer button');
    this.next = findAs(HTMLButtonElement, this.card, 'footer button + button');
    const close = find(this.card, '.dnn-tour-close');
    close.setAttribute('aria-label', text.close);
    close.onclick = () => this.dismiss();
    this.back.onclick = () => this.turn(-1);
    this.next.onclick = () => (this.step + 1 < text.steps.length ? this.turn(1) : this.dismiss());
    this.onKey = this.onKey.bind(this);
    this.place = this.place.bind(this);
    document.body.prepend(this.ring, this.card); // the first on the way of the Tab key
    window.addEventListener('keydown', this.onKey);
    window.addEventListener('resize', this.place);
    window.addEventListener('scroll', this.place, true);
    this.sizes = new ResizeObserver(this.place);
    this.sizes.observe(root);
    this.turn(0);
  }

  /** @param {KeyboardEvent} event */
  onKey({ key, target }) {
    const busy = target instanceof Element && target.closest('[role=dialog], form');
    if (key === 'Escape' && !busy) this.dismiss();
  }

  /** @param {number} by */
  turn(by) {
    this.step += by;
    const { steps, next, done } = this.text;
    const { title, text } = steps[this.step];
    find(this.card, 'h2').textContent = title;
    find(this.card, 'p').textContent = text;
    find(this.card, 'span').textContent = `${this.step + 1} / ${steps.length}`;
    this.back.disabled = !this.step;
    this.next.textContent = this.step + 1 < steps.length ? next : done;
    this.target()?.scrollIntoView({ block: window.innerWidth < NARROW ? 'start' : 'nearest' });
    this.place();
  }

  // The first of the step's places that is in sight.
  target() {
    const found = this.text.steps[this.step].at.map((selector) => document.querySelector(selector));
    return found.find((element) => {
      if (!element) return false;
      const { width, height, right } = element.getBoundingClientRect();
      return width > 0 && height > 0 && right > 0;
    });
  }

  // Beside what it explains, where it covers least of that and of what else there is to see.
  place() {
    for (const name of THEME) this.card.style.setProperty(`--st-${name}`, themeOf(this.root, name));
    this.ring.style.setProperty('--st-primary-color', themeOf(this.root, 'primary-color'));
    const target = this.target();
    this.ring.hidden = !target;
    const { offsetWidth: w, offsetHeight: h } = this.card;
    const { innerWidth: W, innerHeight: H } = window;
    /**
     * @param {number} at
     * @param {number} size
     * @param {number} room
     */
    const inside = (at, size, room) => Math.max(EDGE, Math.min(at, room - size - EDGE));
    const middle = { left: (W - w) / 2, top: H - h - EDGE, right: (W + w) / 2, bottom: H - EDGE };
    const box = target?.getBoundingClientRect() ?? middle;
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    const right = Math.min(box.right, W);
    const bottom = Math.min(box.bottom, H);
    if (target) putAt(this.ring, { l: left, t: top, w: right - left, h: bottom - top });
    const xs = [right + GAP, left - GAP - w, (left + right - w) / 2, EDGE, W].map((at) => inside(at, w, W));
    const ys = [top + Math.max(24, (bottom - top) / 5), bottom + GAP, top - GAP - h, EDGE, H];
    const corners = ys.flatMap((y) => xs.map((x) => [x, inside(y, h, H)]));
    const badness = corners.map(([x, y]) => covered({ left: x, top: y, right: x + w, bottom: y + h }, target));
    this.put(corners[badness.indexOf(Math.min(...badness))]);
  }

  /** @param {number[]} corner */
  put([x, y]) {
    Object.assign(this.card.style, { left: `${x}px`, top: `${y}px` });
  }

  dismiss() {
    store(SEEN, 'seen');
    this.close();
  }

  close() {
    window.removeEventListener('keydown', this.onKey);
    window.removeEventListener('resize', this.place);
    window.removeEventListener('scroll', this.place, true);
    this.sizes.disconnect();
    this.ring.remove();
    this.card.remove();
  }
}

/**
 * How bad it is to stand there.
 *
 * @param {{ left: number, top: number, right: number, bottom: number }} card
 * @param {Element | null | undefined} target
 */
function covered(card, target) {
  /** @param {Element | null | undefined} element */
  const shared = (element) => {
    if (!element) return 0;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const across = Math.min(card.right, right) - Math.max(card.left, left);
    const down = Math.min(card.bottom, bottom) - Math.max(card.top, top);
    return Math.max(0, across) * Math.max(0, down);
  };
  const others = Object.entries(COVERED).map(([selector, bad]) => bad * shared(document.querySelector(selector)));
  return others.reduce((sum, bad) => sum + bad, TARGET * shared(target));
}
