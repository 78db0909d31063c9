// @ts-check
// Frames of many runs: asks for them, hands on at most one for each animation frame, and says what is wrong.

import { Background } from './background.js';
import { LostGroup } from './began_again.js';
import { create } from './dom.js';
import { Frames, keepOfGroup } from './frames.js';
import { tr } from './i18n.js';
import { listenToKeys } from './keyboard.js';
import { notTrusted, Server } from './server.js';

/** @import { State } from '../contract.d.ts' */
/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */

/**
 * @typedef {object} Stage what draws the runs
 * @property {(scene: GroupScene) => void} stage other runs, another layer or other colours
 * @property {(frame: GroupFrame, scene: GroupScene) => void} draw
 * @property {(state: State) => void} onState hears when the runs come to rest by themselves
 */

/**
 * Whether something else than a button of the page made the runs rest or go on: their end, or an order of a teacher.
 *
 * @param {{ state?: string, reason: string }} before
 * @param {{ state: string, reason: string }} now
 */
export function changedByItself(before, now) {
  return Boolean(before.reason || now.reason) && (before.state !== now.state || before.reason !== now.reason);
}

export class GroupStream {
  /**
   * @param {HTMLElement} root says in its data attributes which frame, epoch and state it shows
   * @param {Stage} stage
   */
  constructor(root, stage) {
    this.root = root;
    this.stage = stage;
    this.notices = create('div', { className: 'dnn-notices' });
    this.notice = create('p', { className: 'dnn-notice', hidden: true });
    this.notice.setAttribute('role', 'status');
    const waited = create('p', { className: 'dnn-notice dnn-waited', hidden: true });
    waited.setAttribute('role', 'status');
    this.notices.append(this.notice, waited);
    /** @type {GroupScene | null} */
    this.scene = null;
    /** @type {GroupFrame | null} the one on screen */
    this.last = null;
    this.drawn = 0;
    this.reason = ''; // why they do not play, though nobody paused them
    this.changed = false;
    /** @type {Frames<GroupFrame>} */
    this.frames = new Frames(() => this.server.ask(), keepOfGroup);
    this.lost = new LostGroup(this.notices);
    /** @type {Server<GroupFrame>} */
    this.server = new Server({
      onFrame: (frame) => this.frames.push(frame),
      onBack: () => this.lost.back(),
      onLost: (foreign) => {
        if (!foreign) this.lost.lost(this.server.url);
        this.notify(foreign ? notTrusted() : tr('The connection to the server is lost; trying again …'));
      },
      onForgotten: () => this.lost.forgotten(),
    });
    this.background = new Background(waited, {
      playing: () => this.last?.header.state === 'playing',
      pull: () => this.frames.pull(),
    });
    this.stopKeys = listenToKeys();
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  /** @param {string} url of the socket of the runs */
  connect(url) {
    this.lost.connect(url);
    this.server.connect(url);
  }

  /** @param {number | null} run that frames shall bring large */
  look(run) {
    this.server.look(run);
  }

  /** @param {number} layer of the runs that shall be shown */
  showLayer(layer) {
    this.server.send(`layer ${layer}`);
  }

  // Draw the last frame again, for something on the page has changed.
  redraw() {
    this.changed = true;
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    if (document.hidden) return;
    const frame = this.frames.next();
    if (frame) {
      if (frame.scene && frame.scene.id !== this.scene?.id) {
        this.scene = frame.scene;
        this.stage.stage(frame.scene);
      }
      this.draw(frame);
      this.server.ask();
    } else if (this.changed && this.last) {
      this.draw(this.last);
    }
  }

  /** @param {GroupFrame} frame */
  draw(frame) {
    if (!this.scene) return;
    this.changed = false;
    this.stage.draw(frame, this.scene);
    this.last = frame;
    const { epoch, state, reason } = frame.header;
    const { dataset } = this.root;
    const changed = changedByItself({ state: dataset.state, reason: this.reason }, { state, reason });
    this.reason = reason;
    this.notify(reason);
    dataset.epoch = String(epoch);
    dataset.frame = String(++this.drawn);
    dataset.state = state;
    if (changed) this.stage.onState(state); // the page's buttons must hear of it
  }

  /** @param {string} text shown above the runs; empty: nothing */
  notify(text) {
    if (this.notice.textContent === text) return;
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  close() {
    this.stopKeys();
    this.background.close();
    cancelAnimationFrame(this.animation);
    this.server.close();
  }
}
