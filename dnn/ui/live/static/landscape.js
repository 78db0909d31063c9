// @ts-check
// The landscape under a run: contours or a surface with the path on it, and in words what it shows and what it hides.
// The figure comes from Python with every refresh. While nobody looks, nothing is asked for.

import { CONFIG, fetchCharts, fill, room } from './charts.js';
import { find, findAs } from './dom.js';
import { tr } from './i18n.js';
import { fitted } from './landscape_figure.js';
import { landscapeHtml, lines } from './landscape_html.js';
import { LandscapeKeys } from './landscape_keys.js';
import { Server } from './server.js';

/** @import { LandscapeFrame, LandscapeScene, LandscapeView } from '../landscape_contract.d.ts' */

const RESTS = 3; // times as long as a drawing took, in which the browser does other things
const LONGEST_REST = 1000; // milliseconds: the first surface takes much longer than those after it
const SEEDS = 1_000_000;

export class Landscape {
  /**
   * @param {HTMLElement} root empty as yet
   * @param {object} options
   * @param {string} options.plotlyUrl
   * @param {(frame: LandscapeFrame) => void} [options.onFrame]
   * @param {(text: string) => void} options.notify says what is wrong with the connection, or nothing
   */
  constructor(root, { plotlyUrl, onFrame = () => {}, notify }) {
    root.innerHTML = landscapeHtml();
    this.root = root;
    this.chart = find(root, '[role=img]');
    this.problem = find(root, '.dnn-landscape-problem');
    this.words = find(root, '.dnn-landscape-words');
    this.keys = new LandscapeKeys(this.chart, find(root, '.dnn-landscape-point'));
    this.onFrame = onFrame;
    /** @type {LandscapeFrame[]} */
    this.waiting = [];
    /** @type {LandscapeScene | null} the newest, drawn or not */
    this.scene = null;
    this.drawn = ''; // the form that is drawn, if any
    this.stale = false; // whether the scene is to be drawn
    this.drawAt = 0; // when it may be
    this.charts = false; // whether Plotly is there
    this.url = '';
    /** @type {Server<LandscapeFrame>} */
    this.server = this.newServer(notify);
    this.notify = notify;
    this.plotlyUrl = plotlyUrl;
    this.stopFetching = () => {};
    this.form = findAs(HTMLFormElement, root, 'form');
    this.form.addEventListener('change', () => this.choose(this.chosen()));
    find(root, '[name=other]').addEventListener('click', () => {
      this.choose({ ...this.chosen(), seed: (this.seed + 1) % SEEDS });
    });
    this.seed = 0;
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.chart);
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  /** @param {(text: string) => void} notify */
  newServer(notify) {
    /** @type {Server<LandscapeFrame>} */
    const server = new Server({
      onFrame: (frame) => this.waiting.push(frame),
      onBack: () => notify(''),
      onLost: () => notify(tr('The connection to the server is lost; trying again …')),
    });
    return server;
  }

  /** @param {string} url of the socket of the landscape, which is opened while it is shown */
  connect(url) {
    this.url = url;
    if (!this.root.hidden) this.open();
  }

  // Plotly is fetched when it is needed for the first time.
  open() {
    if (this.url) this.server.connect(this.url);
    if (this.charts) return;
    this.stopFetching();
    this.stopFetching = fetchCharts(this.plotlyUrl, () => (this.charts = true));
  }

  /** @param {boolean} on whether somebody looks */
  show(on) {
    if (this.root.hidden === !on) return;
    this.root.hidden = !on;
    this.server.close();
    this.waiting = [];
    if (!on) return;
    this.server = this.newServer(this.notify);
    this.open();
    this.stale = this.scene !== null;
  }

  /** @returns {LandscapeView} */
  chosen() {
    const data = new FormData(this.form);
    const { form, directions, cost } = /** @type {LandscapeView} */ (/** @type {unknown} */ (Object.fromEntries(data)));
    return { form, directions, cost, seed: this.seed };
  }

  /** @param {LandscapeView} view */
  choose({ directions, seed, form, cost }) {
    this.server.send(`draw ${directions} ${seed} ${form} ${cost}`);
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    if (document.hidden || this.root.hidden) return;
    for (const frame of this.waiting.splice(0)) {
      if (frame.scene) this.stage(frame.scene);
      this.onFrame(frame);
      this.server.ask();
    }
    if (this.stale && this.charts && performance.now() >= this.drawAt) this.draw();
  }

  /** @param {LandscapeScene} scene */
  stage(scene) {
    const { view, problem, words, notes, runs, alt, side, epoch, tested } = scene;
    this.scene = scene;
    this.stale = true;
    this.seed = view.seed;
    if (!this.form.contains(document.activeElement)) this.setForm(view);
    find(this.root, '[name=other]').hidden = view.directions !== 'random';
    find(this.root, 'option[value=test]').hidden = !tested;
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
    this.words.textContent = words;
    const keys = tr('Left and right go along the path, and with Shift around the surface.');
    this.chart.setAttribute('aria-label', `${alt} ${keys}`);
    Object.assign(this.root.dataset, { side: String(side), epoch: String(epoch), form: view.form });
    find(this.root, 'ul').replaceChildren(...lines(notes, runs));
    const count = notes.length;
    find(this.root, 'summary').textContent = tr('What this picture hides ({count})', { count });
    find(this.root, 'details').hidden = !count && !runs.length;
  }

  /** @param {LandscapeView} view */
  setForm(view) {
    for (const name of /** @type {const} */ (['form', 'directions', 'cost'])) {
      findAs(HTMLSelectElement, this.form, `[name=${name}]`).value = view[name];
    }
  }

  draw() {
    const { scene, chart } = this;
    const { width, height } = room(chart);
    if (!scene || width < 1 || height < 1) return;
    const began = performance.now();
    this.stale = false;
    const form = scene.figure ? scene.view.form : '';
    if (this.drawn && this.drawn !== form) Plotly.purge(chart); // what draws in space leaves nothing that draws in a plane can use
    if (scene.figure) {
      const { data, layout } = fitted(scene, width);
      Plotly.react(chart, data, { ...layout, autosize: false, width, height }, CONFIG);
    }
    this.drawn = form;
    this.keys.draw(scene);
    this.root.dataset.drawn = String(scene.id);
    const now = performance.now();
    this.drawAt = now + Math.min(LONGEST_REST, RESTS * (now - began));
  }

  resize() {
    if (this.drawn && this.chart.clientWidth) fill(this.chart);
    else this.stale = this.scene !== null;
  }

  close() {
    this.stopFetching();
    cancelAnimationFrame(this.animation);
    this.sizes.disconnect();
    this.server.close();
    if (this.drawn) Plotly.purge(this.chart);
  }
}
