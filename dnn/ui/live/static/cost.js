// The cost against the epoch, with tabs for accuracy or error, the learning rate and the numbers of the moment.

import { CONFIG, fill, room } from './charts.js';
import { Report } from './report.js';
import { meaning, tr } from './i18n.js';

const html = () => `
  <div class="dnn-cost-bar">
    <div class="dnn-tabs" role="tablist" aria-label="${tr('Charts')}"></div>
    <p class="dnn-axis" role="group" aria-label="${tr('Axes and smoothing')}">
      <button type="button" data-axis="xaxis" aria-pressed="false" title="${tr('Logarithmic epochs')}">${tr('log x')}</button>
      <button type="button" data-axis="yaxis" aria-pressed="false" title="${tr('Logarithmic values')}">${tr('log y')}</button>
      <button type="button" data-smooth title="${tr('Smoothing: none, some or much')}">${SMOOTH[0].name()}</button>
    </p>
  </div>
  <div class="dnn-chart" id="dnn-chart" role="tabpanel">
    <div role="img" aria-label="${tr('Cost against epoch')}"></div>
    <div class="dnn-marks"></div>
    <p class="dnn-mark-text" hidden></p>
  </div>
  <div class="dnn-report" id="dnn-report" role="tabpanel" tabindex="0" hidden></div>`;

const MEANINGS = { cost: 'cost', rate: 'learning rate' }; // the glossary's word for a tab
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

// How far a curve is smoothed: over which share of the epochs, and over how many at least.
const SMOOTH = [
  { name: () => tr('smooth: none') },
  { name: () => tr('smooth: some'), share: 0.01, least: 3 },
  { name: () => tr('smooth: much'), share: 0.05, least: 12 },
];

// The exponential moving average of y over about `span` of x; the points may be any distance apart. Near the start, where
// curves are steep, it is taken over less: a quarter of the way that lies behind.
export function smoothed(x, y, span) {
  let [mean, last] = [0, -Infinity];
  return y.map((value, k) => {
    if (!Number.isFinite(value)) return value;
    const over = Math.min(span, (x[k] - x[0]) / 4);
    mean += (over > 0 ? 1 - Math.exp((last - x[k]) / over) : 1) * (value - mean);
    last = x[k];
    return mean;
  });
}

export class CostChart {
  // `box` is the figure, empty as yet.
  constructor(box) {
    box.innerHTML = html();
    const find = (selector) => box.querySelector(selector);
    this.box = box;
    this.panel = find('.dnn-chart');
    this.chart = this.panel.firstElementChild;
    this.tabs = find('.dnn-tabs');
    this.tabs.addEventListener('keydown', (event) => this.onKey(event));
    this.tools = find('.dnn-axis');
    this.axes = [...box.querySelectorAll('[data-axis]')];
    this.axes.forEach((button) => button.addEventListener('click', () => this.choose(button.dataset.axis)));
    this.smoother = find('[data-smooth]');
    this.smoother.addEventListener('click', () => this.smooth((this.level + 1) % SMOOTH.length));
    this.marksBox = find('.dnn-marks');
    this.markText = find('.dnn-mark-text');
    for (const [on, off] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
      this.marksBox.addEventListener(on, (event) => this.tell(event.target.closest('button')));
      this.marksBox.addEventListener(off, () => this.tell(null));
    }
    this.reportBox = find('.dnn-report');
    this.table = new Report(this.reportBox);
    this.types = { xaxis: 'linear', yaxis: 'linear' };
    this.level = 0;
    this.view = 'cost';
    this.views = ['cost', 'numbers'];
    this.marks = [];
    this.charts = false;
  }

  stage(scene) {
    this.scene = scene;
    this.offer(this.views);
    if (this.charts) this.stageChart();
  }

  stageChart() {
    const first = !this.charts;
    this.charts = true;
    this.charted = null;
    this.chartedAt = this.chartCost = 0;
    Plotly.react(this.chart, this.traces(), this.layout(), CONFIG);
    if (first) this.chart.on('plotly_relayout', () => this.placeMarks());
  }

  // tabs

  // The views that there are something to say about; the one shown gives way to its like, or to the cost.
  offer(views) {
    this.views = views;
    const { meta } = this.scene.cost.layout;
    if (!views.includes(this.view)) {
      const like = { accuracy: 'error', error: 'accuracy' }[this.view];
      this.show(views.includes(like) ? like : 'cost');
    }
    const held = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...views.map((view) => {
        const tab = Object.assign(document.createElement('button'), { type: 'button', textContent: meta.views[view].label, title: meaning(MEANINGS[view]) });
        tab.dataset.view = view;
        tab.setAttribute('role', 'tab');
        tab.setAttribute('aria-controls', view === 'numbers' ? 'dnn-report' : 'dnn-chart');
        tab.addEventListener('click', () => this.show(view));
        return tab;
      }),
    );
    this.mark();
    if (held) this.tabs.querySelector('[aria-selected=true]').focus();
  }

  mark() {
    const { label } = this.scene.cost.layout.meta.views[this.view];
    (this.view === 'numbers' ? this.reportBox : this.panel).setAttribute('aria-label', label);
    for (const tab of this.tabs.children) {
      const chosen = tab.dataset.view === this.view;
      tab.setAttribute('aria-selected', chosen);
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  show(view) {
    if (view === this.view) return;
    this.view = view;
    this.mark();
    const numbers = view === 'numbers';
    this.panel.hidden = this.tools.hidden = numbers;
    this.reportBox.hidden = !numbers;
    this.axes[1].hidden = view === 'accuracy'; // shares of 1 are no case for a logarithm
    this.smoother.hidden = view === 'rate';
    if (this.words) this.say(this.words);
    if (numbers) return this.drawReport();
    if (!this.charts) return;
    this.stageChart();
    this.drawCurves();
  }

  onKey(event) {
    const tabs = [...this.tabs.children];
    const at = tabs.indexOf(event.target);
    const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    this.show(tab.dataset.view);
    tab.focus();
  }

  // axes and smoothing

  choose(axis) {
    this.types[axis] = this.types[axis] === 'log' ? 'linear' : 'log';
    for (const button of this.axes) button.setAttribute('aria-pressed', this.types[button.dataset.axis] === 'log');
    if (this.charts) Plotly.relayout(this.chart, { [`${axis}.type`]: this.typeOf(axis), [`${axis}.autorange`]: true });
  }

  typeOf(axis) {
    return axis === 'yaxis' && this.view === 'accuracy' ? 'linear' : this.types[axis];
  }

  smooth(level) {
    this.level = level;
    this.smoother.textContent = SMOOTH[level].name();
    this.smoother.classList.toggle('dnn-on', level > 0);
    if (!this.charts) return;
    this.stageChart();
    this.drawCurves();
  }

  // the chart

  layout() {
    const { layout } = this.scene.cost;
    const { axis, ticks, corner } = layout.meta.views[this.view];
    const top = corner === 'top';
    return {
      ...layout,
      ...room(this.chart),
      uirevision: this.view,
      xaxis: { ...layout.xaxis, type: this.typeOf('xaxis') },
      yaxis: { ...layout.yaxis, type: this.typeOf('yaxis'), title: { ...layout.yaxis.title, text: axis }, tickformat: ticks },
      legend: { ...layout.legend, y: top ? 1 : 0, yanchor: top ? 'top' : 'bottom' },
      showlegend: this.view !== 'rate',
    };
  }

  // The lines without their points; where they are smoothed, the raw ones stand behind them.
  traces() {
    const { format } = this.scene.cost.layout.meta.views[this.view];
    const data = this.scene.cost.data.map((trace) => ({ ...trace, hovertemplate: `%{y:${format}}` }));
    if (this.view === 'rate') return [{ ...data[0], name: tr('learning rate'), line: { ...data[0].line, shape: 'hv' } }];
    if (!this.level) return data;
    const line = ({ line }) => ({ ...line, width: 1, dash: 'solid' });
    return [...data.map((trace) => ({ ...trace, line: line(trace), opacity: 0.3, showlegend: false, hoverinfo: 'skip' })), ...data];
  }

  points() {
    const table = { accuracy: this.accuracies, rate: this.rates }[this.view] ?? this.curves;
    const rows = this.view === 'rate' ? 2 : 3;
    const count = table.length / rows;
    const [x, ...raw] = Array.from({ length: rows }, (_, k) => Array.from(table.subarray(k * count, (k + 1) * count)));
    const lines = this.view === 'error' ? raw.map((line) => line.map((cost) => Math.sqrt(2 * cost))) : raw;
    if (!this.level || this.view === 'rate') return { x: lines.map(() => x), y: lines };
    const { share, least } = SMOOTH[this.level];
    const span = Math.max(least, share * (x.at(-1) - x[0]));
    const y = [...lines, ...lines.map((line) => smoothed(x, line, span))];
    return { x: y.map(() => x), y };
  }

  resize() {
    if (!this.charts || this.panel.hidden) return;
    fill(this.chart);
    this.placeMarks();
  }

  draw({ header, curves, accuracies, rates }) {
    const { chart } = header;
    if (accuracies) this.accuracies = accuracies;
    if (rates) this.rates = rates;
    if (curves) this.curves = curves;
    if (chart) {
      this.report = chart.report;
      if (`${chart.views}` !== `${this.views}`) this.offer(chart.views);
      if (JSON.stringify(chart.marks) !== JSON.stringify(this.marks)) this.setMarks(chart.marks);
      if (this.view === 'numbers') this.drawReport();
    }
    if (this.isDue(header.state)) this.drawCurves();
  }

  drawReport() {
    if (this.report) this.table.draw(this.report, this.scene.names);
  }

  // Charts are slow to redraw: while it plays they get a sixth of the browser's time at most.
  isDue(state) {
    if (!this.charts || this.panel.hidden || !this.curves || this.curves === this.charted) return false;
    return state !== 'playing' || performance.now() - this.chartedAt > 5 * this.chartCost;
  }

  drawCurves() {
    if (!this.curves) return;
    const began = performance.now();
    Plotly.restyle(this.chart, this.points());
    this.charted = this.curves;
    this.widen();
    this.placeMarks();
    this.chartedAt = performance.now();
    this.chartCost = this.chartedAt - began;
  }

  // Long numbers at the upright axis get more room, so that its title stands beside them.
  widen() {
    const { margin } = this.scene.cost.layout;
    const labels = [...this.chart.querySelectorAll('.ytick text')].map((label) => label.getComputedTextLength());
    const room = 8 * Math.ceil((Math.max(0, ...labels) + 28 * this.scene.scale) / 8); // in steps, so that it seldom changes
    const left = Math.max(margin.l, room);
    if (left !== this.chart._fullLayout.margin.l) Plotly.relayout(this.chart, { 'margin.l': left });
  }

  // where a setting was changed

  setMarks(marks) {
    this.marks = marks;
    const buttons = [...this.marksBox.children];
    const made = marks.map(([epoch, text], k) => {
      const button = buttons[k] ?? Object.assign(document.createElement('button'), { type: 'button' });
      button.setAttribute('aria-label', tr('Epoch {epoch}: {text}', { epoch, text }));
      return button;
    });
    this.marksBox.replaceChildren(...made);
    this.placeMarks();
  }

  placeMarks() {
    if (!this.charts || this.panel.hidden || !this.marks.length) return;
    const { xaxis, _size } = this.chart._fullLayout;
    Object.assign(this.marksBox.style, { left: `${_size.l}px`, top: `${_size.t}px`, width: `${_size.w}px`, height: `${_size.h}px` });
    [...this.marksBox.children].forEach((button, k) => {
      const at = xaxis.d2p(this.marks[k][0]);
      button.hidden = !(at >= 0 && at <= _size.w);
      if (!button.hidden) button.style.transform = `translateX(${at}px)`;
    });
  }

  // While it plays a mark slips away from under the pointer: what it says stays long enough to be read.
  tell(button) {
    clearTimeout(this.told);
    if (!button) return void (this.told = setTimeout(() => (this.markText.hidden = true), 1500));
    this.markText.textContent = button.getAttribute('aria-label');
    this.markText.hidden = false;
  }

  say(words) {
    this.words = words;
    const { label } = this.scene.cost.layout.meta.views[this.view];
    this.chart.setAttribute('aria-label', tr('{label} against epoch: {words}', { label, words }));
  }

  close() {
    clearTimeout(this.told);
    if (this.charts) Plotly.purge(this.chart);
  }
}
