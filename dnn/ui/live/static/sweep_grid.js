// @ts-check
// The cells of a sweep on their axes, and one of them large.

import { closest, create } from './dom.js';
import { GOES_ON, mapOf } from './group_cell.js';
import { GroupStream } from './group_stream.js';
import { setLanguage } from './i18n.js';
import { SweepAxes } from './sweep_axes.js';
import { SweepCell } from './sweep_cell.js';
import { SweepDetail } from './sweep_detail.js';
import { SweepLegend } from './sweep_legend.js';

/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Language } from './i18n.js' */
/** @import { Axis } from './sweep_axes.js' */

const WORDS_EVERY = 250; // milliseconds between two changes of the words
const DETAIL = 340; // pixels beside the cells for the large one
const FOLLOWS_EVERY = 1000; // and between two looks at which cell is the best

/**
 * @typedef {object} Settings what the page says of the cells
 * @property {Axis} across
 * @property {Axis} up from the top down
 * @property {string[]} names of all runs
 * @property {boolean} keeps whether there is a shelf
 * @property {number[]} [marked] runs in the cells that are marked in the results
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {{ language: Language, tell: (name: string, value: unknown) => void }} options
   */
  constructor(root, { language, tell }) {
    setLanguage(language);
    this.stream = new GroupStream(root, {
      stage: (scene) => this.stage(scene),
      draw: (frame, scene) => this.draw(frame, scene),
      onState: (state) => tell('stopped', state),
    });
    this.axes = new SweepAxes();
    this.detail = new SweepDetail({
      /** @param {string} what @param {number} run */
      onAct: (what, run) => tell('chosen', { do: what, run, at: Date.now() }),
    });
    this.legend = new SweepLegend();
    const sweep = create('div', { className: 'dnn-sweep' });
    const main = create('div');
    main.append(this.axes.root, this.legend.root, this.stream.notices); // what comes and goes moves nothing
    sweep.append(main, this.detail.root);
    root.replaceChildren(sweep);
    this.root = sweep;
    /** @type {SweepCell[]} */
    this.cells = [];
    /** @type {Settings} */
    this.settings = { across: { title: '', labels: [''] }, up: { title: '', labels: [''] }, names: [], keeps: false };
    /** @type {number | null} the run that was chosen; null: the best is shown */
    this.chosen = null;
    /** @type {number | null} the run that is shown large */
    this.shown = null;
    this.best = '';
    this.saidAt = this.followedAt = 0;
    this.axes.box.addEventListener('click', (event) => this.click(event));
    this.axes.box.addEventListener('focusin', (event) => this.focus(event));
    this.axes.box.addEventListener('keydown', (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(sweep);
  }

  /** @param {Settings} settings */
  update(settings) {
    this.settings = settings;
    this.detail.keeps(settings.keeps);
    this.axes.label(settings.across, settings.up);
    this.name();
    this.resize();
    this.saidAt = 0;
    this.stream.redraw();
  }

  /** @param {string} url of the socket of the runs */
  connect(url) {
    if (this.stream.server.url !== url) this.chosen = null;
    this.stream.connect(url);
  }

  /** @param {GroupScene} scene */
  stage(scene) {
    const focused = this.cells.findIndex((cell) => cell.root === document.activeElement);
    this.cells = scene.cells.map((cell, place) => new SweepCell(scene, cell, place));
    this.axes.box.replaceChildren(...this.cells.map(({ root }) => root));
    if (!scene.cells.some(({ run }) => run === this.chosen)) this.chosen = null;
    this.shown = null;
    this.best = '';
    this.saidAt = this.followedAt = 0;
    this.name();
    this.resize();
    const first = this.cells[Math.max(0, focused)];
    if (first) first.root.tabIndex = 0;
    if (focused >= 0) first?.root.focus();
  }

  name() {
    const marked = new Set(this.settings.marked);
    for (const cell of this.cells) cell.name(this.settings.names[cell.run] ?? '', marked.has(cell.run));
  }

  resize() {
    const { clientWidth } = this.root;
    const beside = getComputedStyle(this.root).gridTemplateColumns.includes(' '); // else it stands under the cells
    const size = this.axes.resize(clientWidth - (beside ? DETAIL : 0));
    for (const cell of this.cells) cell.resize(size);
    this.detail.resize();
  }

  /**
   * @param {GroupFrame} frame
   * @param {GroupScene} scene
   */
  draw(frame, scene) {
    if (frame.maps.length !== scene.cells.length * scene.side ** 2) return; // of a scene before
    this.cells.forEach((cell, place) => {
      if (frame.states[place] === GOES_ON || cell.state !== frame.states[place] || frame.header.state !== 'playing') {
        cell.draw(mapOf(frame, scene, place), frame.states[place]);
      }
    });
    const best = frame.header.best.join();
    if (best !== this.best) {
      this.best = best;
      for (const [place, cell] of this.cells.entries()) cell.rank(frame.header.best.indexOf(place));
    }
    this.follow(frame, scene);
    this.detail.draw(frame);
    const now = performance.now();
    if (frame.header.state === 'playing' && now - this.saidAt < WORDS_EVERY) return;
    this.saidAt = now;
    this.detail.say(frame, this.chosen === null && frame.header.best.length > 0);
    this.legend.say(frame);
    if (frame.header.state !== 'playing') for (const cell of this.cells) cell.say(frame);
  }

  /**
   * Show the chosen cell large, or the best one.
   *
   * @param {GroupFrame} frame
   * @param {GroupScene} scene
   */
  follow(frame, scene) {
    const now = performance.now();
    if (this.chosen === null && now - this.followedAt < FOLLOWS_EVERY && frame.header.state === 'playing') return;
    this.followedAt = now;
    const run = this.chosen ?? scene.cells[frame.header.best[0] ?? 0]?.run;
    if (run === undefined || run === this.shown) return;
    this.shown = run;
    const place = scene.cells.findIndex((cell) => cell.run === run);
    this.detail.stage(scene, place, this.settings.names[run] ?? '');
    this.stream.look(run);
    for (const cell of this.cells) cell.mark(cell.run === this.chosen);
  }

  /** @param {number | null} run to be shown large; null: the best */
  choose(run) {
    this.chosen = run;
    this.shown = null;
    this.saidAt = this.followedAt = 0;
    for (const cell of this.cells) cell.mark(cell.run === run);
    this.stream.redraw();
  }

  /** @param {Event} event */
  cellOf(event) {
    const button = closest(event, 'button');
    return button ? this.cells[Number(button.dataset.cell)] : undefined;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const cell = this.cellOf(event);
    if (!cell) return;
    this.choose(cell.run === this.chosen ? null : cell.run);
    this.detail.root.scrollIntoView({ block: 'nearest' });
  }

  /** @param {FocusEvent} event */
  focus(event) {
    const cell = this.cellOf(event);
    if (!cell) return;
    for (const other of this.cells) other.root.tabIndex = other === cell ? 0 : -1;
  }

  /**
   * The arrow keys go from cell to cell, Enter opens one in the playground, Escape goes back to the best.
   *
   * @param {KeyboardEvent} event
   */
  key(event) {
    const cell = this.cellOf(event);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = this.settings.across.labels.length;
    const [row, column] = [Math.floor(cell.place / columns), cell.place % columns];
    const rows = Math.ceil(this.cells.length / columns);
    /** @type {Record<string, () => number[]>} */
    const ways = {
      ArrowUp: () => [Math.max(0, row - 1), column],
      ArrowDown: () => [Math.min(rows - 1, row + 1), column],
      ArrowLeft: () => [row, Math.max(0, column - 1)],
      ArrowRight: () => [row, Math.min(columns - 1, column + 1)],
      Home: () => [row, 0],
      End: () => [row, columns - 1],
    };
    if (event.key === 'Enter') this.detail.open(cell.run);
    else if (event.key === 'Escape') this.choose(null);
    else if (ways[event.key]) {
      const [toRow, toColumn] = ways[event.key]();
      const next = this.cells[toRow * columns + toColumn];
      next?.root.focus();
      if (next) this.choose(next.run);
    } else return;
    event.preventDefault();
  }

  close() {
    this.sizes.disconnect();
    this.stream.close();
  }
}
