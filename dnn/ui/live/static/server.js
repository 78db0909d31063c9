// @ts-check
// The server that has the run: which run it is, and what happens when it is not there any more.

import { noteLostRun } from './began_again.js';
import { tr } from './i18n.js';
import { Connection } from './wire.js';

/** @import { Frame } from '../contract.d.ts' */
/** @import { GroupFrame } from '../group_contract.d.ts' */
/** @import { LandscapeFrame } from '../landscape_contract.d.ts' */
/** @import { MapFrame } from '../map_contract.d.ts' */
/** @import { WallFrame } from '../wall_contract.d.ts' */

const RELOADED = 3000; // milliseconds after which a page whose run is unknown to the server is opened anew

export const notTrusted = () =>
  tr(
    'Nothing moves here: the server does not trust pages at {origin}. Whoever runs it can start it with DNN_TRUSTED_ORIGINS={origin}.',
    { origin: location.origin },
  );

/** @template {Frame | GroupFrame | LandscapeFrame | MapFrame | WallFrame} [F=Frame] what kind of frames come */
export class Server {
  /**
   * @param {object} events
   * @param {(frame: F) => void} events.onFrame
   * @param {() => void} events.onBack hears the first frame, and the first after the connection was broken
   * @param {(foreign: boolean) => void} events.onLost hears that the connection is broken, or refused for good
   * @param {() => void} [events.onForgotten] hears that the server does not know the run
   */
  constructor({ onFrame, onBack, onLost, onForgotten = () => {} }) {
    this.onFrame = onFrame;
    this.onBack = onBack;
    this.onLost = onLost;
    this.onForgotten = onForgotten;
    this.url = '';
    /** @type {Connection<F> | null} */
    this.connection = null;
    this.scene = -1; // the one that has come last
    this.connected = false;
    this.awaited = true;
    /** @type {boolean | null} whether frames shall bring the run's health; null: nobody has asked yet */
    this.health = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.reloading = undefined;
  }

  /** @param {string} url of the socket of a run */
  connect(url) {
    if (this.url === url) return;
    this.url = url;
    this.scene = -1;
    this.connection?.close();
    this.connection = new Connection(url, {
      sceneShown: () => this.scene,
      onFrame: (frame) => {
        if (frame.scene) this.scene = frame.scene.id;
        if (this.awaited) this.onBack();
        this.awaited = false;
        this.onFrame(frame);
      },
      onState: (state) => {
        this.connected = state === 'open';
        if (this.connected && this.health !== null) this.watchHealth(this.health);
        if (state === 'unknown') {
          noteLostRun();
          this.onForgotten();
          this.reloadSoon(url);
        }
        if (state !== 'open') this.awaited = true;
        if (!this.connected) this.onLost(state === 'foreign');
      },
    });
  }

  /**
   * The server does not know this run: it was started again. If the page does not bring another run soon, it is opened
   * anew: its address holds the experiment.
   *
   * @param {string} url
   */
  reloadSoon(url) {
    this.reloading ??= setTimeout(() => {
      this.reloading = undefined;
      if (this.url === url && !this.connected) location.reload();
    }, RELOADED);
  }

  ask() {
    this.connection?.ask();
  }

  /** @param {number | null} part that frames shall bring large: a unit, or one of many runs */
  look(part) {
    this.connection?.look(part);
  }

  /** @param {boolean} on whether frames shall bring the run's health from now on; it takes the server some time */
  watchHealth(on) {
    this.health = on;
    this.send(on ? 'health on' : 'health off');
  }

  /** @param {string} request */
  send(request) {
    this.connection?.send(request);
  }

  close() {
    clearTimeout(this.reloading);
    if (this.health) this.send('health off');
    this.connection?.close();
  }
}
