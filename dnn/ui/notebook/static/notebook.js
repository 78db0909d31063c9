// @ts-check
// The widget in a notebook: the plane, the network and the costs of a run, and the buttons. widget.py has the messages.

import { Diagram } from '../../live/static/diagram.js';
import { create, find, findAs } from '../../live/static/dom.js';
import { keep } from '../../live/static/frames.js';
import { tr } from '../../live/static/i18n.js';
import { later } from '../../live/static/later.js';
import { PlanePicture } from '../../live/static/plane_picture.js';
import { drawPoints } from '../../live/static/points.js';
import { unpack } from '../../live/static/wire.js';
import { drawCosts } from './notebook_costs.js';
import { describe, label, showSpeed, speak } from './notebook_words.js';
import { followLook } from './surroundings.js';

/** @import { Frame, Scene } from '../../live/contract.d.ts' */

/**
 * The kernel's end, as anywidget hands it over.
 *
 * @typedef {object} Model
 * @property {(content: object) => void} send
 * @property {(event: 'msg:custom', listener: (content: Answer, buffers: DataView[]) => void) => void} on
 * @property {(event: 'msg:custom', listener: (content: Answer, buffers: DataView[]) => void) => void} off
 */
/** @typedef {{ kind: 'frame' | 'wait', view: string, seconds?: number, language?: string, speed?: number | null }} Answer */

const HTML = `
  <div class="dnn-live-bar">
    <button type="button" name="play"></button>
    <button type="button" name="step"></button>
    <button type="button" name="reset"></button>
    <label><span></span> <select><option value="1"></option><option value="5"></option><option value="30"></option><option value="" selected></option></select></label>
    <output></output>
  </div>
  <div class="dnn-live-pictures">
    <div class="dnn-live-plane" role="img"><canvas></canvas><canvas></canvas></div>
    <div class="dnn-live-network" role="img"><canvas></canvas><canvas></canvas></div>
    <div class="dnn-live-costs" role="img"><canvas></canvas></div>
  </div>`;

/**
 * The bytes of a message by themselves: typed arrays begin at multiples of four.
 *
 * @param {DataView} view
 */
const own = ({ buffer, byteOffset, byteLength }) =>
  /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));

export class NotebookLive {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.view = Math.random().toString(36).slice(2);
    this.root = create('div', { className: 'dnn-live', role: 'group' });
    this.root.innerHTML = HTML;
    el.append(this.root);
    this.play = findAs(HTMLButtonElement, this.root, '[name=play]');
    this.speed = findAs(HTMLSelectElement, this.root, 'select');
    this.words = find(this.root, 'output');
    this.spoken = ''; // the kernel's name of the language
    const [plane, points, edges, units, costs] = this.root.querySelectorAll('canvas');
    this.plane = plane;
    this.points = points;
    this.costs = costs;
    this.picture = new PlanePicture({ radius: 4, width: 1 });
    this.diagram = new Diagram(edges, units);
    /** @type {Scene} */
    this.scene = later();
    /** @type {Frame | null} that waits to be drawn */
    this.frame = null;
    /** @type {Frame | null} that is drawn, for another size */
    this.last = null;
    this.asked = 0; // requests under way
    this.drawing = 0;
    this.listen();
    this.resized = new ResizeObserver(() => this.stage());
    this.resized.observe(this.root);
    this.unfollow = followLook((look) => this.model.send({ do: 'look', ...look }));
    this.ask();
  }

  listen() {
    this.play.addEventListener('click', () => this.model.send({ do: this.play.value || 'play' }));
    for (const name of ['step', 'reset']) {
      find(this.root, `[name=${name}]`).addEventListener('click', () => this.model.send({ do: name }));
    }
    this.speed.addEventListener('change', () => {
      const { value } = this.speed;
      this.model.send({ do: 'speed', speed: value ? Number(value) : null });
    });
    /** @type {(content: Answer, buffers: DataView[]) => void} */
    this.onAnswer = (content, buffers) => this.take(content, buffers);
    this.model.on('msg:custom', this.onAnswer);
  }

  /** @param {string} language the kernel's name for it */
  speak(language) {
    this.spoken = language;
    speak(language);
    label(this.root);
  }

  ask() {
    this.asked++;
    this.model.send({ do: 'frame', view: this.view, scene: this.scene?.id ?? -1 });
  }

  /**
   * Answers to other views of the same widget are drawn as well, and asked for by those.
   *
   * @param {Answer} content
   * @param {DataView[]} buffers
   */
  take({ kind, view, seconds = 0, language = 'en', speed = null }, buffers) {
    const mine = view === this.view;
    if (mine) this.asked--;
    if (kind === 'wait') {
      if (mine) this.timer = setTimeout(() => this.ask(), 1000 * seconds);
      return;
    }
    if (language !== this.spoken) this.speak(language);
    showSpeed(this.speed, speed);
    /** @type {Frame} */
    const frame = unpack(own(buffers[0]));
    if (this.frame) keep(this.frame, frame);
    this.frame = frame;
    this.drawing ||= requestAnimationFrame(() => this.draw()); // not while the tab is hidden: training waits
  }

  draw() {
    const { frame } = this;
    this.drawing = 0;
    this.frame = null;
    if (frame?.scene) {
      this.scene = frame.scene;
      this.last = null; // of another network, maybe
      this.picture.stage(frame.scene);
      this.stage();
    }
    if (frame && this.scene) this.paint(frame);
    while (this.asked < 2) this.ask(); // two under way: the kernel works while the browser draws
  }

  // What is drawn once for a scene, or in another size.
  stage() {
    const { scene, root } = this;
    if (!scene) return;
    const { colors, rows, points, bounds, labels, strong, trained, sizes } = scene;
    root.style.setProperty('--dnn-ink', colors.ink);
    root.style.setProperty('--dnn-paper', colors.paper);
    root.style.setProperty('--dnn-line', colors.muted);
    find(root, '.dnn-live-network').ariaLabel = tr('The network: {sizes}', { sizes: sizes.join(' → ') });
    const examples = {
      bounds,
      points,
      labels: labels ?? points.map(() => 0),
      strong: labels ? strong : [colors.muted],
      trained: rows.filter((row) => row < trained).length,
    };
    drawPoints(this.points, examples, this.points.clientWidth, colors.paper, false);
    const network = this.diagram.still;
    this.diagram.prepare(scene, network.clientWidth, network.clientHeight, 'sans-serif');
    if (this.last) this.paint(this.last);
  }

  /** @param {Frame} frame */
  paint(frame) {
    this.last = frame;
    this.picture.load(frame);
    this.picture.paint(this.plane, { w: this.plane.clientWidth, h: this.plane.clientHeight });
    this.diagram.draw(frame, this.picture.field);
    this.curves = frame.curves ?? this.curves;
    if (this.curves) drawCosts(this.costs, this.curves, this.scene.cost.data.length + 1, this.scene.colors);
    const playing = frame.header.state === 'playing';
    this.play.value = playing ? 'pause' : 'play';
    this.play.textContent = playing ? tr('Pause') : tr('Play');
    this.play.disabled = frame.header.state === 'ended' || frame.header.state === 'diverged';
    this.words.textContent = describe(frame);
  }

  close() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.drawing);
    this.resized.disconnect();
    this.unfollow();
    if (this.onAnswer) this.model.off('msg:custom', this.onAnswer);
    this.model.send({ do: 'gone', view: this.view });
  }
}

/** @param {{ model: Model, el: HTMLElement }} view */
export function render({ model, el }) {
  const live = new NotebookLive(model, el);
  return () => live.close();
}
