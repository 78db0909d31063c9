// @ts-check
// The plane of the two inputs: axes and examples are Plotly's, the field and the boundary under them are painted here.

import { short } from './axes.js';
import { CONFIG, fill, room } from './charts.js';
import { find, findAs, putAt } from './dom.js';
import { ghostEntry, withGhost } from './ghost.js';
import { hoverValues } from './hover_values.js';
import { tr } from './i18n.js';
import { Landscape } from './landscape.js';
import { PlanePicture } from './plane_picture.js';
import { plotArea } from './streamlit_dom.js';
import { Surface } from './surface.js';

const SQUARED = 3; // times that a plane is made square: a narrower one may have a legend of more lines

/** @import { Frame, Scene } from '../contract.d.ts' */

export class PlaneChart {
  /**
   * @param {HTMLElement} box with a canvas for the field and an element for the chart over it
   * @param {object} events
   * @param {() => void} events.onChange hears that the picture must be drawn again
   * @param {(on: boolean) => void} events.onCover hears whether something else stands over the plane
   * @param {(text: string) => void} events.notify hears what is wrong with the landscape's connection
   * @param {string} events.plotlyUrl
   */
  constructor(box, { onChange, onCover, notify, plotlyUrl }) {
    this.box = box;
    this.overlay = findAs(HTMLCanvasElement, box, 'canvas');
    this.chart = find(box, '[role=img]');
    this.tools = find(box, '.dnn-tools');
    this.scale = find(box, '.dnn-scale');
    this.onCover = onCover;
    this.surface = new Surface(find(box, '.dnn-surface'));
    this.landscape = new Landscape(find(box, '.dnn-landscape'), { plotlyUrl, notify });
    this.picture = new PlanePicture();
    this.charts = false; // whether Plotly is there
    this.drawn = ''; // the figure that Plotly was given
    this.hovering = false; // whether the values under the pointer are shown
    /** @type {Frame | null} while nothing moves: the newest, whose values are not there yet to be pointed at */
    this.unseen = null;
    this.plot = { w: 0, h: 0 };
    this.legendHeight = 0; // of the room above the plane, as it was last drawn
    this.listen();
    this.tools.addEventListener('input', onChange);
  }

  get scene() {
    return this.picture.scene;
  }

  // The switches, and the probability from which on it is class 1.
  listen() {
    const { picture, tools } = this;
    /** @param {string} name */
    const input = (name) => findAs(HTMLInputElement, tools, `input[name=${name}]`);
    const [hard, errors, tested, threshold] = ['hard', 'errors', 'tested', 'threshold'].map(input);
    hard.addEventListener('change', () => (picture.hard = hard.checked));
    errors.addEventListener('change', () => (picture.errors = errors.checked));
    tested.addEventListener('change', () => {
      picture.tested = tested.checked;
      this.showTest();
    });
    /** @type {NodeListOf<HTMLInputElement>} */
    const pictures = tools.querySelectorAll('[name=picture]');
    for (const radio of pictures) radio.addEventListener('change', () => this.show(radio.value));
    this.chart.addEventListener('pointerenter', () => this.hover());
    threshold.addEventListener('input', () => {
      picture.threshold = Number(threshold.value);
      find(tools, 'output').textContent = picture.threshold.toFixed(2);
    });
  }

  /** @param {string} shown as if the visitor had chosen it */
  choose(shown) {
    findAs(HTMLInputElement, this.tools, `[name=picture][value=${shown}]`).click();
  }

  /** @param {string} shown the boundary, the answers as a surface ("solid"), or the landscape */
  show(shown) {
    this.box.dataset.shown = shown;
    this.surface.show(shown === 'solid');
    this.landscape.show(shown === 'landscape');
    this.cover();
  }

  get underLandscape() {
    return this.box.dataset.shown === 'landscape';
  }

  cover() {
    this.onCover(this.underLandscape || (!this.surface.hidden && this.scene.task !== 'multiclass'));
  }

  /**
   * A new scene, before Plotly is there or after.
   *
   * @param {Scene} scene
   */
  stage(scene) {
    this.picture.stage(scene);
    this.tools.dataset.task = scene.task;
    this.tools.dataset.tested = String(scene.first_test < scene.examples);
    this.stageScale(scene);
    this.cover();
    if (this.charts) this.stageChart();
  }

  /**
   * What the colours of the field mean, from one end to the other.
   *
   * @param {Scene} scene
   */
  stageScale({ task, heights, ramp, chances }) {
    const colors = [0, 64, 128, 192, 255].map((level) => `rgb(${ramp[level]})`);
    const [low, high] = heights ?? [0, 1];
    const [name, from, bar, to] = this.scale.children;
    name.textContent = task === 'binary' ? chances[1] : '';
    from.textContent = short(low);
    to.textContent = short(high);
    /** @type {HTMLElement} */ (bar).style.background = `linear-gradient(to right, ${colors})`;
  }

  stageChart() {
    const { data, layout } = this.scene.boundary;
    const traces = [...data, ...ghostEntry(this.scene)];
    const size = room(this.chart);
    this.charts = true;
    const drawn = JSON.stringify([traces, layout, size]); // before Plotly writes into them
    if (drawn === this.drawn) return; // other layers or weights, and the same examples: drawing them takes long
    this.drawn = drawn;
    Plotly.react(this.chart, traces, { ...layout, ...size, margin: this.margin() }, CONFIG);
    this.hovering = false;
    this.unseen = null;
    if (!this.picture.tested) this.showTest();
    this.squareUp();
  }

  // Where both axes have one scale, a step across is as long as a step up: what is too much of the box is left empty.
  margin() {
    const { width, height } = room(this.chart);
    const { margin } = this.scene.boundary.layout;
    if (!this.scene.square) return margin;
    const high = height - margin.t - margin.b - this.legendHeight;
    const side = Math.max(1, Math.min(width - margin.l - margin.r, high));
    return { ...margin, r: width - margin.l - side, b: height - margin.t - this.legendHeight - side };
  }

  // Plotly makes room for the legend above the plane. How much is known when it is drawn, and then seldom changes.
  squareUp() {
    for (let tries = 0; tries < SQUARED && this.scene.square; tries++) {
      const { w, h, t } = plotArea(this.chart);
      if (Math.abs(w - h) < 1) return;
      this.legendHeight = t - this.scene.boundary.layout.margin.t;
      Plotly.relayout(this.chart, { margin: this.margin() });
    }
  }

  // The test examples, or none of them.
  showTest() {
    const traces = this.scene.boundary.data.flatMap(({ meta }, place) => (meta === 'test' ? [place] : []));
    if (this.charts && traces.length) Plotly.restyle(this.chart, { visible: this.picture.tested }, traces);
  }

  resize() {
    if (this.charts && fill(this.chart, () => ({ margin: this.margin() }))) this.squareUp();
    this.surface.resize();
    const place = this.place();
    putAt(this.overlay, place);
    this.plot = place;
  }

  // Where the plane is in its box: as Plotly laid it out, or will by its margins.
  place() {
    if (this.charts) return plotArea(this.chart);
    const { width, height } = room(this.chart);
    const { l, r, t, b } = this.margin();
    return { l, t, w: width - l - r, h: height - t - b };
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { picture } = this;
    const { state } = frame.header;
    picture.load(frame);
    if (this.underLandscape) return;
    picture.paint(this.overlay, this.plot);
    this.rest(state === 'playing' ? null : frame);
    if (this.charts) this.surface.draw(this.scene, frame.field, picture.side, state);
  }

  /**
   * While nothing moves, an unseen heat map shows the values under the pointer. It takes Plotly longer than all else of
   * a frame, so it is drawn once the pointer is there.
   *
   * @param {Frame | null} frame the newest, if nothing moves
   */
  rest(frame) {
    this.unseen = frame;
    if (!frame && this.hovering) this.showValues({ visible: false });
    else if (this.chart.matches(':hover')) this.hover();
  }

  hover() {
    if (!this.charts || !this.unseen) return;
    this.showValues(hoverValues(this.scene, this.unseen.field, this.picture.side));
    this.unseen = null;
  }

  /** @param {{ visible: boolean }} shown options of the heat map */
  showValues(shown) {
    Plotly.restyle(this.chart, shown, [this.scene.boundary.data.length - 1]);
    this.hovering = shown.visible;
  }

  /** @param {string} state of the run, in words */
  describe(state) {
    const words = withGhost(state, this.scene.ghost);
    this.chart.setAttribute('aria-label', tr('Decision boundary at {words}', { words }));
  }

  close() {
    if (this.charts) Plotly.purge(this.chart);
    this.surface.close();
    this.landscape.close();
  }
}
