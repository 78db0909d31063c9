// @ts-check
// One cell of a sweep: a button with the map of its run, framed where it is one of the best, marked where it has stopped.

import { create } from './dom.js';
import { CellPicture, cellWords, GOES_ON, MARKS, stateWords } from './group_cell.js';
import { tr } from './i18n.js';

/** @import { GroupCell, GroupFrame, GroupScene } from '../group_contract.d.ts' */

const ROOM_FOR_WORDS = 64; // pixels on a side from which on the mark is said in words too

export class SweepCell {
  /**
   * @param {GroupScene} scene
   * @param {GroupCell} cell
   * @param {number} place in the grid
   */
  constructor(scene, cell, place) {
    this.run = cell.run;
    this.place = place;
    this.problem = cell.problem;
    this.title = '';
    /** @type {number} */
    this.state = GOES_ON;
    this.root = create('button', { type: 'button', className: 'dnn-sweep-cell', tabIndex: -1 });
    this.root.dataset.cell = String(place);
    this.root.dataset.run = String(cell.run);
    this.picture = new CellPicture();
    this.picture.stage(scene, cell);
    this.sign = create('span', { className: 'dnn-sweep-mark' });
    this.root.append(this.picture.root, this.sign);
  }

  /**
   * @param {string} name the settings of the cell
   * @param {boolean} marked whether it is marked in the results
   */
  name(name, marked) {
    this.title = marked ? `${name}, ${tr('marked')}` : name;
    this.root.toggleAttribute('data-marked', marked);
    this.root.setAttribute('aria-label', this.problem ? `${name}: ${this.problem}` : name);
    this.root.title = this.problem ? `${name}\n${this.problem}` : name;
  }

  /** @param {GroupFrame} frame */
  say(frame) {
    const words = this.problem || cellWords(frame, this.place);
    this.root.setAttribute('aria-label', `${this.title}: ${words}`);
  }

  /** @param {number} size in pixels */
  resize(size) {
    this.picture.resize(size);
    this.root.classList.toggle('dnn-roomy', size >= ROOM_FOR_WORDS);
  }

  /**
   * @param {Uint8Array} map
   * @param {number} state
   */
  draw(map, state) {
    this.picture.draw(map);
    if (state === this.state) return;
    this.state = state;
    const words = create('span', { textContent: stateWords(state) });
    this.sign.replaceChildren(MARKS[state], words);
    this.root.dataset.ended = String(state);
  }

  /** @param {number} rank from 0 for the best; -1: none */
  rank(rank) {
    if (rank < 0) delete this.root.dataset.rank;
    else this.root.dataset.rank = String(rank + 1);
  }

  /** @param {boolean} on whether it is the chosen one */
  mark(on) {
    if (on) this.root.setAttribute('aria-current', 'true');
    else this.root.removeAttribute('aria-current');
  }
}
