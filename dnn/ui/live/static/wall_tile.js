// @ts-check
// One pupil on the wall: a button with the boundary, the name and the numbers, and for the teacher a box to choose it.

import { Field, palette } from '../../../web/paint.js';
import { create } from './dom.js';
import { tr } from './i18n.js';
import { resultText, sizesText, stateText, tileWords, timeText } from './wall_order.js';

/** @import { WallScene, WallTile as Tile } from '../wall_contract.d.ts' */

/** @type {WeakMap<object, Uint32Array>} */
const palettes = new WeakMap();

/**
 * The colours of a ramp as pixels.
 *
 * @param {WallScene} scene
 * @param {number} ramp
 */
export function colorsOf({ ramps }, ramp) {
  const colors = ramps[ramp] ?? [];
  const known = palettes.get(colors) ?? palette(colors);
  palettes.set(colors, known);
  return known;
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export class WallTile {
  /**
   * @param {Tile} tile
   * @param {number} side points on a side of a map
   */
  constructor(tile, side) {
    this.id = tile.id;
    /** @type {Tile} */
    this.tile = tile;
    /** @type {Uint8Array | null} */
    this.map = null;
    this.root = create('li', { className: 'dnn-wall-tile' });
    this.root.dataset.id = String(tile.id);
    this.button = create('button', { type: 'button', tabIndex: -1 });
    this.field = new Field(side);
    this.name = create('strong', { dir: 'auto' });
    this.accuracy = create('b');
    this.sizes = create('span');
    this.state = create('span');
    this.reached = create('span', { className: 'dnn-wall-reached', hidden: true });
    const picture = create('span', { className: 'dnn-wall-picture' });
    picture.append(this.field.canvas, this.reached);
    const words = create('span', { className: 'dnn-wall-words' });
    words.append(this.name, this.accuracy, this.sizes, this.state);
    this.button.append(picture, words);
    this.choice = create('input', { type: 'checkbox', tabIndex: -1 });
    this.root.append(this.button, this.choice);
  }

  /** @param {boolean} on whether tiles can be chosen */
  chooses(on) {
    this.choice.hidden = !on;
  }

  /** @param {boolean} on whether Tab comes here */
  tabs(on) {
    this.button.tabIndex = this.choice.tabIndex = on ? 0 : -1;
  }

  /** @param {boolean} on whether it is shown large */
  mark(on) {
    if (on) this.button.setAttribute('aria-current', 'true');
    else this.button.removeAttribute('aria-current');
  }

  /** @param {Tile} tile what is the case now */
  say(tile) {
    this.tile = tile;
    write(this.name, tile.name);
    write(this.accuracy, tile.sizes.length ? resultText(tile) : '');
    write(this.sizes, sizesText(tile));
    const epoch = tile.sizes.length ? tr('epoch {epoch}', { epoch: tile.epoch.toLocaleString('en') }) : '';
    write(this.state, stateText(tile) || epoch);
    this.reached.hidden = tile.reached === null;
    if (tile.reached !== null) write(this.reached, `✓ ${timeText(tile.reached)}`);
    this.root.dataset.state = tile.away ? 'away' : tile.state;
    this.root.toggleAttribute('data-reached', tile.reached !== null);
    this.root.dataset.epoch = String(tile.epoch);
    this.button.setAttribute('aria-label', tileWords(tile));
    this.choice.setAttribute('aria-label', tr('Choose {name} for a comparison', { name: tile.name }));
  }

  /**
   * @param {Uint8Array | null} map
   * @param {WallScene} scene
   */
  draw(map, scene) {
    this.map = map ?? this.map;
    if (this.map) this.field.paint(this.map, colorsOf(scene, this.tile.ramp));
    this.root.toggleAttribute('data-mapped', this.map !== null);
  }
}
