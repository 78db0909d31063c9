// A hidden tab: the browser draws nothing there, so no frames are asked for and training waits, unless it is to go on.

import { load, store } from './storage.js';
import { tr } from './i18n.js';

const CHOICE = 'dnn.background', ON = 'on';
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

export class Background {
  // `playing()` says whether there is anything to wait for; `pull()` takes the frames that have come and asks for more.
  constructor(box, { playing, pull }) {
    Object.assign(this, { box, playing, pull });
    box.innerHTML = `<span></span><button type="button"></button><button type="button" aria-label="${tr('Close')}">×</button>`;
    [this.said, this.choose, this.closing] = box.children;
    this.choose.onclick = () => {
      store(CHOICE, this.goesOn() ? '' : ON);
      box.hidden = true;
    };
    this.closing.onclick = () => {
      this.quiet = true; // until the page is opened anew
      box.hidden = true;
    };
    this.onChange = () => (document.hidden ? this.leave() : this.back());
    document.addEventListener('visibilitychange', this.onChange);
  }

  goesOn() {
    return load(CHOICE) === ON;
  }

  leave() {
    if (!this.playing() || this.left) return;
    this.left = { at: Date.now(), title: document.title, goesOn: this.goesOn() };
    document.title = `${this.left.goesOn ? '▶' : '⏸'} ${document.title}`;
    if (!this.left.goesOn) return;
    const source = URL.createObjectURL(new Blob([CLOCK], { type: 'text/javascript' }));
    this.clock = new Worker(source);
    this.clock.onmessage = this.pull;
    URL.revokeObjectURL(source);
  }

  back() {
    const { left } = this;
    if (!left) return;
    this.left = null;
    this.clock?.terminate();
    document.title = left.title;
    if (this.quiet || Date.now() - left.at < NOTICED) return;
    this.said.textContent = left.goesOn ? WORDS.wentOn() : WORDS.waited();
    this.choose.textContent = left.goesOn ? WORDS.wait() : WORDS.goOn();
    this.box.hidden = false;
  }

  close() {
    document.removeEventListener('visibilitychange', this.onChange);
    this.clock?.terminate();
  }
}
