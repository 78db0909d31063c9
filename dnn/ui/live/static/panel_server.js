// @ts-check
// The server of the panel's run, and what is said and done when the connection to it breaks.

import { tr } from './i18n.js';
import { Recovery } from './recovery.js';
import { notTrusted, Server } from './server.js';

/** @import { Frame } from '../contract.d.ts' */
/** @import { Kept } from './recovery.js' */

/** @extends {Server<Frame>} */
export class PanelServer extends Server {
  /**
   * @param {{ frames: { push: (frame: Frame) => void }, notify: (text: string) => void }} panel gets the frames, and
   *   says what is wrong at the moment
   * @param {Element} notices where it is said what was lost
   * @param {(kept: Kept) => void} restore gives the page a run to go on with
   */
  constructor(panel, notices, restore) {
    super({ onFrame: () => {}, onBack: () => {}, onLost: () => {} });
    this.recovery = new Recovery({ send: (request) => this.send(request), restore, notices });
    this.onFrame = (/** @type {Frame} */ frame) => {
      this.recovery.receive(frame);
      panel.frames.push(frame);
    };
    this.onBack = () => this.recovery.back();
    this.onLost = (/** @type {boolean} */ foreign) => {
      if (!foreign) this.recovery.lost(this.url);
      panel.notify(foreign ? notTrusted() : tr('The connection to the server is lost; trying again …'));
    };
  }

  /** @param {string} url of the socket of a run */
  connect(url) {
    this.recovery.connect(url);
    super.connect(url);
  }

  close() {
    super.close();
    this.recovery.close();
  }
}
