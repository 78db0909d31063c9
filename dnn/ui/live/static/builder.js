// The buttons over the diagram that add and remove hidden layers and their units.

import { tr } from './i18n.js';

export class Builder {
  // `most` is how many layers and units there may be; `ask` takes an action for the server, which decides.
  constructor(box, most, ask) {
    Object.assign(this, { most, ask, columns: [] });
    this.layers = this.pair(tr('Hidden layers'), { remove: tr('Remove the last hidden layer'), add: tr('Add a hidden layer') }, { do: 'layers' });
    this.words = this.layers.insertBefore(document.createElement('span'), this.layers.lastChild);
    this.root = Object.assign(document.createElement('div'), { className: 'dnn-builder' });
    this.root.append(this.layers);
    box.append(this.root);
  }

  pair(label, names, action) {
    const group = document.createElement('div');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', label);
    const button = (text, name, by) => {
      const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text, title: name });
      made.setAttribute('aria-label', name);
      made.addEventListener('click', () => made.ariaDisabled === 'true' || this.ask({ ...action, by }));
      return made;
    };
    group.append(button('−', names.remove, -1), button('+', names.add, 1));
    return group;
  }

  // Buttons that stay are kept, and with them the keyboard's focus.
  place(scene, plan) {
    const widths = scene.sizes.slice(1, -1);
    while (this.columns.length > widths.length) this.columns.pop().remove();
    while (this.columns.length < widths.length) {
      const place = this.columns.length, layer = place + 1;
      const names = { remove: tr('Remove a unit from hidden layer {layer}', { layer }), add: tr('Add a unit to hidden layer {layer}', { layer }) };
      const column = this.pair(tr('Units of hidden layer {layer}', { layer }), names, { do: 'units', layer: place });
      this.columns.push(this.root.appendChild(column));
    }
    this.columns.forEach((column, l) => {
      column.classList.toggle('dnn-stacked', plan.stacked);
      column.style.left = `${plan.layers[l + 1][0].x}px`;
      this.allow(column, widths[l] > 1, widths[l] < this.most.units);
    });
    this.words.textContent = widths.length === 1 ? tr('1 hidden layer') : tr('{count} hidden layers', { count: widths.length });
    this.layers.style.left = `${(plan.layers[0][0].x + plan.layers.at(-1)[0].x) / 2}px`;
    this.allow(this.layers, widths.length > 0, widths.length < this.most.layers);
  }

  // Not `disabled`: that would take the focus away from under the finger.
  allow({ firstChild, lastChild }, less, more) {
    firstChild.ariaDisabled = String(!less);
    lastChild.ariaDisabled = String(!more);
  }
}
