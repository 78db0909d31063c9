// @ts-check
// The buttons over the diagram that add and remove hidden layers and their units.

import { create, createButton } from './dom.js';
import { tr } from './i18n.js';

/** @import { Action, Layers, Scene, Units } from '../contract.d.ts' */
/** @import { Plan } from './layout.js' */
/** @typedef {{ layers: number, units: number }} Most layers and units that there may be */
/** @typedef {{ group: HTMLElement, less: HTMLButtonElement, more: HTMLButtonElement }} Pair of buttons */

export class Builder {
  /**
   * @param {HTMLElement} box
   * @param {Most} most
   * @param {(action: Action) => void} ask takes an action for the server, which decides
   */
  constructor(box, most, ask) {
    this.most = most;
    this.ask = ask;
    /** @type {Pair[]} for each hidden layer */
    this.columns = [];
    const names = { less: tr('Remove the last hidden layer'), more: tr('Add a hidden layer') };
    this.layers = this.pair(tr('Hidden layers'), names, { do: 'layers' });
    this.count = create('span');
    this.layers.more.before(this.count);
    this.root = create('div', { className: 'dnn-builder' });
    this.root.append(this.layers.group);
    box.append(this.root);
  }

  /**
   * @param {string} label
   * @param {{ less: string, more: string }} names
   * @param {Omit<Layers, 'by'> | Omit<Units, 'by'>} action
   * @returns {Pair}
   */
  pair(label, names, action) {
    const group = create('div');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', label);
    const less = this.button('−', names.less, { ...action, by: -1 });
    const more = this.button('+', names.more, { ...action, by: 1 });
    group.append(less, more);
    return { group, less, more };
  }

  /**
   * @param {string} text
   * @param {string} name
   * @param {Action} action
   */
  button(text, name, action) {
    const button = createButton(text, name);
    button.addEventListener('click', () => {
      if (button.ariaDisabled !== 'true') this.ask(action);
    });
    return button;
  }

  /**
   * Buttons that stay are kept, and with them the keyboard's focus.
   *
   * @param {Scene} scene
   * @param {Plan} plan
   */
  place(scene, plan) {
    const widths = scene.sizes.slice(1, -1);
    for (const { group } of this.columns.splice(widths.length)) group.remove();
    while (this.columns.length < widths.length) this.columns.push(this.column(this.columns.length));
    this.columns.forEach((column, l) => {
      column.group.classList.toggle('dnn-stacked', plan.stacked);
      column.group.style.left = `${plan.layers[l + 1][0].x}px`;
      allow(column, widths[l] > 1, widths[l] < this.most.units);
    });
    const count = widths.length;
    this.count.textContent = count === 1 ? tr('1 hidden layer') : tr('{count} hidden layers', { count: widths.length });
    const [first, last] = [plan.layers[0], plan.layers[plan.layers.length - 1]];
    this.layers.group.style.left = `${(first[0].x + last[0].x) / 2}px`;
    allow(this.layers, count > 0, count < this.most.layers);
  }

  /** @param {number} place */
  column(place) {
    const layer = place + 1;
    const names = {
      less: tr('Remove a unit from hidden layer {layer}', { layer }),
      more: tr('Add a unit to hidden layer {layer}', { layer }),
    };
    const column = this.pair(tr('Units of hidden layer {layer}', { layer }), names, { do: 'units', layer: place });
    this.root.append(column.group);
    return column;
  }
}

/**
 * Not `disabled`: that would take the focus away from under the finger.
 *
 * @param {Pair} pair
 * @param {boolean} less
 * @param {boolean} more
 */
function allow(pair, less, more) {
  pair.less.ariaDisabled = String(!less);
  pair.more.ariaDisabled = String(!more);
}
