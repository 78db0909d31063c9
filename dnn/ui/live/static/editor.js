// A small window beside a unit for the numbers that come into it: its weights and its bias, each with its value, and
// whether training leaves it alone.

import { nameOf, sourcesOf, written } from './unit_view.js';
import { offsetsOf, placeOf } from './geometry.js';
import { meaning, tr } from './i18n.js';

const html = () => `
  <h3 id="dnn-editor-title"></h3>
  <label>${tr('Number')} <select></select></label>
  <label>${tr('Value')} <input type="number" step="any" min="-1000000" max="1000000" required></label>
  <label class="dnn-freeze"><input type="checkbox"> ${tr('Freeze: training leaves it alone')}</label>
  <p><button type="submit">${tr('OK')}</button><button type="button">${tr('Cancel')}</button></p>`;

export class Editor {
  constructor(box, ask, closed) {
    Object.assign(this, { box, ask, closed });
    this.form = Object.assign(document.createElement('form'), { className: 'dnn-editor', innerHTML: html(), hidden: true });
    this.form.setAttribute('role', 'dialog');
    this.form.setAttribute('aria-labelledby', 'dnn-editor-title');
    box.append(this.form);
    this.title = this.form.querySelector('h3');
    [this.which, this.value, this.frozen] = this.form.querySelectorAll('select, input');
    this.which.addEventListener('change', () => this.choose());
    this.form.addEventListener('submit', (event) => this.submit(event));
    this.form.querySelector('[type=button]').addEventListener('click', () => this.close());
    this.form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
  }

  get open() {
    return !this.form.hidden;
  }

  // For the numbers that come into a unit, `from` the chosen one; `at` is where it was asked for.
  show(scene, unit, from, { incoming, held }, at) {
    Object.assign(this, { scene, unit, incoming, held });
    const { l } = placeOf(scene.sizes, unit);
    this.sources = sourcesOf(scene, l);
    const option = (value, k) => new Option(describe(this.sources[k], written(value), held[k]), k);
    this.which.replaceChildren(...Array.from(incoming, option));
    this.which.value = from;
    this.form.hidden = false;
    this.choose();
    const { clientWidth, clientHeight } = this.box, { offsetWidth, offsetHeight } = this.form;
    const within = (wish, most) => `${Math.max(4, Math.min(wish, most - 4))}px`;
    this.form.style.left = within(at.x + 14, clientWidth - offsetWidth);
    this.form.style.top = within(at.y + 14, clientHeight - offsetHeight);
    this.value.focus();
    this.value.select();
  }

  choose() {
    const k = Number(this.which.value);
    const unit = nameOf(this.scene, this.unit).replace(/^[UO]/, (first) => first.toLowerCase());
    const source = this.sources[k], weight = source !== undefined;
    this.title.textContent = weight ? tr('Weight from {source} to {unit}', { source, unit }) : tr('Bias of {unit}', { unit });
    this.title.title = meaning(weight ? 'weight' : 'bias');
    this.given = String(Number(this.incoming[k].toPrecision(4)));
    this.value.value = this.given;
    this.frozen.checked = this.held[k] === 1;
  }

  // A value that was not touched is left as it is by now: training goes on while the window is open.
  submit(event) {
    event.preventDefault();
    const k = Number(this.which.value), { sizes } = this.scene;
    const value = this.value.value === this.given ? null : this.value.valueAsNumber;
    const frozen = this.frozen.checked;
    if (value !== null || frozen !== (this.held[k] === 1)) {
      const { l, k: column } = placeOf(sizes, this.unit);
      const { start, out } = offsetsOf(sizes)[l - 1];
      this.ask({ do: 'number', sizes, place: start + k * out + column, value, frozen });
    }
    this.close();
  }

  close() {
    if (!this.open) return;
    const inside = this.form.contains(document.activeElement);
    this.form.hidden = true;
    this.closed(inside);
  }
}

// A weight, or without a source the bias, as a line to choose.
function describe(source, value, frozen) {
  if (source === undefined) return frozen ? tr('bias: {value} (frozen)', { value }) : tr('bias: {value}', { value });
  return frozen ? tr('weight from {source}: {value} (frozen)', { source, value }) : tr('weight from {source}: {value}', { source, value });
}
