// @ts-check
// The diagram as something to work with: what the pointer and the keyboard do there.

import { Builder } from './builder.js';
import { DiagramBar } from './diagram_bar.js';
import { closest, create } from './dom.js';
import { Editor } from './editor.js';
import { hit } from './geometry.js';
import { meaning } from './i18n.js';
import { Inputs } from './inputs.js';
import { later } from './later.js';
import { Tip } from './tip.js';
import { UnitButtons } from './unit_buttons.js';
import { UnitView } from './unit_view.js';

/** @import { Action, Frame, Scene } from '../contract.d.ts' */
/** @import { Most } from './builder.js' */
/** @import { Captions } from './captions.js' */
/** @import { Diagram } from './diagram.js' */
/** @import { Hit, Point } from './geometry.js' */
/** @import { PlaneChart } from './plane.js' */
/** @import { Tipped } from './tip.js' */

export class DiagramEvents {
  /**
   * @param {HTMLElement} box
   * @param {Diagram} diagram
   * @param {PlaneChart} plane
   * @param {object} server
   * @param {(unit: number | null) => void} server.look has frames bring that unit large, null none
   * @param {(request: string) => void} server.send has frames bring something else
   * @param {(action: Action) => void} server.ask takes an action, about which the server decides
   * @param {Most} server.most
   */
  constructor(box, diagram, plane, { look, send, ask, most }) {
    this.box = box;
    this.diagram = diagram;
    this.look = look;
    /** @type {Scene} */
    this.scene = later();
    /** @type {Frame | null} */
    this.frame = null;
    /**
     * Units: under the pointer, with the keyboard's focus, in the window, and shown large.
     *
     * @type {number | null}
     */
    this.hovered = null;
    /** @type {number | null} */
    this.focused = null;
    /** @type {number | null} */
    this.edited = null;
    /** @type {number | null} */
    this.looking = null;
    /** @type {Tipped & { at: Point } | null} for which the window opens when its numbers have come */
    this.wanted = null;
    /** @type {Point | null} */
    this.point = null;
    this.moved = 0;
    this.replaced = false;
    /** @type {Captions | null} */
    this.explained = null;
    this.builder = new Builder(box, most, ask);
    this.inputs = new Inputs(box, ask);
    this.units = new UnitButtons(box, {
      onFocus: (unit) => this.focus(unit),
      onPress: (unit) => this.edit(unit, 0),
    });
    this.tip = new Tip(box);
    this.legend = ['weight', 'bias'].map((word) => create('span', { className: 'dnn-legend', title: meaning(word) }));
    box.append(...this.legend);
    this.bar = new DiagramBar(box, send);
    this.unitView = new UnitView(plane);
    this.editor = new Editor(box, ask, (inside) => this.comeBack(inside));
    box.addEventListener('pointermove', (event) => this.move(event));
    box.addEventListener('pointerleave', () => this.hover(null));
    box.addEventListener('click', (event) => this.click(event));
  }

  /** @param {Scene} scene */
  place(scene) {
    const { plan } = this.diagram;
    const same = String(scene.sizes) === String(this.units.sizes);
    this.units.place(scene, plan);
    if (!same) this.forget();
    this.scene = scene;
    this.builder.place(scene, plan);
    this.inputs.place(scene, plan);
    this.unitView.place();
    const { point } = this;
    this.hover(null);
    this.point = point;
    this.replaced = true;
  }

  // Other layers: what was looked at may be gone.
  forget() {
    this.editor.close();
    this.unitView.hide();
    this.wanted = null;
    if (!this.units.hasFocus) this.focused = null;
  }

  /** @param {Frame} frame */
  draw(frame) {
    this.frame = frame;
    this.explain(this.diagram.captions, frame.edge_gradients ? 'gradient' : 'weight');
    this.bar.draw(frame);
    this.units.describe(frame);
    if (this.replaced) this.hover(this.point); // the pointer rests, but what is under it may be something else
    this.replaced = false;
    const place = frame.header.unit?.place;
    if (this.wanted && place === this.wanted.unit) this.open(frame, this.wanted);
    if (this.looking !== null && place === this.looking) this.unitView.draw(this.scene, frame);
    this.tip.draw(this.scene, this.diagram.offsets, frame);
  }

  /**
   * The words of the legend are painted: what they mean lies over them.
   *
   * @param {Captions} captions
   * @param {'weight' | 'gradient'} edges what they show
   */
  explain(captions, edges) {
    if (this.explained === captions && this.legend[0].dataset.means === edges) return;
    this.explained = captions;
    this.legend[0].dataset.means = edges;
    this.legend[0].title = meaning(edges);
    [captions.legend.weight, captions.legend.bias].forEach(([from, to], k) => {
      this.legend[k].style.cssText = `left:${from}px;width:${to - from}px`;
    });
  }

  // the pointer

  /** @param {MouseEvent} event */
  pointOf({ clientX, clientY }) {
    const { left, top } = this.box.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /**
   * @param {Point | null} point
   * @returns {Hit | null}
   */
  hit(point) {
    return point && this.frame && hit(this.diagram, this.frame, point.x, point.y);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.frame || this.moved || closest(event, 'form, .dnn-builder, .dnn-inputs, .dnn-diagram-bar')) return;
    this.moved = requestAnimationFrame(() => {
      this.moved = 0;
      this.hover(this.pointOf(event));
    });
  }

  /** @param {Point | null} point */
  hover(point) {
    this.point = point;
    const found = this.hit(point);
    const isNumber = found?.from !== undefined;
    const pressed = isNumber || (found && found.unit >= this.scene.sizes[0]);
    this.box.style.cursor = pressed ? 'pointer' : '';
    this.hovered = found && !isNumber ? found.unit : null;
    this.tip.place(found?.from === undefined ? null : { unit: found.unit, from: found.from }, point);
    if (this.frame) this.tip.draw(this.scene, this.diagram.offsets, this.frame);
    this.settle();
  }

  /** @param {MouseEvent} event */
  click(event) {
    if (closest(event, 'form, button')) return;
    const point = this.pointOf(event);
    const found = this.hit(point);
    if (found) this.edit(found.unit, found.from ?? 0, point);
    else this.editor.close();
  }

  // what is looked at, and edited

  /** @param {number | null} unit */
  focus(unit) {
    this.focused = unit;
    this.settle();
  }

  settle() {
    const unit = this.hovered ?? this.edited ?? this.focused;
    if (unit === this.looking) return;
    this.looking = unit;
    if (unit === null) this.unitView.hide();
    this.look(unit);
  }

  /**
   * The window opens when the unit's numbers have come.
   *
   * @param {number} unit
   * @param {number} from
   * @param {Point} [at]
   */
  edit(unit, from, at = this.diagram.plan.layers.flat()[unit]) {
    if (unit < this.scene.sizes[0] || this.box.closest('.dnn-fixed, [data-fixed~=edit]')) return;
    this.editor.close();
    this.wanted = { unit, from, at };
    this.edited = unit;
    this.hovered = null;
    this.settle();
    if (this.frame?.header.unit?.place === unit) this.open(this.frame, this.wanted);
  }

  /**
   * @param {Frame} frame
   * @param {Tipped & { at: Point }} wanted
   */
  open(frame, { unit, from, at }) {
    this.wanted = null;
    this.tip.hide();
    this.editor.show(this.scene, unit, from, frame, at);
  }

  /**
   * After the window was closed, the keyboard goes on at its unit.
   *
   * @param {boolean} inside whether the focus was in the window
   */
  comeBack(inside) {
    const unit = this.edited;
    this.edited = null;
    if (inside && unit !== null) this.units.focus(unit);
    this.settle();
  }

  close() {
    cancelAnimationFrame(this.moved);
  }
}
