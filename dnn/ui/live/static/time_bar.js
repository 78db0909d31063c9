// @ts-check
// Which epoch of the run is shown: a slider under the cost chart, and buttons for the newest epoch and for a replay.

import { create, find, findAs } from './dom.js';
import { tr } from './i18n.js';
import { TimeHandle } from './time_handle.js';

/** @import { Header, Time } from '../contract.d.ts' */

const MOVED_EVERY = 100; // milliseconds between two moves of the slider while the run plays
const SECONDS = [5, 10, 20, 60]; // that a replay may take
const USUAL = 10;

const html = () => `
  <button type="button" data-time="replay"></button>
  <input type="range" step="1" min="0" max="0" value="0" disabled aria-label="${tr('Epoch')}">
  <button type="button" data-time="live" data-pressed-by="live" title="${tr('Back to the newest epoch (L)')}" disabled>${tr('Live')}</button>
  <details>
    <summary aria-label="${tr('How to replay, and whether training waits')}" title="${tr('How to replay, and whether training waits')}">⋯</summary>
    <div>
      <label>${tr('Replay in')} <select>${SECONDS.map((each) => `<option value="${each}"${each === USUAL ? ' selected' : ''}>${each} s</option>`).join('')}</select></label>
      <label><input type="checkbox" data-time="slow" checked> ${tr('Slow at the start')}</label>
      <label><input type="checkbox" data-time="on"> ${tr('Training goes on while I look at the past')}</label>
    </div>
  </details>`;

/**
 * The epoch on screen in words, for those who do not see the slider.
 *
 * @param {number} epoch
 * @param {Time} time
 */
export function valueText(epoch, { newest, live }) {
  const values = { epoch: epoch.toLocaleString('en'), newest: newest.toLocaleString('en') };
  return live ? tr('Epoch {epoch}, the newest', values) : tr('Epoch {epoch} of {newest}', values);
}

/**
 * What there is to say of the past: how far the picture is, and what was changed since.
 *
 * @param {number} epoch
 * @param {Time} time
 */
export function timeText(epoch, time) {
  if (time.live && time.wanted === null) return '';
  const parts = [valueText(epoch, time)];
  if (time.wanted !== null && !time.replays) {
    parts.push(tr('on the way to {epoch}', { epoch: time.wanted.toLocaleString('en') }));
  }
  if (time.since) parts.push(tr('changed since: {changes}', { changes: time.since }));
  return parts.join(' · ');
}

export class TimeBar {
  /**
   * @param {HTMLElement} figure of the cost chart
   * @param {(request: string) => void} send takes a request to the server
   */
  constructor(figure, send) {
    this.send = send;
    this.box = create('div', { className: 'dnn-time', innerHTML: html() });
    this.box.setAttribute('role', 'group');
    this.box.setAttribute('aria-label', tr('Time travel'));
    figure.append(this.box);
    this.text = create('p', { className: 'dnn-time-text', hidden: true });
    find(figure, '.dnn-chart').append(this.text);
    this.slider = findAs(HTMLInputElement, this.box, '[type=range]');
    this.live = findAs(HTMLButtonElement, this.box, '[data-time=live]');
    this.replay = findAs(HTMLButtonElement, this.box, '[data-time=replay]');
    this.details = findAs(HTMLDetailsElement, this.box, 'details');
    this.seconds = findAs(HTMLSelectElement, this.box, 'select');
    this.slow = findAs(HTMLInputElement, this.box, '[data-time=slow]');
    this.on = findAs(HTMLInputElement, this.box, '[data-time=on]');
    this.handle = new TimeHandle(figure, (epoch) => this.look(epoch));
    this.held = false; // whether a pointer moves the slider
    /** @type {number | null} the epoch that is asked for with the next picture of the browser */
    this.asked = null;
    this.movedAt = 0;
    this.epoch = 0;
    /** @type {Time} */
    this.time = { first: 0, newest: 0, live: true, wanted: null, waits: true, replays: false, since: '' };
    this.slider.addEventListener('input', () => this.look(Number(this.slider.value)));
    this.slider.addEventListener('pointerdown', () => (this.held = true));
    for (const end of ['pointerup', 'pointercancel', 'blur']) this.slider.addEventListener(end, () => this.release());
    this.live.addEventListener('click', () => this.send('time live'));
    this.replay.addEventListener('click', () => this.toggleReplay());
    this.on.addEventListener('change', () => this.send(this.on.checked ? 'time go on' : 'time wait'));
    this.details.addEventListener('keydown', (event) => event.key === 'Escape' && this.fold());
    this.onElsewhere = (/** @type {Event} */ event) => {
      if (!event.composedPath().includes(this.details)) this.details.open = false;
    };
    document.addEventListener('pointerdown', this.onElsewhere);
    this.show();
  }

  /**
   * Ask for an epoch, once for each picture of the browser at most.
   *
   * @param {number} epoch
   */
  look(epoch) {
    const waiting = this.asked !== null;
    this.asked = epoch;
    if (waiting) return;
    requestAnimationFrame(() => {
      this.send(`time ${this.asked}`);
      this.asked = null;
    });
  }

  /** @param {number} epochs later than the one on screen */
  lookBy(epochs) {
    this.send(`time by ${epochs}`);
  }

  toggleReplay() {
    const how = this.slow.checked ? 'log' : 'even';
    this.send(this.time.replays ? `time ${this.epoch}` : `time replay ${this.seconds.value} ${how}`);
  }

  fold() {
    this.details.open = false;
    find(this.details, 'summary').focus();
  }

  release() {
    this.held = false;
    this.show();
  }

  /** @param {Header} header */
  draw({ epoch, state, time }) {
    const now = performance.now();
    if (time.live && this.time.live && state === 'playing' && now - this.movedAt < MOVED_EVERY) return;
    this.movedAt = now;
    this.epoch = epoch;
    this.time = time;
    this.show();
  }

  show() {
    const { epoch, time, slider } = this;
    const { first, newest, live, waits, replays } = time;
    const words = valueText(epoch, time);
    slider.min = String(first);
    slider.max = String(newest);
    slider.disabled = first === newest;
    if (!this.held) slider.value = String(time.wanted ?? epoch);
    slider.setAttribute('aria-valuetext', words);
    const hadFocus = document.activeElement === this.live;
    this.live.disabled = live && time.wanted === null;
    if (hadFocus && this.live.disabled) slider.focus();
    this.replay.disabled = newest === first;
    this.replay.textContent = replays ? tr('Stop here') : tr('Replay');
    this.replay.title = replays ? tr('Stop at this epoch') : tr('Show the run again, from its first epoch');
    this.on.checked = !waits;
    this.text.textContent = timeText(epoch, time);
    this.text.hidden = !this.text.textContent;
    this.handle.draw(epoch, time, words);
  }

  close() {
    document.removeEventListener('pointerdown', this.onElsewhere);
  }
}
