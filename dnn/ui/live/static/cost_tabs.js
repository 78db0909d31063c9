// @ts-check
// The tabs over the cost chart: cost, accuracy or error, the learning rate, the numbers of the moment, and health.

import { create } from './dom.js';
import { meaning, tr } from './i18n.js';

/** @import { View, ViewText } from '../contract.d.ts' */
/** @typedef {Record<View, ViewText>} ViewTexts */

/** @type {Partial<Record<View, string>>} the glossary's word for a tab */
const MEANINGS = { cost: 'cost', rate: 'learning rate' };
/** @type {Partial<Record<View, string>>} the element that shows a view, where it is not the chart */
const BOXES = { numbers: 'dnn-report', health: 'dnn-health' };
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
/** @type {Partial<Record<View, View>>} what is shown of other data in place of a view that they do not have */
const LIKE = { accuracy: 'error', error: 'accuracy' };

/**
 * Which view is shown where one of them may have gone: itself, its like, or the cost.
 *
 * @param {View} view
 * @param {View[]} views
 */
export function nearest(view, views) {
  const like = LIKE[view];
  if (views.includes(view)) return view;
  return like && views.includes(like) ? like : 'cost';
}

export class CostTabs {
  /**
   * @param {HTMLElement} root
   * @param {(view: View) => void} onChoose
   */
  constructor(root, onChoose) {
    this.root = root;
    this.onChoose = onChoose;
    /** @type {{ view: View, tab: HTMLButtonElement }[]} */
    this.tabs = [];
    /** @type {Partial<Record<View, number>>} how many things a tab has to tell */
    this.counts = {};
    root.setAttribute('aria-label', tr('Charts'));
    root.addEventListener('keydown', (event) => this.key(event));
  }

  /**
   * @param {View[]} views
   * @param {ViewTexts} texts
   * @param {View} shown
   */
  offer(views, texts, shown) {
    const held = this.root.contains(document.activeElement);
    this.tabs = views.map((view) => {
      const tab = create('button', { type: 'button', textContent: texts[view].label, title: meaning(MEANINGS[view]) });
      tab.dataset.view = view;
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', BOXES[view] ?? 'dnn-chart');
      tab.addEventListener('click', () => this.onChoose(view));
      return { view, tab };
    });
    this.root.replaceChildren(...this.tabs.map(({ tab }) => tab));
    for (const each of this.tabs) this.label(each);
    this.mark(shown);
    if (held) this.tabs.find(({ view }) => view === shown)?.tab.focus();
  }

  /**
   * Show at a tab how many things it has to tell; nothing for none.
   *
   * @param {View} view
   * @param {number} count
   */
  count(view, count) {
    this.counts[view] = count;
    for (const each of this.tabs) if (each.view === view) this.label(each);
  }

  /** @param {{ view: View, tab: HTMLButtonElement }} each */
  label({ view, tab }) {
    const count = this.counts[view] ?? 0;
    tab.querySelector('.dnn-count')?.remove();
    tab.removeAttribute('aria-label');
    if (!count) return;
    const name = tab.textContent ?? '';
    tab.setAttribute('aria-label', tr('{name}, findings: {count}', { name, count }));
    tab.append(create('span', { className: 'dnn-count', textContent: String(count) }));
  }

  /** @param {View} shown */
  mark(shown) {
    for (const { view, tab } of this.tabs) {
      tab.setAttribute('aria-selected', String(view === shown));
      tab.tabIndex = view === shown ? 0 : -1;
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.tabs.findIndex(({ tab }) => tab === event.target);
    const last = this.tabs.length - 1;
    /** @type {Record<string, number>} */
    const ends = { Home: 0, End: last };
    const to = ends[event.key] ?? at + (STEPS[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    const { view, tab } = this.tabs[(to + last + 1) % (last + 1)];
    this.onChoose(view);
    tab.focus();
  }
}
