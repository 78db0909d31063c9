// @ts-check
// The cost against the epoch, with tabs for accuracy or error, the learning rate, the numbers of the moment and health.

import { CONFIG, fill, room, widen } from './charts.js';
import { costHtml } from './cost_html.js';
import { CostMarks } from './cost_marks.js';
import { CostTabs, nearest } from './cost_tabs.js';
import { layoutOf, points, SMOOTH, traces, withPoints } from './curves.js';
import { find, findAs } from './dom.js';
import { withGhost } from './ghost.js';
import { Health } from './health.js';
import { tr } from './i18n.js';
import { later } from './later.js';
import { Report } from './report.js';
import { isDrawn } from './streamlit_dom.js';

/** @import { Chart, Frame, Scene, State, View } from '../contract.d.ts' */
/** @typedef {'xaxis' | 'yaxis'} Axis */

export class CostChart {
  /**
   * @param {HTMLElement} box the figure, empty as yet
   * @param {(open: boolean) => void} onHealth hears that the tab for health was opened or closed
   */
  constructor(box, onHealth) {
    this.box = box;
    box.innerHTML = costHtml();
    this.panel = find(box, '.dnn-chart');
    this.chart = find(this.panel, '[role=img]');
    this.tools = find(box, '.dnn-axis');
    this.tabs = new CostTabs(find(box, '.dnn-tabs'), (view) => this.show(view));
    this.axes = {
      xaxis: findAs(HTMLButtonElement, box, '[data-axis=xaxis]'),
      yaxis: findAs(HTMLButtonElement, box, '[data-axis=yaxis]'),
    };
    this.axes.xaxis.addEventListener('click', () => this.choose('xaxis'));
    this.axes.yaxis.addEventListener('click', () => this.choose('yaxis'));
    this.smoother = find(box, '[data-smooth]');
    this.smoother.addEventListener('click', () => this.smooth((this.level + 1) % SMOOTH.length));
    this.marks = new CostMarks(find(box, '.dnn-marks'), find(box, '.dnn-mark-text'));
    this.reportBox = find(box, '.dnn-report');
    this.table = new Report(this.reportBox);
    this.healthBox = find(box, '.dnn-health');
    this.health = new Health(this.healthBox, onHealth);
    /** @type {Record<Axis, 'linear' | 'log'>} */
    this.types = { xaxis: 'linear', yaxis: 'linear' };
    this.level = 0; // of smoothing
    /** @type {View} */
    this.view = 'cost';
    /** @type {View[]} */
    this.views = ['cost', 'numbers'];
    this.charts = false; // whether Plotly is there
    this.staged = false; // whether the lines and axes are those of the scene and of the view
    this.left = 0; // pixels beside the upright axis, as they were needed last
    /** @type {Scene} */
    this.scene = later();
    /** @type {Chart['report']} */
    this.report = null;
    /** @type {Pick<Frame, 'curves' | 'accuracies' | 'rates'>} */
    this.tables = {};
    /** @type {Float32Array | null} the curves that are drawn */
    this.charted = null;
    this.chartedAt = this.chartCost = 0;
    this.state = ''; // of the run, in words
    /** @type {() => void} hears that what lies over the chart has another place */
    this.onPlace = () => {};
  }

  /** @param {Scene} scene */
  stage(scene) {
    this.scene = scene;
    this.health.stage(scene);
    this.offer(this.views);
    this.unstage();
  }

  // Plotly has come.
  openChart() {
    this.charts = true;
    if (!this.panel.hidden) this.drawCurves();
  }

  // Other lines or axes are drawn together with the next curves, for each drawing takes long.
  unstage() {
    this.staged = false;
    this.charted = null;
    this.chartedAt = this.chartCost = 0;
  }

  // views

  get texts() {
    return this.scene.cost.layout.meta.views;
  }

  /**
   * The views that there is something to show of.
   *
   * @param {View[]} views
   */
  offer(views) {
    this.views = views;
    this.show(nearest(this.view, views));
    this.tabs.offer(views, this.texts, this.view);
    this.label();
  }

  label() {
    this.boxOf(this.view).setAttribute('aria-label', this.texts[this.view].label);
  }

  /** @param {View} view */
  boxOf(view) {
    if (view === 'numbers') return this.reportBox;
    return view === 'health' ? this.healthBox : this.panel;
  }

  /** @param {View} view */
  show(view) {
    if (view === this.view) return;
    this.view = view;
    this.tabs.mark(view);
    this.label();
    const shown = this.boxOf(view);
    this.panel.hidden = this.tools.hidden = shown !== this.panel;
    this.reportBox.hidden = shown !== this.reportBox;
    this.health.show(shown === this.healthBox);
    this.axes.yaxis.hidden = view === 'accuracy'; // shares of 1 are no case for a logarithm
    this.smoother.hidden = view === 'rate';
    if (this.state) this.describe(this.state);
    if (view === 'numbers') this.drawReport();
    if (shown === this.panel) this.restage();
  }

  restage() {
    this.unstage();
    if (this.charts) this.drawCurves();
  }

  // axes and smoothing

  /** @param {Axis} axis @param {'linear' | 'log'} [type] the other one than now, unless it is given */
  choose(axis, type = this.types[axis] === 'log' ? 'linear' : 'log') {
    this.types[axis] = type;
    this.axes[axis].setAttribute('aria-pressed', String(this.types[axis] === 'log'));
    const change = { [`${axis}.type`]: this.typeOf(axis), [`${axis}.autorange`]: true };
    if (isDrawn(this.chart)) Plotly.relayout(this.chart, change);
  }

  /** @param {Axis} axis */
  typeOf(axis) {
    return axis === 'yaxis' && this.view === 'accuracy' ? 'linear' : this.types[axis];
  }

  /** @param {number} level */
  smooth(level) {
    this.level = level;
    this.smoother.textContent = SMOOTH[level].name();
    this.smoother.classList.toggle('dnn-on', level > 0);
    this.restage();
  }

  // the chart

  resize() {
    this.health.resize();
    if (!isDrawn(this.chart) || this.panel.hidden) return;
    fill(this.chart);
    this.placeMarks();
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { header, curves, accuracies, rates } = frame;
    const { chart, state } = header;
    this.health.draw(frame);
    if (accuracies) this.tables.accuracies = accuracies;
    if (rates) this.tables.rates = rates;
    if (curves) this.tables.curves = curves;
    if (chart) {
      this.report = chart.report;
      if (`${chart.views}` !== `${this.views}`) this.offer(chart.views);
      if (this.marks.set(chart.marks)) this.placeMarks();
      if (this.view === 'numbers') this.drawReport();
    }
    if (this.isDue(state)) this.drawCurves();
  }

  drawReport() {
    if (this.report) this.table.draw(this.report, this.scene.names);
  }

  /**
   * Charts are slow to redraw: while it plays they get a sixth of the browser's time at most.
   *
   * @param {State} state
   */
  isDue(state) {
    const { curves } = this.tables;
    if (!this.charts || this.panel.hidden || !curves || curves === this.charted) return false;
    return state !== 'playing' || performance.now() - this.chartedAt > 5 * this.chartCost;
  }

  drawCurves() {
    const { curves } = this.tables;
    if (!curves) return;
    const { chart, scene } = this;
    const began = performance.now();
    const shown = points(this.tables, this.view, this.level, scene.cost.data.length);
    if (this.staged) Plotly.restyle(chart, shown, [...shown.y.keys()]);
    else this.stageChart(shown);
    this.charted = curves;
    this.left = widen(chart, scene.cost.layout.margin.l, scene.scale);
    this.placeMarks();
    this.chartedAt = performance.now();
    this.chartCost = this.chartedAt - began;
  }

  /** @param {ReturnType<typeof points>} shown */
  stageChart(shown) {
    const { chart, scene, view } = this;
    const first = !isDrawn(chart);
    const types = { x: this.typeOf('xaxis'), y: this.typeOf('yaxis') };
    const layout = { ...layoutOf(scene, view, types, this.left), ...room(chart) };
    Plotly.react(chart, withPoints(traces(scene, view, this.level), shown), layout, CONFIG);
    if (first) /** @type {PlotlyElement} */ (chart).on('plotly_relayout', () => this.placeMarks());
    this.staged = true;
  }

  placeMarks() {
    if (!isDrawn(this.chart) || this.panel.hidden) return;
    this.marks.place(this.chart);
    this.onPlace();
  }

  /** @param {string} state of the run, in words */
  describe(state) {
    this.state = state;
    const { label } = this.texts[this.view];
    const words = withGhost(state, this.scene.ghost);
    this.chart.setAttribute('aria-label', tr('{label} against epoch: {words}', { label, words }));
  }

  close() {
    this.health.show(false);
    this.marks.close();
    if (this.charts) Plotly.purge(this.chart);
  }
}
