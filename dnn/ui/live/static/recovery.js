// @ts-check
// A run outlives its server: this tab keeps how far it is, and whichever server has the page next goes on from there.

import { noteLostRun, sayLostRun, sayRecoveredRun, takeLostRun } from './began_again.js';

/** @import { Frame } from '../contract.d.ts' */
/**
 * @typedef {object} Kept
 * @property {number} number tells the answer to it from others
 * @property {string} text the snapshot as base64
 * @property {boolean} playing whether the run played when its server was lost
 */
/**
 * @typedef {object} Recovered
 * @property {number} number
 * @property {number} epoch from which the run goes on; -1 where it does not
 */

const NAME = 'dnn.run'; // in the tab's storage
const PLAYING = 'dnn.run-playing'; // beside it
const PERIOD = 6000; // milliseconds between two snapshots
const PIECE = 8192; // bytes that become letters at once

/** Of the run whose connection is broken, the address; it outlives a panel that Streamlit mounts anew. */
const broken = { url: '' };

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let letters = '';
  for (let k = 0; k < bytes.length; k += PIECE) letters += String.fromCharCode(...bytes.subarray(k, k + PIECE));
  return btoa(letters);
}

/** @param {string} name */
function load(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} text null: nothing any more
 */
function store(name, text) {
  try {
    sessionStorage.removeItem(name);
    if (text !== null) sessionStorage.setItem(name, text);
  } catch {
    // a browser that keeps nothing, or not so much
  }
}

export class Recovery {
  /**
   * @param {object} options
   * @param {(request: string) => void} options.send asks the server of the run
   * @param {(kept: Kept) => void} options.restore gives the page a snapshot to go on from
   * @param {Element} options.notices where it is said
   */
  constructor({ send, restore, notices }) {
    this.send = send;
    this.restore = restore;
    this.notices = notices;
    this.asked = Date.now();
    this.kept = ''; // the moment of the last snapshot
    /** @type {boolean | undefined} as of the last frame */
    this.playing = undefined;
    this.number = 0; // of the snapshot that the page is to go on from
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {string} url of the run that is shown from now on */
  connect(url) {
    if (broken.url === url) return;
    if (broken.url) noteLostRun(); // the page came back with another run, so with another server
    broken.url = '';
  }

  /** @param {string} url of the run whose connection is broken */
  lost(url) {
    broken.url = url;
  }

  // The first frame has come, or the first one after a break.
  back() {
    broken.url = '';
    if (!takeLostRun()) return;
    const text = load(NAME);
    if (!text) return sayLostRun(this.notices);
    this.number = Date.now();
    this.restore({ number: this.number, text, playing: load(PLAYING) !== 'false' });
  }

  /** @param {Recovered | null} answer of the page to a snapshot */
  answer(answer) {
    if (!this.number || answer?.number !== this.number) return;
    this.number = 0;
    if (answer.epoch < 0) sayLostRun(this.notices);
    else sayRecoveredRun(this.notices, answer.epoch);
  }

  /** @param {Frame} frame brings a snapshot, or is a reason to ask for one soon */
  receive({ header, snapshot }) {
    const moment = `${header.epoch} ${header.revision} ${header.time.newest}`;
    const playing = header.state === 'playing';
    if (playing !== this.playing) store(PLAYING, String(playing));
    this.playing = playing;
    if (snapshot) {
      this.kept = moment;
      store(NAME, snapshot.length ? base64(snapshot) : null); // rather none than an old one
    } else if (!this.number && moment !== this.kept) {
      this.timer ??= setTimeout(
        () => {
          this.timer = undefined;
          this.asked = Date.now();
          this.send('keep');
        },
        this.asked + PERIOD - Date.now(),
      );
    }
  }

  close() {
    clearTimeout(this.timer);
  }
}
