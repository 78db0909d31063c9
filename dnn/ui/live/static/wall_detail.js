// @ts-check
// One pupil's network large, with its settings, and what the teacher can do with it.

import { Field } from '../../../web/paint.js';
import { create, createButton } from './dom.js';
import { tr } from './i18n.js';
import { resultWords, sizesText, stateText, timeText } from './wall_order.js';
import { colorsOf, write } from './wall_tile.js';

/** @import { WallAction, WallDetail as Detail, WallScene } from '../wall_contract.d.ts' */
/** @import { WallTile } from './wall_tile.js' */

const SAID = 3000; // milliseconds for which a button says that it was pressed: on a full screen nothing else does
const LONGEST_NAME = 24; // characters; the server has the same bound

export class WallDetail {
  /**
   * @param {object} events
   * @param {(action: WallAction) => void} events.onAct
   * @param {() => void} events.onClose
   */
  constructor({ onAct, onClose }) {
    this.root = create('section', { className: 'dnn-wall-one', hidden: true });
    this.root.setAttribute('aria-label', tr('One pupil'));
    this.title = create('h3', { tabIndex: -1, dir: 'auto' });
    const closer = createButton('×', tr('Close'));
    closer.onclick = onClose;
    const head = create('div', { className: 'dnn-wall-head' });
    head.append(this.title, closer);
    this.picture = create('div', { className: 'dnn-wall-picture' });
    this.words = create('p');
    this.settings = create('dl');
    const acts = create('p', { className: 'dnn-wall-acts' });
    this.opener = create('button', { type: 'button', textContent: tr('Open a copy') });
    this.opener.title = tr('In your playground, trained to this epoch with the same settings');
    this.shower = create('button', { type: 'button', textContent: tr('Show on all screens') });
    this.shower.title = tr('Every pupil sees this experiment, and can go back to their own');
    this.opener.onclick = () => onAct({ do: 'open', id: this.id });
    this.shower.onclick = () => {
      onAct({ do: 'show', id: this.id });
      this.shower.textContent = `✓ ${tr('Show on all screens')}`;
      clearTimeout(this.saying);
      this.saying = setTimeout(() => this.sayNothing(), SAID);
    };
    acts.append(this.opener, this.shower);
    this.lacks = create('p', {
      hidden: true,
      textContent: tr('This pupil has own data, which are too many to be sent.'),
    });
    this.naming = create('details');
    const form = create('form');
    const label = create('label', { textContent: tr('Name') });
    this.name = create('input', { maxLength: LONGEST_NAME, autocomplete: 'off' });
    label.append(this.name);
    const save = create('button', { type: 'submit', textContent: tr('Rename') });
    const remove = create('button', { type: 'button', textContent: tr('Remove from the class') });
    remove.onclick = () => onAct({ do: 'remove', id: this.id });
    form.append(label, save, remove);
    form.onsubmit = (event) => {
      event.preventDefault();
      if (this.name.value.trim()) onAct({ do: 'rename', id: this.id, name: this.name.value.trim() });
      this.naming.open = false;
    };
    this.naming.append(create('summary', { textContent: tr('Another name, or remove') }), form);
    this.acts = create('div');
    this.acts.append(acts, this.lacks, this.naming);
    this.root.append(head, this.picture, this.words, this.settings, this.acts);
    this.id = -1;
    this.said = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.saying = undefined;
    /** @type {Field | null} */
    this.field = null;
  }

  sayNothing() {
    clearTimeout(this.saying);
    this.shower.textContent = tr('Show on all screens');
  }

  /** @param {boolean} on whether there is anything to do with it */
  allows(on) {
    this.acts.hidden = !on;
  }

  /** @param {WallTile | null} tile to be shown large */
  stage(tile) {
    this.id = tile?.id ?? -1;
    this.root.hidden = !tile;
    this.settings.replaceChildren();
    this.sayNothing();
    this.said = '';
    this.naming.open = false;
    this.opener.disabled = this.shower.disabled = true;
    this.lacks.hidden = true;
    if (tile) this.name.value = tile.tile.name;
  }

  /**
   * @param {WallTile} wall
   * @param {WallScene} scene
   */
  draw({ tile, map }, scene) {
    if (this.field?.side !== scene.side) {
      this.field = new Field(scene.side);
      this.picture.replaceChildren(this.field.canvas);
    }
    this.picture.hidden = !map;
    if (map) this.field.paint(map, colorsOf(scene, tile.ramp));
    write(this.title, tile.name);
    const parts = [stateText(tile)];
    if (tile.sizes.length) {
      parts.push(tr('epoch {epoch}', { epoch: tile.epoch.toLocaleString('en') }));
      parts.push(resultWords(tile), sizesText(tile));
    }
    if (tile.reached !== null) parts.push(tr('goal reached after {time}', { time: timeText(tile.reached) }));
    write(this.words, parts.filter(Boolean).join(' · '));
  }

  /** @param {Detail} detail */
  say(detail) {
    const said = JSON.stringify(detail);
    if (detail.id !== this.id || said === this.said) return;
    this.said = said;
    const rows = detail.settings.map(([title, value]) => {
      const row = create('div');
      row.append(create('dt', { textContent: title }), create('dd', { textContent: value }));
      return row;
    });
    this.settings.replaceChildren(...rows);
    this.opener.disabled = this.shower.disabled = !detail.opens;
    this.lacks.hidden = detail.opens || !detail.settings.length;
  }
}
