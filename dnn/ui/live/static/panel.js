// The live panel: asks for frames, draws at most one for each animation frame, decides nothing.

import { Axes } from './axes.js';
import { Background } from './background.js';
import { DiagramEvents } from './diagram_events.js';
import { Plane } from './plane.js';
import { loadPlotly } from './charts.js';
import { CostChart } from './cost.js';
import { Diagram } from './diagram.js';
import { Figures } from './figures.js';
import { Tour } from './tour.js';
import { DrawTool } from './draw_tool.js';
import { Connection } from './wire.js';
import { setLanguage, meaning, tr } from './i18n.js';

const html = () => `
  <dl class="dnn-numbers">
    <div class="dnn-wide"><dt><span data-means="epoch">${tr('Epoch')}</span><span data-number="batch" data-means="batch"></span></dt><dd data-number="epoch">–</dd></div>
    <div><dt data-means="cost">${tr('Train cost')}</dt><dd data-number="train_cost">–</dd></div>
    <div><dt data-means="cost">${tr('Test cost')}</dt><dd data-number="test_cost">–</dd></div>
    <div><dt>${tr('Train accuracy')}</dt><dd data-number="train_accuracy">–</dd></div>
    <div><dt>${tr('Test accuracy')}</dt><dd data-number="test_accuracy">–</dd></div>
  </dl>
  <div class="dnn-notices"><p class="dnn-notice" role="status" hidden></p><p class="dnn-notice dnn-waited" role="status" hidden></p></div>
  <figure class="dnn-network" role="group" aria-label="${tr('The network')}"><canvas aria-hidden="true"></canvas><canvas aria-hidden="true"></canvas></figure>
  <figure class="dnn-boundary">
    <canvas aria-hidden="true"></canvas><div role="img" aria-label="${tr('Decision boundary')}"></div>
    <div class="dnn-surface" role="img" aria-label="${tr('The answers as a surface')}" hidden></div>
    <section class="dnn-below">
    <p class="dnn-tools">
      <label><input type="checkbox"> ${tr('Discretise')}</label>
      <label><input type="checkbox" checked> ${tr('Errors')}</label>
      <label class="dnn-solid"><input type="checkbox"> 3-D</label>
      <label class="dnn-threshold" data-means="boundary">${tr('Threshold')} <input type="range" min="0.05" max="0.95" step="0.05" value="0.5">
        <output role="none">0.50</output></label>
    </p>
    </section>
  </figure>
  <figure class="dnn-cost"></figure>`;

const RELOADED = 3000; // milliseconds after which a page whose run is unknown to the server is opened anew
const CHARTS_AGAIN = 2000; // milliseconds after which charts that did not come are asked for again
const SAID_EVERY = 2000; // milliseconds between two text alternatives
const NUMBERS_EVERY = 80; // milliseconds between two changes of the digits: nobody reads faster

// What a key presses: the page's own buttons, by name.
const KEYS = {
  ' ': 'play', s: 'step', b: 'batch', r: 'reset', n: 'new_weights', u: 'undo', y: 'redo', v: 'speed', t: 'stop', '?': 'keys',
  'ctrl+z': 'undo', 'ctrl+y': 'redo', 'ctrl+shift+z': 'redo',
};
const CHOSEN = '[type=range], [type=checkbox], [type=radio], [type=button]';
const TYPED = `textarea, select, [role=grid], [contenteditable=true], input:not(${CHOSEN})`;
const PRESSED = 'button, a, summary, input:not([type=range]), [role=button], [role=radio], [role=option]';

export class Panel {
  constructor(root, plotlyUrl, onState, act, most, language) {
    setLanguage(language);
    this.root = root;
    root.innerHTML = html();
    for (const element of root.querySelectorAll('[data-means]')) element.title = meaning(element.dataset.means);
    const find = (selector) => root.querySelector(selector);
    this.figures = new Figures(this);
    this.numbers = [...root.querySelectorAll('[data-number]')];
    this.notice = find('.dnn-notice');
    this.diagramBox = find('.dnn-network');
    this.diagram = new Diagram(...this.diagramBox.children);
    this.plane = new Plane(find('.dnn-boundary'));
    this.plane.changed = () => (this.resized = true); // draw again, even while nothing plays
    this.cost = new CostChart(find('.dnn-cost'));
    const look = (unit) => this.connection?.look(unit);
    this.events = new DiagramEvents(this.diagramBox, this.diagram, this.plane, { look, act, most });
    const below = find('.dnn-below');
    this.axes = new Axes(below, (words) => this.connection?.send(words));
    this.drawTool = new DrawTool(below, this.axes, (action) => this.events.ask(action));
    this.plane.covered = (on) => this.drawTool.cover(on);
    this.events.settled = (number) => this.drawTool.done(number);
    const playing = () => this.last?.header.state === 'playing';
    this.background = new Background(find('.dnn-waited'), { playing, pull: () => this.pull() });
    this.frames = [];
    this.drawn = 0;
    this.said = this.counted = 0;
    this.sceneId = -1;
    this.onState = onState;
    this.plotlyUrl = plotlyUrl;
    this.sizes = new ResizeObserver(() => (this.resized = true));
    root.querySelectorAll('figure, .dnn-below').forEach((box) => this.sizes.observe(box));
    this.leaveRoom(document.querySelector('.st-key-class-task'));
    this.onKey = this.onKey.bind(this);
    window.addEventListener('keydown', this.onKey, true);
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  // What a teacher's link says stands above: the panel is so much less high.
  leaveRoom(task) {
    if (!task) return;
    this.above = new ResizeObserver(() => this.root.style.setProperty('--dnn-above', `${task.offsetHeight + 8}px`));
    this.above.observe(task);
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
        if (state === 'unknown') this.begin(url);
        if (!this.connected) this.say(tr('The connection to the server is lost; trying again …'));
      },
    });
  }

  // The server does not know this run: it was started again. If the page does not bring another run soon, it is opened
  // anew: its address holds the experiment.
  begin(url) {
    this.beginning ??= setTimeout(() => {
      this.beginning = null;
      if (this.url === url && !this.connected && !this.gone) location.reload();
    }, RELOADED);
  }

  // A word for those who are here for the first time.
  startTour(words) {
    this.tour ??= words && new Tour(this.root, words);
  }

  // Frames made before the visitor changed something are not drawn any more: only what the new one lacks is kept of them.
  receive(frame) {
    if (frame.scene) this.sceneId = frame.scene.id;
    while (this.frames.length && this.frames[0].header.revision !== frame.header.revision) {
      this.keep(this.frames.shift(), frame);
      this.connection.ask();
    }
    this.frames.push(frame);
  }

  // What a frame lacks it has from one that is not drawn.
  keep(stale, frame) {
    frame.scene ??= stale.scene;
    for (const part of ['curves', 'accuracies', 'rates']) frame[part] ??= stale[part];
    frame.header.chart ??= stale.header.chart;
    frame.answers ??= stale.answers;
  }

  // In a hidden tab: of the frames that have come the newest waits to be drawn, and others are asked for.
  pull() {
    while (this.frames.length > 1) {
      this.keep(this.frames.shift(), this.frames[0]);
      this.connection.ask();
    }
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    if (document.hidden) return;
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
    this.resized = true;
    this.axes.stage(scene);
    this.drawTool.stage(scene);
    this.plane.stage(scene);
    this.cost.stage(scene);
    for (const { dataset, parentElement } of this.numbers) {
      if (dataset.number.endsWith('accuracy')) parentElement.hidden = scene.task === 'regression';
    }
  }

  async fetchCharts() {
    try {
      await loadPlotly(this.plotlyUrl);
    } catch {
      this.later = setTimeout(() => this.fetchCharts(), CHARTS_AGAIN);
      return;
    }
    if (this.gone) return;
    this.plane.stageChart();
    this.cost.stageChart();
    this.resized = true;
  }

  resize() {
    this.resized = false;
    this.root.style.setProperty('--below', `${this.root.querySelector('.dnn-below').offsetHeight}px`);
    this.plane.resize();
    this.drawTool.place(this.plane.place());
    this.cost.resize();
    const { clientWidth, clientHeight } = this.diagramBox;
    this.diagram.prepare(this.scene, clientWidth, clientHeight);
    this.events.place(this.scene);
  }

  draw(frame) {
    if (this.resized) this.resize();
    this.plane.draw(frame);
    this.diagram.draw(frame, this.plane.field);
    this.events.draw(frame);
    this.cost.draw(frame);
    if (frame !== this.last) this.announce(frame.header);
    if (!this.last) this.fetchCharts();
    this.last = frame;
  }

  announce(header) {
    const { epoch, state, numbers, reason, batch } = header;
    const shown = { epoch: epoch.toLocaleString('en'), batch: batch ? ` · ${tr('batch {done} of {all}', { done: batch.done, all: batch.of })}` : '' };
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
    dataset.setLanguageingRate = numbers.setLanguageing_rate;
    dataset.frame = ++this.drawn;
    if (dataset.state !== state) {
      dataset.state = state;
      this.onState(reason ? 'ended' : state); // it stopped by itself: the page's buttons must hear of it
    }
    if (now - this.said < SAID_EVERY && state === 'playing') return;
    this.said = now;
    const values = { epoch: shown.epoch, train: shown.train_cost, test: shown.test_cost, accuracy: shown.test_accuracy };
    const words = this.scene.task === 'regression'
      ? tr('epoch {epoch}, train cost {train}, test cost {test}', values)
      : tr('epoch {epoch}, train cost {train}, test cost {test}, test accuracy {accuracy}', values);
    this.cost.say(words);
    this.plane.say(words);
    const layers = this.scene.sizes.join(', ');
    this.diagramBox.setAttribute('aria-label', tr('Network with layers of {layers} units at {words}', { layers, words }));
  }

  say(text) {
    if (this.notice.textContent === text) return;
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  // Fields keep the keys they need, and a focused button its Space.
  onKey(event) {
    const held = event.ctrlKey || event.metaKey;
    const name = KEYS[`${held ? 'ctrl+' : ''}${held && event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`];
    const at = event.composedPath()[0];
    if (!name || event.altKey || !(at instanceof Element)) return;
    if (at.closest(TYPED) || (event.key === ' ' && at.closest(PRESSED))) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    const target = document.querySelector(`.st-key-${name} :is(button, [role=slider], input[type=range])`);
    if (!target?.matches('button:not([aria-haspopup])')) target?.focus(); // what opens gives the focus back to its button
    if (target?.matches('button')) target.click();
    setTimeout(() => document.querySelector('[data-testid=stPopoverBody] input')?.focus(), 150); // Tab would not lead there
  }

  close() {
    this.gone = true;
    clearTimeout(this.later);
    this.figures.close();
    window.removeEventListener('keydown', this.onKey, true);
    cancelAnimationFrame(this.animation);
    this.connection.close();
    this.sizes.disconnect();
    this.above?.disconnect();
    this.events.close();
    this.drawTool.close();
    this.background.close();
    this.tour?.close();
    this.plane.close();
    this.cost.close();
  }
}
