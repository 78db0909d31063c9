// The live panel: asks for frames, draws at most one for each animation frame, decides nothing.

import { Connection } from './wire.js';
import { Diagram, Field, crossings, fit, palette } from './paint.js';

const HTML = `
  <dl class="dnn-numbers">
    <div class="dnn-wide"><dt>Epoch</dt><dd data-number="epoch">–</dd></div>
    <div><dt>Train cost</dt><dd data-number="train_cost">–</dd></div>
    <div><dt>Test cost</dt><dd data-number="test_cost">–</dd></div>
    <div><dt>Train accuracy</dt><dd data-number="train_accuracy">–</dd></div>
    <div><dt>Test accuracy</dt><dd data-number="test_accuracy">–</dd></div>
  </dl>
  <p class="dnn-notice" role="status" hidden></p>
  <figure class="dnn-network" role="img" aria-label="The network"><canvas></canvas><canvas></canvas></figure>
  <figure class="dnn-boundary"><canvas aria-hidden="true"></canvas><div role="img" aria-label="Decision boundary"></div></figure>
  <figure class="dnn-cost">
    <div role="img" aria-label="Cost against epoch"></div>
    <p class="dnn-axis" role="group" aria-label="Cost axis">
      <button type="button" data-axis="linear" aria-pressed="true">linear</button>
      <button type="button" data-axis="log" aria-pressed="false">log</button>
    </p>
  </figure>`;

const SAID_EVERY = 2000; // milliseconds between two text alternatives
const NUMBERS_EVERY = 80; // milliseconds between two changes of the digits: nobody reads faster
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: 'reset+autosize' };

const KEYS = { ' ': 'play', s: 'step', r: 'reset' };
const CHOSEN = '[type=range], [type=checkbox], [type=radio], [type=button]';
const TYPED = `textarea, select, [contenteditable=true], input:not(${CHOSEN})`;
const PRESSED = 'button, a, summary, input:not([type=range]), [role=button], [role=radio], [role=option]';

function loadPlotly(url) {
  return (window.__dnnPlotly ??= window.Plotly
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { src: url, onload: resolve, onerror: reject });
        document.head.append(script);
      }));
}

export class Panel {
  // Axes and curves need Plotly, a large script that keeps the browser busy for a while: it is fetched after the first frame.
  constructor(root, plotlyUrl, onState) {
    this.root = root;
    root.innerHTML = HTML;
    const find = (selector) => root.querySelector(selector);
    this.numbers = [...root.querySelectorAll('[data-number]')];
    this.notice = find('.dnn-notice');
    this.diagramBox = find('.dnn-network');
    this.diagram = new Diagram(...this.diagramBox.children);
    this.boundary = find('.dnn-boundary > div');
    this.overlay = find('.dnn-boundary > canvas');
    this.cost = find('.dnn-cost > div');
    this.axes = [...root.querySelectorAll('[data-axis]')];
    this.axes.forEach((button) => button.addEventListener('click', () => this.chooseAxis(button.dataset.axis)));
    this.axis = 'linear';
    this.frames = [];
    this.drawn = 0;
    this.said = this.counted = 0;
    this.sceneId = -1;
    this.onState = onState;
    this.charts = false;
    this.plotlyUrl = plotlyUrl;
    this.sizes = new ResizeObserver(() => (this.resized = true));
    [this.diagramBox, this.boundary.parentElement, this.cost.parentElement].forEach((box) => this.sizes.observe(box));
    this.onKey = this.onKey.bind(this);
    window.addEventListener('keydown', this.onKey, true);
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  connect(url) {
    if (this.url === url) return;
    this.url = url;
    this.sceneId = -1;
    this.connection?.close();
    this.connection = new Connection(url, {
      sceneShown: () => this.sceneId,
      onFrame: (frame) => this.receive(frame),
      onState: (state) => {
        this.connected = state === 'open';
        if (!this.connected) this.say('The connection to the server is lost; trying again …');
      },
    });
  }

  // Frames made before the visitor changed something are not drawn any more: only what the new one lacks is kept of them.
  receive(frame) {
    if (frame.scene) this.sceneId = frame.scene.id;
    while (this.frames.length && this.frames[0].header.revision !== frame.header.revision) {
      const stale = this.frames.shift();
      frame.scene ??= stale.scene;
      frame.curves ??= stale.curves;
      this.connection.ask();
    }
    this.frames.push(frame);
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    const frame = this.frames.shift();
    if (frame) {
      if (frame.scene && frame.scene.id !== this.scene?.id) this.stage(frame.scene);
      this.draw(frame);
      this.connection.ask();
    } else if (this.resized && this.last) {
      this.draw(this.last);
    }
  }

  // A new scene: other data, layers or colours. The figures come from Python; only the field under them is ours.
  stage(scene) {
    this.scene = scene;
    this.colors = palette(scene.ramp);
    this.resized = true;
    if (this.charts) this.stageCharts();
  }

  async fetchCharts() {
    await loadPlotly(this.plotlyUrl);
    if (this.gone) return;
    this.charts = true;
    this.stageCharts();
  }

  stageCharts() {
    const { scene } = this;
    Plotly.react(this.boundary, scene.boundary.data, { ...scene.boundary.layout, ...this.room(this.boundary) }, CONFIG);
    const layout = { ...scene.cost.layout, ...this.room(this.cost) };
    layout.yaxis = { ...layout.yaxis, type: this.axis };
    Plotly.react(this.cost, scene.cost.data, layout, CONFIG);
    this.hovering = false;
    this.resized = true;
    this.charted = null;
    this.chartedAt = this.chartCost = 0;
  }

  chooseAxis(axis) {
    this.axis = axis;
    this.axes.forEach((button) => button.setAttribute('aria-pressed', button.dataset.axis === axis));
    if (this.charts && this.scene) Plotly.relayout(this.cost, { 'yaxis.type': axis, 'yaxis.autorange': true });
  }

  room(div) {
    const { clientWidth, clientHeight } = div.parentElement;
    return { width: clientWidth, height: clientHeight };
  }

  resize() {
    this.resized = false;
    for (const div of this.charts ? [this.boundary, this.cost] : []) {
      const { width, height } = this.room(div);
      const { width: w, height: h } = div._fullLayout;
      if (width !== w || height !== h) Plotly.relayout(div, { width, height });
    }
    const { l, t, w, h } = this.plane();
    Object.assign(this.overlay.style, { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px` });
    this.plot = { w, h };
    const { clientWidth, clientHeight } = this.diagramBox;
    this.diagram.prepare(this.scene, clientWidth, clientHeight);
  }

  // Where the plane of the inputs is in its box: as Plotly laid it out, or will by its margins.
  plane() {
    if (this.charts) return this.boundary._fullLayout._size;
    const { width, height } = this.room(this.boundary);
    const { l, r, t, b } = this.scene.boundary.layout.margin;
    return { l, t, w: width - l - r, h: height - t - b };
  }

  draw(frame) {
    const { header, field } = frame;
    if (this.resized) this.resize();
    const side = Math.round(Math.sqrt(field.length));
    if (this.field?.side !== side) this.field = new Field(side);
    this.field.paint(field, this.colors, 8);
    this.paintField(field, side);
    this.diagram.draw(frame, this.field);
    if (frame.curves) this.curves = frame.curves;
    if (this.chartIsDue(header.state)) this.drawCurves();
    this.hover(header.state !== 'playing', field, side);
    if (frame !== this.last) this.announce(header);
    if (!this.last) this.fetchCharts();
    this.last = frame;
  }

  paintField(field, side) {
    const { w, h } = this.plot;
    const context = fit(this.overlay, w, h);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.field.canvas, 0, 0, w, h);
    // values sit on the edges of the plane, so side - 1 cells span it
    const [across, down] = [w / (side - 1), h / (side - 1)];
    context.beginPath();
    crossings(field, side, this.scene.threshold * 65535, (x0, y0, x1, y1) => {
      context.moveTo(x0 * across, y0 * down);
      context.lineTo(x1 * across, y1 * down);
    });
    context.strokeStyle = this.scene.colors.ink;
    context.lineWidth = 2;
    context.stroke();
  }

  // Charts are slow to redraw: while it plays they get a sixth of the browser's time at most.
  chartIsDue(state) {
    if (!this.charts || !this.curves || this.curves === this.charted) return false;
    return state !== 'playing' || performance.now() - this.chartedAt > 5 * this.chartCost;
  }

  drawCurves() {
    const { curves } = this;
    const began = performance.now();
    const count = curves.length / 3;
    const [epoch, train, test] = [0, 1, 2].map((row) => Array.from(curves.subarray(row * count, (row + 1) * count)));
    Plotly.restyle(this.cost, { x: [epoch, epoch], y: [train, test] });
    this.charted = curves;
    this.chartedAt = performance.now();
    this.chartCost = this.chartedAt - began;
  }

  // While nothing moves, an unseen heat map gives the values under the pointer.
  hover(on, field, side) {
    if (!this.charts || (!on && !this.hovering)) return;
    const trace = this.scene.boundary.data.length - 1;
    if (on) {
      const [left, right, low, high] = this.scene.bounds;
      const between = (from, to) => Array.from({ length: side }, (_, k) => from + ((to - from) * k) / (side - 1));
      const z = Array.from({ length: side }, (_, row) => Array.from(field.subarray(row * side, (row + 1) * side), (v) => v / 65535));
      Plotly.restyle(this.boundary, { z: [z], x: [between(left, right)], y: [between(high, low)], visible: true }, [trace]);
    } else {
      Plotly.restyle(this.boundary, { visible: false }, [trace]);
    }
    this.hovering = on;
  }

  announce(header) {
    const { epoch, state, numbers, reason } = header;
    const shown = { epoch: epoch.toLocaleString('en') };
    for (const name of ['train_cost', 'test_cost']) shown[name] = numbers[name] === null ? '–' : numbers[name].toPrecision(3);
    for (const name of ['train_accuracy', 'test_accuracy']) {
      shown[name] = numbers[name] === null ? '–' : `${(100 * numbers[name]).toFixed(1)} %`;
    }
    const now = performance.now();
    if (now - this.counted > NUMBERS_EVERY || state !== 'playing') {
      this.counted = now;
      for (const cell of this.numbers) {
        const text = shown[cell.dataset.number];
        if (cell.textContent !== text) cell.textContent = text;
      }
    }
    this.say(reason);
    const { dataset } = this.root;
    dataset.epoch = epoch;
    dataset.learningRate = numbers.learning_rate;
    dataset.frame = ++this.drawn;
    if (dataset.state !== state) {
      dataset.state = state;
      this.onState(state);
    }
    if (now - this.said < SAID_EVERY && state === 'playing') return;
    this.said = now;
    const words = `epoch ${shown.epoch}, train cost ${shown.train_cost}, test cost ${shown.test_cost}, test accuracy ${shown.test_accuracy}`;
    this.cost.setAttribute('aria-label', `Cost against epoch: ${words}`);
    this.boundary.setAttribute('aria-label', `Decision boundary at ${words}`);
    this.diagramBox.setAttribute('aria-label', `Network with layers of ${this.scene.sizes.join(', ')} units at ${words}`);
  }

  say(text) {
    if (this.notice.textContent === text) return;
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  // Space, S and R press the page's own buttons. Fields keep the keys they need, and a focused button its Space.
  onKey(event) {
    const name = KEYS[event.key.toLowerCase()];
    const at = event.composedPath()[0];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || !(at instanceof Element)) return;
    if (at.closest(TYPED) || (event.key === ' ' && at.closest(PRESSED))) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) document.querySelector(`.st-key-${name} button`)?.click();
  }

  close() {
    this.gone = true;
    window.removeEventListener('keydown', this.onKey, true);
    cancelAnimationFrame(this.animation);
    this.connection.close();
    this.sizes.disconnect();
    if (this.charts) [this.boundary, this.cost].forEach((div) => Plotly.purge(div));
  }
}
