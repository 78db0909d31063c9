// @ts-check
// The widget in a notebook: the plane, the network and the costs of a run, and the buttons. widget.py has the messages.

import { Diagram } from '../../live/static/diagram.js';
import { create, find, findAs } from '../../live/static/dom.js';
import { keep } from '../../live/static/frames.js';
import { later } from '../../live/static/later.js';
import { PlanePicture } from '../../live/static/plane_picture.js';
import { drawPoints } from '../../live/static/points.js';
import { unpack } from '../../live/static/wire.js';
import { drawCosts } from './notebook_costs.js';

/** @import { Frame, Scene } from '../../live/contract.d.ts' */

/**
 * The kernel's end, as anywidget hands it over.
 *
 * @typedef {object} Model
 * @property {(content: object) => void} send
 * @property {(event: 'msg:custom', listener: (content: Answer, buffers: DataView[]) => void) => void} on
 * @property {(event: 'msg:custom', listener: (content: Answer, buffers: DataView[]) => void) => void} off
 */
/** @typedef {{ kind: 'frame' | 'wait', view: string, seconds?: number }} Answer */

const HTML = `
  <div class="dnn-live-bar">
    <button type="button" name="play">Play</button>
    <button type="button" name="step">Step</button>
    <button type="button" name="reset">Reset</button>
    <label>Speed <select>
      <option value="1">1 epoch a second</option>
      <option value="5">5 epochs a second</option>
      <option value="30">30 epochs a second</option>
      <option value="" selected>as fast as it can</option>
    </select></label>
    <output></output>
  </div>
  <div class="dnn-live-pictures">
    <div class="dnn-live-plane" role="img" aria-label="Answers over the plane, and the examples"><canvas></canvas><canvas></canvas></div>
    <div class="dnn-live-network" role="img" aria-label="The network"><canvas></canvas><canvas></canvas></div>
    <div class="dnn-live-costs" role="img" aria-label="Cost against epoch"><canvas></canvas></div>
  </div>`;

/** @param {Frame} frame */
export function wordsOf({ header: { epoch, numbers, reason } }) {
  const costs = /** @type {const} */ ([
    ['train cost', numbers.train_cost],
    ['test cost', numbers.test_cost],
  ]);
  const words = costs.map(([name, cost]) => (cost === null ? '' : `${name} ${cost.toPrecision(3)}`));
  const accuracy = numbers.test_accuracy;
  if (accuracy !== null) words.push(`test accuracy ${(100 * accuracy).toFixed(1)} %`);
  return [`epoch ${epoch.toLocaleString('en')}`, ...words, reason].filter(Boolean).join(', ');
}

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
    this.root = create('div', { className: 'dnn-live', role: 'group', ariaLabel: 'A network that learns' });
    this.root.innerHTML = HTML;
    el.append(this.root);
    this.play = findAs(HTMLButtonElement, this.root, '[name=play]');
    this.words = find(this.root, 'output');
    const [plane, points, edges, units, costs] = this.root.querySelectorAll('canvas');
    this.plane = plane;
    this.points = points;
    this.costs = costs;
    this.picture = new PlanePicture();
    this.diagram = new Diagram(edges, units);
    /** @type {Scene} */
    this.scene = later();
    /** @type {Frame | null} that waits to be drawn */
    this.frame = null;
    this.asked = 0; // requests under way
    this.drawing = 0;
    this.listen();
    this.resized = new ResizeObserver(() => this.stage());
    this.resized.observe(this.root);
    this.ask();
  }

  listen() {
    this.play.addEventListener('click', () => this.model.send({ do: this.play.value || 'play' }));
    for (const name of ['step', 'reset']) {
      find(this.root, `[name=${name}]`).addEventListener('click', () => this.model.send({ do: name }));
    }
    const speed = findAs(HTMLSelectElement, this.root, 'select');
    speed.addEventListener('change', () => {
      this.model.send({ do: 'speed', speed: speed.value ? Number(speed.value) : null });
    });
    /** @type {(content: Answer, buffers: DataView[]) => void} */
    this.onAnswer = (content, buffers) => this.take(content, buffers);
    this.model.on('msg:custom', this.onAnswer);
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
  take({ kind, view, seconds = 0 }, buffers) {
    const mine = view === this.view;
    if (mine) this.asked--;
    if (kind === 'wait') {
      if (mine) this.timer = setTimeout(() => this.ask(), 1000 * seconds);
      return;
    }
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
    const { colors, rows, points, bounds, labels, strong, trained } = scene;
    root.style.setProperty('--dnn-ink', colors.ink);
    root.style.setProperty('--dnn-paper', colors.paper);
    root.style.setProperty('--dnn-line', colors.muted);
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
    this.play.textContent = playing ? 'Pause' : 'Play';
    this.play.disabled = frame.header.state === 'ended' || frame.header.state === 'diverged';
    this.words.textContent = wordsOf(frame);
  }

  close() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.drawing);
    this.resized.disconnect();
    if (this.onAnswer) this.model.off('msg:custom', this.onAnswer);
  }
}

/** @param {{ model: Model, el: HTMLElement }} view */
export function render({ model, el }) {
  const live = new NotebookLive(model, el);
  return () => live.close();
}
