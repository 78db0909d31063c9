// @ts-check
// The costs of the compared runs in one chart: of training, validation or test examples, on plain or logarithmic axes.

import { CONFIG, fill, room } from './charts.js';
import { create } from './dom.js';
import { tr } from './i18n.js';
import { leftMargin } from './streamlit_dom.js';

/** @import { GroupFrame } from '../group_contract.d.ts' */
/** @import { Settings } from './compare.js' */
/** @typedef {'xaxis' | 'yaxis'} Axis */

const [TRAIN, TEST, VALIDATION] = [1, 2, 3]; // rows of `curves`; row 0 has the epochs

/**
 * The points of each run: `curves` is (4, k), one run after the other.
 *
 * @param {Float32Array} curves
 * @param {Uint32Array} lengths
 * @param {number} row
 */
export function pointsOf(curves, lengths, row) {
  const all = curves.length / 4;
  let start = 0;
  return [...lengths].map((length) => {
    const from = start;
    start += length;
    const [x, y] = [0, row].map((of) => curves.slice(of * all + from, of * all + from + length));
    return { x, y };
  });
}

/** Whether there is a number among the points of a run. @param {{ y: Float32Array }} points */
const someThere = ({ y }) => y.some((value) => !Number.isNaN(value));

export class CompareCosts {
  constructor() {
    this.root = create('figure', { className: 'dnn-compare-costs' });
    const bar = create('div', { className: 'dnn-cost-bar' });
    this.train = this.button(tr('Train cost'), () => this.show(TRAIN));
    this.validation = this.button(tr('Validation cost'), () => this.show(VALIDATION));
    this.validation.hidden = true;
    this.test = this.button(tr('Test cost'), () => this.show(TEST));
    this.axes = {
      xaxis: this.button(tr('log x'), () => this.choose('xaxis'), tr('Logarithmic epochs')),
      yaxis: this.button(tr('log y'), () => this.choose('yaxis'), tr('Logarithmic values')),
    };
    const which = create('p', { className: 'dnn-axis' });
    which.append(this.train, this.validation, this.test);
    const axes = create('p', { className: 'dnn-axis' });
    axes.append(this.axes.xaxis, this.axes.yaxis);
    bar.append(which, axes);
    this.chart = create('div', { className: 'dnn-compare-chart' });
    this.chart.setAttribute('role', 'img');
    this.root.append(bar, this.chart);
    this.row = TEST;
    this.chosen = false; // a row by the visitor: before, it is validation where all runs have it
    /** @type {Record<Axis, 'linear' | 'log'>} */
    this.types = { xaxis: 'linear', yaxis: 'linear' };
    this.ready = false; // whether Plotly is there
    /** @type {Settings | null} */
    this.settings = null;
    /** @type {Pick<GroupFrame, 'curves' | 'curve_lengths'>} */
    this.tables = {};
    /** @type {Float32Array | undefined} */
    this.charted = undefined;
    this.chartedAt = this.chartCost = 0;
    this.mark();
  }

  /**
   * @param {string} textContent
   * @param {() => void} act
   * @param {string} [title]
   */
  button(textContent, act, title = '') {
    const button = create('button', { type: 'button', textContent, title });
    button.addEventListener('click', act);
    return button;
  }

  mark() {
    this.train.setAttribute('aria-pressed', String(this.row === TRAIN));
    this.validation.setAttribute('aria-pressed', String(this.row === VALIDATION));
    this.test.setAttribute('aria-pressed', String(this.row === TEST));
    for (const axis of /** @type {Axis[]} */ (['xaxis', 'yaxis'])) {
      this.axes[axis].setAttribute('aria-pressed', String(this.types[axis] === 'log'));
    }
  }

  /** @param {Settings} settings */
  update(settings) {
    this.settings = settings;
    this.restage();
  }

  start() {
    this.ready = true;
    this.restage();
  }

  /** @param {number} row */
  show(row) {
    this.row = row;
    this.chosen = true;
    this.mark();
    this.drawCurves();
  }

  /** @param {Axis} axis */
  choose(axis) {
    this.types[axis] = this.types[axis] === 'log' ? 'linear' : 'log';
    this.mark();
    this.restage();
  }

  restage() {
    if (!this.ready || !this.settings) return;
    const { data, layout } = this.settings.figure;
    const { types } = this;
    const axes = {
      xaxis: { ...layout.xaxis, type: types.xaxis },
      yaxis: { ...layout.yaxis, type: types.yaxis },
    };
    Plotly.react(this.chart, data, { ...layout, ...room(this.chart), ...axes }, CONFIG);
    this.charted = undefined;
    this.drawCurves();
  }

  resize() {
    if (this.ready && this.settings) fill(this.chart);
  }

  /** @param {GroupFrame} frame */
  draw({ header, curves, curve_lengths }) {
    if (curves) this.tables = { curves, curve_lengths };
    if (!this.ready || !this.tables.curves || this.tables.curves === this.charted) return;
    // charts are slow to redraw: while it plays they get a sixth of the browser's time at most
    if (header.state === 'playing' && performance.now() - this.chartedAt < 5 * this.chartCost) return;
    this.drawCurves();
  }

  drawCurves() {
    const { curves, curve_lengths } = this.tables;
    if (!this.ready || !this.settings || !curves || !curve_lengths) return;
    if (curve_lengths.length !== this.settings.names.length) return; // of the runs before
    const began = performance.now();
    this.offerValidation(pointsOf(curves, curve_lengths, VALIDATION));
    let found = pointsOf(curves, curve_lengths, this.row);
    if (this.row === TEST && !found.some(someThere)) {
      found = pointsOf(curves, curve_lengths, TRAIN); // nothing is kept back for testing
    }
    Plotly.restyle(this.chart, { x: found.map(({ x }) => x), y: found.map(({ y }) => y) });
    this.charted = curves;
    this.widen();
    this.describe(found);
    this.chartedAt = performance.now();
    this.chartCost = this.chartedAt - began;
  }

  /** The button where a run has such examples; without a choice, their cost where all have. @param {{ y: Float32Array }[]} found */
  offerValidation(found) {
    this.validation.hidden = !found.some(someThere);
    const row = this.validation.hidden && this.row === VALIDATION ? TEST : this.row;
    this.row = this.chosen ? row : found.every(someThere) ? VALIDATION : TEST;
    this.mark();
  }

  // Long numbers at the upright axis get more room.
  widen() {
    const { margin, widest } = leftMargin(this.chart);
    const left = Math.max(this.settings?.figure.layout.margin.l ?? 0, 8 * Math.ceil((widest + 28) / 8));
    if (left !== margin) Plotly.relayout(this.chart, { 'margin.l': left });
  }

  /** @param {{ y: Float32Array }[]} found */
  describe(found) {
    const names = this.settings?.names ?? [];
    const words = found.map(({ y }, place) => `${names[place]} ${y.length ? y[y.length - 1].toPrecision(3) : '–'}`);
    const label = [tr('Train cost'), tr('Test cost'), tr('Validation cost')][this.row - TRAIN];
    this.chart.setAttribute('aria-label', tr('{label} against epoch: {words}', { label, words: words.join(', ') }));
  }

  close() {
    if (this.ready) Plotly.purge(this.chart);
  }
}
