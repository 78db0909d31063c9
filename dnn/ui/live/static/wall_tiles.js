// @ts-check
// The tiles of a wall as a list: in order, with the arrow keys from one to the next, and boxes to choose several.

import { closest, create } from './dom.js';
import { tr } from './i18n.js';
import { fitting, sorted } from './wall_order.js';
import { WallTile } from './wall_tile.js';

/** @import { WallScene, WallTile as Tile } from '../wall_contract.d.ts' */
/** @import { Order } from './wall_order.js' */

const SORTED_EVERY = 3000; // milliseconds between two changes of the order while the numbers change
const [WORDS, GAP] = [0.32, 12]; // where all fit on a screen: the words beside the picture's side, and pixels

export class WallTiles {
  /**
   * @param {object} options
   * @param {Order} options.order
   * @param {(tile: WallTile) => void} options.onPress
   * @param {() => void} options.onChoice hears that a box was ticked, or not any more
   */
  constructor({ order, onPress, onChoice }) {
    this.root = create('ul');
    this.root.setAttribute('aria-label', tr('Pupils'));
    this.order = order;
    /** @type {Map<number, WallTile>} */
    this.all = new Map();
    this.choosing = false;
    this.unsorted = false;
    this.sortedAt = 0;
    this.root.addEventListener('click', (event) => {
      const tile = this.of(event);
      if (tile && closest(event, 'button')) onPress(tile);
    });
    this.root.addEventListener('change', onChoice);
    this.root.addEventListener('focusin', (event) => this.tabTo(this.of(event)));
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  get size() {
    return this.all.size;
  }

  // What is known of each.
  get said() {
    return [...this.all.values()].map(({ tile }) => tile);
  }

  /** @param {number | null} id */
  at(id) {
    return id === null ? undefined : this.all.get(id);
  }

  /** @param {Event} event */
  of(event) {
    return this.all.get(Number(closest(event, 'li')?.dataset.id ?? -1));
  }

  /** @param {boolean} on whether there are boxes */
  choose(on) {
    this.choosing = on;
    for (const tile of this.all.values()) tile.chooses(on);
  }

  // Those that were chosen, in the order on screen.
  get chosen() {
    const boxes = this.root.querySelectorAll('input:checked');
    return [...boxes].map((box) => Number(/** @type {HTMLElement} */ (box.parentElement).dataset.id));
  }

  /**
   * @param {Tile} said what is the case now
   * @param {WallScene} scene
   */
  update(said, scene) {
    this.unsorted = true;
    const known = this.all.get(said.id);
    const tile = known ?? new WallTile(said, scene.side);
    if (!known) {
      tile.chooses(this.choosing);
      this.all.set(tile.id, tile);
      this.root.append(tile.root);
      this.sortedAt = -SORTED_EVERY; // it takes its place at once
      if (this.all.size === 1) tile.tabs(true);
    }
    tile.say(said);
    return tile;
  }

  /** @param {number[]} ids of those that there still are; returns the others */
  keep(ids) {
    const there = new Set(ids);
    const gone = [...this.all.values()].filter(({ id }) => !there.has(id));
    for (const tile of gone) {
      tile.root.remove();
      this.all.delete(tile.id);
    }
    if (gone.length && !this.root.querySelector('button[tabindex="0"]')) this.tabTo([...this.all.values()][0]);
    return gone;
  }

  clear() {
    this.keep([]);
  }

  // Take the places that the numbers ask for, every few seconds at most: what moves all the time cannot be read.
  settle() {
    if (this.unsorted && performance.now() - this.sortedAt > SORTED_EVERY) this.sort();
  }

  /** @param {Order} [order] */
  sort(order = this.order) {
    this.order = order;
    this.unsorted = false;
    this.sortedAt = performance.now();
    const roots = sorted(this.said, order).map(({ id }) => /** @type {WallTile} */ (this.all.get(id)).root);
    if (roots.every((root, place) => this.root.children[place] === root)) return;
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    this.root.append(...roots);
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  /** @param {boolean} big whether all shall fit into the list */
  fit(big) {
    if (!big) return this.root.removeAttribute('style');
    const { columns, size } = fitting(this.all.size, this.root.clientWidth, this.root.clientHeight, WORDS, GAP);
    this.root.style.setProperty('--columns', String(columns));
    this.root.style.setProperty('--size', `${size}px`);
  }

  /** @param {WallTile | undefined} tile that Tab leads to from now on */
  tabTo(tile) {
    if (tile) for (const other of this.all.values()) other.tabs(other === tile);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const tile = this.of(event);
    if (!tile || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.root.children];
    const columns = Math.max(1, getComputedStyle(this.root).gridTemplateColumns.split(' ').length);
    const place = all.indexOf(tile.root);
    /** @type {Record<string, number>} */
    const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -place, End: all.length };
    if (!(event.key in ways)) return;
    event.preventDefault();
    const to = all[Math.min(all.length - 1, Math.max(0, place + ways[event.key]))];
    to?.querySelector('button')?.focus();
  }
}
