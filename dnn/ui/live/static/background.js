// @ts-check
// A hidden tab: the browser draws nothing there, so no frames are asked for and training waits, unless it is to go on.

import { find, findAs } from './dom.js';
import { tr } from './i18n.js';
import { load, store } from './storage.js';

const CHOICE = 'dnn.background';
const ON = 'on';
const EVERY = 500; // milliseconds between two looks at a run that goes on unseen
const NOTICED = 2000; // milliseconds away that are worth a word
// A worker's clock goes on where the page's own is slowed down to one tick a minute.
const CLOCK = `setInterval(() => postMessage(0), ${EVERY})`;
const WORDS = {
  waited: () => tr('Training waited while this tab was hidden.'),
  wentOn: () => tr('Training went on while this tab was hidden.'),
  goOn: () => tr('Keep training in the background'),
  wait: () => tr('Let it wait instead'),
};

const html = () => `
  <span></span><button type="button"></button><button type="button" aria-label="${tr('Close')}">×</button>`;

export class Background {
  /**
   * @param {HTMLElement} box
   * @param {object} run
   * @param {() => boolean} run.playing whether there is anything to wait for
   * @param {() => void} run.pull takes the frames that have come and asks for more
   */
  constructor(box, { playing, pull }) {
    this.box = box;
    this.playing = playing;
    this.pull = pull;
    box.innerHTML = html();
    this.notice = find(box, 'span');
    this.choice = findAs(HTMLButtonElement, box, 'button');
    this.choice.onclick = () => {
      store(CHOICE, this.goesOn() ? '' : ON);
      box.hidden = true;
    };
    this.quiet = false;
    find(box, 'button + button').onclick = () => {
      this.quiet = true; // until the page is opened anew
      box.hidden = true;
    };
    /** @type {{ at: number, title: string, goesOn: boolean } | null} since the tab was hidden */
    this.away = null;
    /** @type {Worker | null} */
    this.clock = null;
    this.onChange = () => (document.hidden ? this.leave() : this.comeBack());
    document.addEventListener('visibilitychange', this.onChange);
  }

  goesOn() {
    return load(CHOICE) === ON;
  }

  leave() {
    if (!this.playing() || this.away) return;
    this.away = { at: Date.now(), title: document.title, goesOn: this.goesOn() };
    document.title = `${this.away.goesOn ? '▶' : '⏸'} ${document.title}`;
    if (!this.away.goesOn) return;
    const source = URL.createObjectURL(new Blob([CLOCK], { type: 'text/javascript' }));
    this.clock = new Worker(source);
    this.clock.onmessage = this.pull;
    URL.revokeObjectURL(source);
  }

  comeBack() {
    const { away } = this;
    if (!away) return;
    this.away = null;
    this.clock?.terminate();
    document.title = away.title;
    if (this.quiet || Date.now() - away.at < NOTICED) return;
    this.notice.textContent = away.goesOn ? WORDS.wentOn() : WORDS.waited();
    this.choice.textContent = away.goesOn ? WORDS.wait() : WORDS.goOn();
    this.box.hidden = false;
  }

  close() {
    document.removeEventListener('visibilitychange', this.onChange);
    this.clock?.terminate();
  }
}
