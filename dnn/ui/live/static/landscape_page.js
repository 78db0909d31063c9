// @ts-check
// The landscape on a page of its own.

import { create, find } from './dom.js';
import { setLanguage, tr } from './i18n.js';
import { listenToKeys } from './keyboard.js';
import { Landscape } from './landscape.js';

/** @import { LandscapeHeader } from '../landscape_contract.d.ts' */
/** @import { Language } from './i18n.js' */

/**
 * @typedef {object} Options
 * @property {string} plotlyUrl
 * @property {Language} language
 * @property {(name: string, value: unknown) => void} tell the page
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, { plotlyUrl, language, tell }) {
    setLanguage(language);
    this.root = root;
    this.tell = tell;
    this.frames = 0;
    this.notice = create('p', { className: 'dnn-notice', hidden: true });
    this.notice.setAttribute('role', 'status');
    this.numbers = create('p', { className: 'dnn-landscape-now' });
    const box = create('div', { className: 'dnn-landscape dnn-landscape-large' });
    root.replaceChildren(this.notice, this.numbers, box);
    this.landscape = new Landscape(box, {
      plotlyUrl,
      onFrame: ({ header }) => this.report(header),
      notify: (text) => this.notify(text),
    });
    find(box, 'details').setAttribute('open', '');
    this.stopKeys = listenToKeys();
  }

  // The page has nothing to say that the socket does not bring.
  update() {}

  /** @param {string} url of the socket of the landscape */
  connect(url) {
    this.landscape.connect(url);
  }

  /** @param {LandscapeHeader} header */
  report({ epoch, newest, state, train_cost }) {
    const { dataset } = this.root;
    const before = dataset.state;
    Object.assign(dataset, { epoch: String(epoch), state, frame: String(++this.frames) });
    const cost = train_cost === null ? '–' : String(Number(train_cost.toPrecision(4)));
    this.numbers.textContent =
      epoch < newest
        ? tr('Epoch {epoch} of {newest}, train cost {cost}', { epoch, newest, cost })
        : tr('Epoch {epoch}, train cost {cost}', { epoch, cost });
    if (before !== state && before === 'playing') this.tell('stopped', state);
  }

  /** @param {string} text shown over the picture; empty: nothing */
  notify(text) {
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  close() {
    this.stopKeys();
    this.landscape.close();
  }
}
