// @ts-check
// What is wrong with the run: each finding with its evidence, what helps, and a button that does it. How many there are
// stands at the tab, so that one sees it without opening it.

import { create, find } from './dom.js';
import { tr } from './i18n.js';

/** @import { Action, Finding } from '../contract.d.ts' */
/** @import { CostTabs } from './cost_tabs.js' */

/**
 * @typedef {object} Item one finding on the page
 * @property {HTMLElement} root
 * @property {HTMLElement} title
 * @property {HTMLElement} evidence
 * @property {HTMLElement} advice
 * @property {HTMLButtonElement} button
 */

const CURES = {
  on: () => tr('Do this and go on from here'),
  anew: () => tr('Do this and start again at epoch 0'),
};

/**
 * Those that something can be done about: that a run is finished is no trouble.
 *
 * @param {Finding[]} findings
 */
export const troubles = (findings) => findings.filter(({ advice }) => advice);

export class Findings {
  /**
   * @param {HTMLElement} figure with the tabs and what they open
   * @param {CostTabs} tabs
   * @param {(action: Action) => void} ask takes an action, about which the server decides
   */
  constructor(figure, tabs, ask) {
    this.box = find(figure, '.dnn-findings');
    this.tabs = tabs;
    this.ask = ask;
    /** @type {Map<string, Item>} by rule */
    this.items = new Map();
    this.silence = create('p', { textContent: tr('Nothing is wrong with this run so far.') });
    this.spoken = create('p', { className: 'dnn-spoken' });
    this.spoken.setAttribute('role', 'status');
    figure.append(this.spoken);
    this.shown = '';
  }

  /** @param {Finding[]} findings the most telling first */
  draw(findings) {
    const shown = JSON.stringify(findings);
    if (shown === this.shown) return;
    this.shown = shown;
    const rules = findings.map(({ rule }) => rule);
    if (rules.join() !== [...this.items.keys()].join()) this.arrange(findings);
    for (const finding of findings) this.write(finding);
  }

  /**
   * Other findings than before. One that stays keeps its element, and with it the focus.
   *
   * @param {Finding[]} findings
   */
  arrange(findings) {
    const focused = [...this.items.values()].find(({ button }) => button === document.activeElement);
    const before = this.items;
    this.items = new Map(findings.map(({ rule }) => [rule, before.get(rule) ?? this.item(rule)]));
    const roots = [...this.items.values()].map(({ root }) => root);
    this.box.replaceChildren(...(roots.length ? roots : [this.silence]));
    if (focused?.button.isConnected) focused.button.focus();
    else if (focused) /** @type {HTMLElement | null} */ (this.box.closest('[role=tabpanel]'))?.focus();
    const found = troubles(findings);
    this.tabs.count('health', found.length);
    this.spoken.textContent = found.map(({ title }) => title).join(', ');
  }

  /**
   * @param {string} rule
   * @returns {Item}
   */
  item(rule) {
    const root = create('article');
    root.dataset.rule = rule;
    const title = create('h4');
    const evidence = create('p');
    const advice = create('p');
    const button = create('button', { type: 'button', title: tr('Undo takes it back.') });
    button.addEventListener('click', () => this.ask({ do: 'cure', rule }));
    root.append(title, evidence, advice, button);
    return { root, title, evidence, advice, button };
  }

  /** @param {Finding} finding */
  write({ rule, title, evidence, advice, cure }) {
    const item = this.items.get(rule);
    if (!item) return;
    item.title.textContent = title;
    item.evidence.textContent = evidence;
    item.advice.textContent = advice;
    item.advice.hidden = !advice;
    item.button.hidden = cure === null;
    if (cure) item.button.textContent = CURES[cure]();
  }
}
