// @ts-check
// One cell of a sweep large, with its settings, its numbers, and what can be done with it.

import { create } from './dom.js';
import { CellPicture, cellWords } from './group_cell.js';
import { tr } from './i18n.js';

/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */

export class SweepDetail {
  /**
   * @param {object} events
   * @param {(what: string, run: number) => void} events.onAct hears what shall be done with a run
   */
  constructor({ onAct }) {
    this.onAct = onAct;
    this.root = create('section', { className: 'dnn-sweep-one' });
    this.root.setAttribute('aria-label', tr('One cell'));
    this.which = create('p', { className: 'dnn-sweep-which' });
    this.title = create('p', { className: 'dnn-sweep-name' });
    this.words = create('p', { className: 'dnn-cell-words' });
    this.picture = new CellPicture();
    const acts = create('p', { className: 'dnn-sweep-acts' });
    this.opener = create('button', { type: 'button', textContent: tr('Open in the playground') });
    this.keeper = create('button', { type: 'button', textContent: tr('Keep'), hidden: true });
    this.opener.onclick = () => this.open(this.run);
    this.marker = create('button', { type: 'button', textContent: tr('Mark') });
    this.marker.title = tr('Mark this cell in the results, or take its mark from it');
    this.keeper.onclick = () => this.act('keep', this.run);
    this.keeper.dataset.pressedBy = 'keep'; // the key K
    this.marker.onclick = () => this.act('mark', this.run);
    acts.append(this.opener, this.keeper, this.marker);
    this.root.append(this.which, this.picture.root, this.title, this.words, acts);
    this.run = -1;
    this.place = -1;
    this.problem = '';
    /** @type {GroupScene | null} */
    this.scene = null;
  }

  /** @param {boolean} on whether there is a shelf to keep it on */
  keeps(on) {
    this.keeper.hidden = !on;
  }

  /**
   * @param {GroupScene} scene
   * @param {number} place of the cell
   * @param {string} name its settings
   */
  stage(scene, place, name) {
    const cell = scene.cells[place];
    this.scene = scene;
    this.place = place;
    this.run = cell.run;
    this.problem = cell.problem;
    this.title.textContent = name;
    this.picture.stage(scene, cell, scene.large);
    this.opener.disabled = this.keeper.disabled = this.marker.disabled = cell.plane < 0;
    this.resize();
  }

  resize() {
    this.picture.resize(this.picture.root.clientWidth);
  }

  /** @param {GroupFrame} frame */
  draw(frame) {
    if (frame.large && frame.header.large === this.run) this.picture.draw(frame.large);
  }

  /**
   * @param {GroupFrame} frame
   * @param {boolean} best whether it is shown because it is the best
   */
  say(frame, best) {
    if (this.place < 0) return;
    const which = best ? tr('The best so far') : '';
    if (this.which.textContent !== which) this.which.textContent = which;
    this.words.textContent = this.problem || cellWords(frame, this.place);
  }

  /** @param {number} run to be opened in the playground */
  open(run) {
    this.act('open', run);
  }

  /**
   * @param {string} what
   * @param {number} run
   */
  act(what, run) {
    if (this.scene?.cells.some((cell) => cell.run === run && cell.plane >= 0)) this.onAct(what, run);
  }
}
