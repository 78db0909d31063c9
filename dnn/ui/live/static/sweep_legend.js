// @ts-check
// Under the grid of a sweep: what its marks and frames mean, and how many cells have each.

import { create } from './dom.js';
import { MARKS, stateWords } from './group_cell.js';
import { tr } from './i18n.js';

/** @import { GroupFrame } from '../group_contract.d.ts' */

export class SweepLegend {
  constructor() {
    this.root = create('p', { className: 'dnn-sweep-legend' });
    this.root.setAttribute('role', 'status');
    this.text = '';
  }

  /** @param {GroupFrame} frame */
  say(frame) {
    const counts = MARKS.map((_, state) => frame.states.filter((each) => each === state).length);
    const { best, epoch } = frame.header;
    const parts = [tr('epoch {epoch}', { epoch: epoch.toLocaleString('en') })];
    if (best.length > 1) parts.push(tr('framed: the best {count}', { count: best.length }));
    else if (best.length) parts.push(tr('framed: the best'));
    for (let state = 1; state < MARKS.length; state++) {
      if (counts[state]) parts.push(`${MARKS[state]} ${stateWords(state)}: ${counts[state]}`);
    }
    const text = parts.join(' · ');
    if (text !== this.text) this.root.textContent = this.text = text;
  }
}
