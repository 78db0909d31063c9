// The diagram as something to work with: what the pointer and the keyboard do there.

import { Builder } from './builder.js';
import { Editor } from './editor.js';
import { Inputs } from './inputs.js';
import { UnitView, nameOf, sourcesOf, written } from './unit_view.js';
import { hit, placeOf } from './geometry.js';
import { meaning, tr } from './i18n.js';

const SENT_AGAIN = 10000; // milliseconds for which an action that is not known to be done is sent again
const ASKED_AGAIN = 1000; // milliseconds after which that happens, if the page has said nothing
const MOST_SENT = 50; // actions at once
const OUTBOX = { actions: [], last: 0 }; // outlives a panel that Streamlit takes away and mounts anew

export class DiagramEvents {
  // `look(unit)` has frames bring that unit large, null none; `act(actions)` sends what was asked for to the page.
  constructor(box, diagram, plane, { look, act, most }) {
    Object.assign(this, { box, diagram, look, act, hovered: null, focused: null, looking: null, wanted: null });
    const ask = (action) => this.ask(action);
    this.builder = new Builder(box, most, ask);
    this.inputs = new Inputs(box, ask);
    this.units = Object.assign(document.createElement('div'), { className: 'dnn-units' });
    this.units.setAttribute('role', 'group');
    this.units.setAttribute('aria-label', tr('Units'));
    this.tip = Object.assign(document.createElement('div'), { className: 'dnn-tip', hidden: true });
    box.append(this.units, this.tip);
    this.legend = ['weight', 'bias'].map((word) => box.appendChild(Object.assign(document.createElement('span'), { className: 'dnn-legend', title: meaning(word) })));
    this.unitView = new UnitView(plane);
    this.editor = new Editor(box, ask, (inside) => this.back(inside));
    this.listen();
  }

  listen() {
    const { box, units } = this;
    box.addEventListener('pointermove', (event) => this.move(event));
    box.addEventListener('pointerleave', () => this.hover((this.point = null)));
    box.addEventListener('click', (event) => this.click(event));
    units.addEventListener('focusin', ({ target }) => this.focus(target));
    units.addEventListener('focusout', () => this.focus(null));
    units.addEventListener('keydown', (event) => this.key(event));
    units.addEventListener('click', ({ target }) => this.edit({ unit: Number(target.dataset.unit) }));
  }

  // Streamlit breaks the page's run off for a newer one, and may then forget what was asked for or take the panel away
  // for a moment. So actions go out one after another: what is asked for meanwhile waits until the page has done what it
  // was sent, or has said nothing for a while. What is not known to be done is sent again; the numbers say which is which.
  ask(action) {
    OUTBOX.last = Math.max(Date.now(), OUTBOX.last + 1);
    OUTBOX.actions.push({ ...action, number: OUTBOX.last });
    if (!this.sent) this.send();
    return OUTBOX.last;
  }

  send() {
    const recent = OUTBOX.actions.filter(({ number }) => Date.now() - number < SENT_AGAIN);
    OUTBOX.actions = recent.slice(-MOST_SENT);
    clearTimeout(this.again);
    this.sent = recent.at(-1)?.number;
    if (!this.sent) return;
    this.act(OUTBOX.actions);
    this.again = setTimeout(() => this.send(), ASKED_AGAIN);
  }

  // The page has done all actions up to this number.
  done(number) {
    OUTBOX.actions = OUTBOX.actions.filter((action) => action.number > number);
    this.settled?.(number);
    if (!this.sent || number >= this.sent) this.send();
  }

  // A button for every unit, to be reached with the arrow keys; only one of them is on the way of the Tab key.
  place(scene) {
    const { plan } = this.diagram;
    const same = String(scene.sizes) === String(this.scene?.sizes);
    if (!same || scene.inputs.join() !== this.scene.inputs.join()) this.name(scene);
    if (!same) this.forget();
    this.scene = scene;
    this.builder.place(scene, plan);
    this.inputs.place(scene, plan);
    const flat = plan.layers.flat(), { box } = plan;
    [...this.units.children].forEach(({ style }, unit) => {
      const { x, y } = flat[unit];
      style.cssText = `left:${x - box / 2}px;top:${y - box / 2}px;width:${box}px;height:${box}px`;
    });
    this.unitView.place();
    this.hover(null);
    this.replaced = true;
  }

  // Other layers: what was looked at may be gone.
  forget() {
    this.editor.close();
    this.unitView.hide();
    this.wanted = null;
    if (!this.units.contains(document.activeElement)) this.focused = null;
  }

  name(scene) {
    const count = scene.sizes.reduce((sum, n) => sum + n, 0);
    while (this.units.children.length > count) this.units.lastChild.remove();
    while (this.units.children.length < count) this.units.append(Object.assign(document.createElement('button'), { type: 'button', tabIndex: -1 }));
    [...this.units.children].forEach((button, unit) => {
      button.dataset.unit = unit;
      button.setAttribute('aria-label', nameOf(scene, unit));
      button.setAttribute('aria-describedby', 'dnn-formula');
    });
    if (!this.units.querySelector('[tabindex="0"]')) this.units.children[scene.sizes[0]].tabIndex = 0;
  }

  draw(frame) {
    this.frame = frame;
    if (this.explained !== this.diagram.plan) this.explain(this.diagram.plan);
    if (this.replaced) this.hover(this.point ?? null); // the pointer rests, but what is under it may be something else
    this.replaced = false;
    const at = frame.header.unit?.place;
    if (at !== undefined && at === this.wanted?.unit) this.open(frame);
    if (this.looking !== null && at === this.looking) this.unitView.draw(this.scene, frame);
    if (!this.tip.hidden) this.say();
  }

  // The words of the legend are painted: what they mean lies over them.
  explain(plan) {
    this.explained = plan;
    const { weight, bias } = plan.legend;
    [weight, bias].forEach(([from, to], k) => (this.legend[k].style.cssText = `left:${from}px;width:${to - from}px`));
  }

  // the pointer

  at({ clientX, clientY }) {
    const { left, top } = this.box.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  move(event) {
    if (!this.frame || this.moved || event.target.closest('form, .dnn-builder, .dnn-inputs')) return;
    this.moved = requestAnimationFrame(() => {
      this.moved = null;
      this.hover((this.point = this.at(event)));
    });
  }

  hover(point) {
    const found = point && this.frame && hit(this.diagram, this.frame, point.x, point.y);
    const number = found?.from !== undefined;
    this.box.style.cursor = number || found?.unit >= this.scene.sizes[0] ? 'pointer' : '';
    this.hovered = found && !number ? found.unit : null;
    this.tipped = number ? found : null;
    this.tip.hidden = !number;
    if (number) {
      this.tip.style.transform = `translate(${Math.min(point.x + 12, this.box.clientWidth - 150)}px, ${Math.max(2, point.y - 30)}px)`;
      this.say();
    }
    this.settle();
  }

  // The number under the pointer, as it is now.
  say() {
    const { unit, from } = this.tipped, { sizes } = this.scene, { l, k } = placeOf(sizes, unit);
    const { start, size, out } = this.diagram.offsets[l - 1];
    const { edges, weights, biases } = this.frame;
    const bias = from === sizes[l - 1];
    const value = bias ? biases[unit - sizes[0]] : weights[edges.indexOf(start + from * out + k)];
    if (value === undefined) return;
    const text = bias ? tr('bias {value}', { value: written(value) }) : `${sourcesOf(this.scene, l)[from]} → ${written(value)}`;
    if (this.tip.textContent !== text) this.tip.textContent = text;
  }

  click(event) {
    if (event.target.closest('form, button')) return;
    const point = this.at(event);
    const found = this.frame && hit(this.diagram, this.frame, point.x, point.y);
    if (found) this.edit(found, point);
    else this.editor.close();
  }

  // the keyboard

  focus(button) {
    this.focused = button ? Number(button.dataset.unit) : null;
    if (button) {
      this.units.querySelectorAll('[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
      button.tabIndex = 0;
    }
    this.settle();
  }

  key(event) {
    const { layers } = this.diagram.plan, { sizes } = this.scene;
    const { l, k } = placeOf(sizes, this.focused);
    const beside = (to) => [to, Math.round(((k + 0.5) / sizes[l]) * sizes[to] - 0.5)];
    const ways = {
      ArrowUp: () => [l, Math.max(0, k - 1)],
      ArrowDown: () => [l, Math.min(sizes[l] - 1, k + 1)],
      ArrowLeft: () => beside(Math.max(0, l - 1)),
      ArrowRight: () => beside(Math.min(layers.length - 1, l + 1)),
      Home: () => [0, 0],
      End: () => [layers.length - 1, 0],
    };
    if (!ways[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [layer, place] = ways[event.key]();
    const unit = sizes.slice(0, layer).reduce((sum, n) => sum + n, 0) + place;
    this.units.children[unit].focus();
  }

  // what is looked at, and edited

  settle() {
    const unit = this.hovered ?? this.edited ?? this.focused;
    if (unit === this.looking) return;
    this.looking = unit;
    if (unit === null) this.unitView.hide();
    this.look(unit);
  }

  // The window opens when the unit's numbers have come.
  edit({ unit, from = 0 }, point = null) {
    if (unit < this.scene.sizes[0] || this.box.closest('.dnn-fixed, [data-fixed~=edit]')) return;
    const { x, y } = point ?? this.diagram.plan.layers.flat()[unit];
    this.editor.close();
    this.wanted = { unit, from, at: { x, y } };
    this.edited = unit;
    this.hovered = null;
    this.settle();
    if (this.frame.header.unit?.place === unit) this.open(this.frame);
  }

  open(frame) {
    const { unit, from, at } = this.wanted;
    this.wanted = null;
    this.tip.hidden = true;
    this.editor.show(this.scene, unit, from, frame, at);
  }

  // After the window was closed, the keyboard goes on at its unit.
  back(inside) {
    const unit = this.edited;
    this.edited = null;
    if (inside) this.units.children[unit]?.focus();
    this.settle();
  }

  close() {
    cancelAnimationFrame(this.moved);
    clearTimeout(this.again);
  }
}
