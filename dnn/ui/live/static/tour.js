// Three steps for a first visit, each beside what it is about. Closed once, they do not come back.

import { load, store } from './storage.js';

const SEEN = 'dnn.first-steps';
const GAP = 14; // pixels between the card and what it explains
const DRESS = ['text-color', 'background-color', 'secondary-background-color', 'border-color', 'primary-color', 'base-radius', 'font'];

export class Tour {
  // `words` are the steps, { at: selectors, title, text }, and the names of the buttons; `root` has the page's colours.
  constructor(root, words) {
    if (load(SEEN)) return;
    Object.assign(this, { root, words, step: 0 });
    this.ring = Object.assign(document.createElement('div'), { className: 'dnn-ring' });
    this.card = Object.assign(document.createElement('aside'), { className: 'dnn-tour' });
    this.card.setAttribute('aria-label', words.name);
    this.card.innerHTML = `<button type="button" class="dnn-tour-close">×</button><h2></h2><p></p>
      <footer><span></span><button type="button">${words.back}</button><button type="button">${words.next}</button></footer>`;
    const [close, back, next] = this.card.querySelectorAll('button');
    Object.assign(this, { back, next });
    close.setAttribute('aria-label', words.close);
    close.onclick = () => this.dismiss();
    back.onclick = () => this.turn(-1);
    next.onclick = () => (this.step + 1 < words.steps.length ? this.turn(1) : this.dismiss());
    this.onKey = (event) => event.key === 'Escape' && !event.target.closest?.('[role=dialog], form') && this.dismiss();
    this.place = this.place.bind(this);
    document.body.prepend(this.ring, this.card); // the first on the way of the Tab key
    window.addEventListener('keydown', this.onKey);
    window.addEventListener('resize', this.place);
    window.addEventListener('scroll', this.place, true);
    this.sizes = new ResizeObserver(this.place);
    this.sizes.observe(root);
    this.turn(0);
  }

  turn(by) {
    this.step += by;
    const { steps, next, done } = this.words, { title, text } = steps[this.step];
    this.card.querySelector('h2').textContent = title;
    this.card.querySelector('p').textContent = text;
    this.card.querySelector('span').textContent = `${this.step + 1} / ${steps.length}`;
    this.back.disabled = !this.step;
    this.next.textContent = this.step + 1 < steps.length ? next : done;
    this.target()?.scrollIntoView({ block: 'nearest' });
    this.place();
  }

  // The first of the step's places that is in sight.
  target() {
    const seen = (element) => {
      const { width, height, right } = element.getBoundingClientRect();
      return width > 0 && height > 0 && right > 0;
    };
    return this.words.steps[this.step].at.map((each) => document.querySelector(each)).find((each) => each && seen(each));
  }

  // Beside what it explains, on the first side where there is room; else at the bottom.
  place() {
    const target = this.target(), style = getComputedStyle(this.root);
    for (const name of DRESS) this.card.style.setProperty(`--st-${name}`, style.getPropertyValue(`--st-${name}`));
    this.ring.style.setProperty('--st-primary-color', style.getPropertyValue('--st-primary-color'));
    this.ring.hidden = !target;
    const { offsetWidth: w, offsetHeight: h } = this.card, { innerWidth: W, innerHeight: H } = window;
    const within = (at, size, room) => Math.max(8, Math.min(at, room - size - 8));
    const corner = [within((W - w) / 2, w, W), H - h - 8];
    if (!target) return this.put(corner);
    const box = target.getBoundingClientRect();
    const left = Math.max(box.left, 0), top = Math.max(box.top, 0), right = Math.min(box.right, W), bottom = Math.min(box.bottom, H);
    Object.assign(this.ring.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    const x = within((left + right - w) / 2, w, W), y = within(top + Math.max(24, (bottom - top) / 5), h, H);
    const places = [[right + GAP, y], [left - GAP - w, y], [x, bottom + GAP], [x, top - GAP - h]];
    this.put(places.find(([x, y]) => x >= 8 && y >= 8 && x + w <= W - 8 && y + h <= H - 8) ?? corner);
  }

  put([x, y]) {
    Object.assign(this.card.style, { left: `${x}px`, top: `${y}px` });
  }

  dismiss() {
    store(SEEN, 'seen');
    this.close();
  }

  close() {
    if (!this.card) return;
    window.removeEventListener('keydown', this.onKey);
    window.removeEventListener('resize', this.place);
    window.removeEventListener('scroll', this.place, true);
    this.sizes.disconnect();
    this.ring.remove();
    this.card.remove();
  }
}
