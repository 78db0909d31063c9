// @ts-check
// What the visitor asked for in the panel, on its way to the server.
//
// Streamlit breaks the page's run off for a newer one, and may then forget what was asked for or take the panel away for
// a moment. So actions go out one after another: what is asked for meanwhile waits until the page has done what it was
// sent, or has said nothing for a while. What is not known to be done is sent again; the numbers say which is which.

/** @import { Action, Sent } from '../contract.d.ts' */

const SENT_AGAIN = 10000; // milliseconds for which an action that is not known to be done is sent again
const ASKED_AGAIN = 1000; // milliseconds after which that happens, if the page has said nothing
const MOST_SENT = 50; // actions at once

/** @type {{ actions: Sent[], last: number }} outlives a panel that Streamlit takes away and mounts anew */
const WAITING = { actions: [], last: 0 };

export class Outbox {
  /** @param {(actions: Sent[]) => void} send takes them to the page */
  constructor(send) {
    this.send = send;
    /** @type {number | undefined} the newest action that is on its way */
    this.sent = undefined;
    /** @type {((number: number) => void)} hears up to which number all actions are done */
    this.onDone = () => {};
  }

  /**
   * Take an action; returns its number.
   *
   * @param {Action} action
   */
  push(action) {
    WAITING.last = Math.max(Date.now(), WAITING.last + 1);
    WAITING.actions.push({ ...action, number: WAITING.last });
    if (!this.sent) this.flush();
    return WAITING.last;
  }

  flush() {
    const recent = WAITING.actions.filter(({ number }) => Date.now() - number < SENT_AGAIN).slice(-MOST_SENT);
    WAITING.actions = recent;
    clearTimeout(this.again);
    this.sent = recent.at(-1)?.number;
    if (!this.sent) return;
    this.send(recent);
    this.again = setTimeout(() => this.flush(), ASKED_AGAIN);
  }

  /**
   * The page has done all actions up to this number.
   *
   * @param {number} number
   */
  acknowledge(number) {
    WAITING.actions = WAITING.actions.filter((action) => action.number > number);
    this.onDone(number);
    if (!this.sent || number >= this.sent) this.flush();
  }

  close() {
    clearTimeout(this.again);
  }
}
