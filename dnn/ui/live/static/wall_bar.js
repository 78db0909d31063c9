// @ts-check
// The row above the tiles: how many there are, their order, and what can be done with those that were chosen.

import { create } from './dom.js';
import { tr } from './i18n.js';
import { countWords, ORDERS } from './wall_order.js';
import { write } from './wall_tile.js';

/** @import { WallTile } from '../wall_contract.d.ts' */
/** @import { Order } from './wall_order.js' */

export class WallBar {
  /**
   * @param {object} options
   * @param {Order} options.order
   * @param {(order: Order) => void} options.onOrder
   * @param {() => void} options.onCompare
   * @param {() => void} options.onBig
   */
  constructor({ order, onOrder, onCompare, onBig }) {
    this.root = create('div', { className: 'dnn-wall-bar' });
    this.code = create('strong', { className: 'dnn-wall-code', translate: false });
    this.address = create('span', { translate: false });
    this.goal = create('span');
    this.frozen = create('span', { className: 'dnn-wall-frozen', textContent: tr('Frozen'), hidden: true });
    this.words = create('span', { className: 'dnn-wall-count' });
    const label = create('label', { textContent: tr('Sorted by') });
    this.order = create('select');
    const names = { name: tr('name'), accuracy: tr('accuracy'), units: tr('fewest units') };
    this.order.append(...ORDERS.map((each) => create('option', { value: each, textContent: names[each] })));
    this.order.value = order;
    this.order.onchange = () => onOrder(/** @type {Order} */ (this.order.value));
    label.append(this.order);
    this.compare = create('button', { type: 'button' });
    this.compare.onclick = onCompare;
    this.big = create('button', { type: 'button', hidden: !document.fullscreenEnabled });
    this.big.onclick = onBig;
    const end = create('span', { className: 'dnn-wall-end' });
    end.append(label, this.compare, this.big);
    this.root.append(this.code, this.address, this.goal, this.words, this.frozen, end);
    this.isBig(false);
  }

  /** @param {{ code: string, address: string, goal: string, acts: boolean, frozen: boolean }} settings */
  update({ code, address, goal, acts, frozen }) {
    write(this.code, code);
    write(this.address, address);
    write(this.goal, goal ? tr('Goal: {goal}', { goal }) : '');
    this.goal.hidden = !goal;
    this.frozen.hidden = !frozen;
    this.compare.hidden = !acts;
  }

  /**
   * @param {WallTile[]} tiles
   * @param {boolean} goal whether there is one
   */
  say(tiles, goal) {
    write(this.words, countWords(tiles, goal));
  }

  /**
   * @param {number} chosen
   * @param {[number, number]} compares the fewest and the most
   */
  count(chosen, [fewest, most]) {
    write(this.compare, chosen ? tr('Compare {count}', { count: chosen }) : tr('Compare'));
    this.compare.title = tr('Choose {fewest} to {most} tiles by their boxes', { fewest, most });
    this.compare.disabled = chosen < fewest || chosen > most;
  }

  /** @param {boolean} on */
  isBig(on) {
    write(this.big, on ? tr('Leave the full screen') : tr('Fill the screen'));
  }
}
