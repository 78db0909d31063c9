// The cost against the epoch, with a choice of the axis.

import { CONFIG, fill, room } from './charts.js';

export class CostChart {
  // `box` holds an element for the chart and the buttons for its axis.
  constructor(box) {
    this.chart = box.firstElementChild;
    this.buttons = [...box.querySelectorAll('[data-axis]')];
    this.buttons.forEach((button) => button.addEventListener('click', () => this.choose(button.dataset.axis)));
    this.axis = 'linear';
    this.charts = false;
  }

  stage(scene) {
    this.scene = scene;
    if (this.charts) this.stageChart();
  }

  stageChart() {
    this.charts = true;
    const layout = { ...this.scene.cost.layout, ...room(this.chart) };
    layout.yaxis = { ...layout.yaxis, type: this.axis };
    Plotly.react(this.chart, this.scene.cost.data, layout, CONFIG);
    this.charted = null;
    this.chartedAt = this.chartCost = 0;
  }

  choose(axis) {
    this.axis = axis;
    this.buttons.forEach((button) => button.setAttribute('aria-pressed', button.dataset.axis === axis));
    if (this.charts) Plotly.relayout(this.chart, { 'yaxis.type': axis, 'yaxis.autorange': true });
  }

  resize() {
    if (this.charts) fill(this.chart);
  }

  draw({ header, curves }) {
    if (curves) this.curves = curves;
    if (this.isDue(header.state)) this.drawCurves();
  }

  // Charts are slow to redraw: while it plays they get a sixth of the browser's time at most.
  isDue(state) {
    if (!this.charts || !this.curves || this.curves === this.charted) return false;
    return state !== 'playing' || performance.now() - this.chartedAt > 5 * this.chartCost;
  }

  drawCurves() {
    const { curves } = this;
    const began = performance.now();
    const count = curves.length / 3;
    const [epoch, train, test] = [0, 1, 2].map((row) => Array.from(curves.subarray(row * count, (row + 1) * count)));
    Plotly.restyle(this.chart, { x: [epoch, epoch], y: [train, test] });
    this.charted = curves;
    this.chartedAt = performance.now();
    this.chartCost = this.chartedAt - began;
  }

  say(words) {
    this.chart.setAttribute('aria-label', `Cost against epoch: ${words}`);
  }

  close() {
    if (this.charts) Plotly.purge(this.chart);
  }
}
