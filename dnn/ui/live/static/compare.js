// @ts-check
// Two to six runs beside one another: a card for each, their costs in one chart, what differs, and where two disagree.

import { fetchCharts } from './charts.js';
import { CompareCard } from './compare_card.js';
import { CompareCosts } from './compare_costs.js';
import { CompareDifference } from './compare_difference.js';
import { CompareTable } from './compare_table.js';
import { create } from './dom.js';
import { GroupStream } from './group_stream.js';
import { setLanguage } from './i18n.js';

/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Language } from './i18n.js' */

const WORDS_EVERY = 200; // milliseconds between two changes of the words

/**
 * @typedef {object} Options
 * @property {string} plotlyUrl
 * @property {Language} language
 * @property {(name: string, value: unknown) => void} tell the page
 */
/**
 * @typedef {object} Row a setting that differs
 * @property {string} title
 * @property {string[]} texts its value in each run
 * @property {boolean[]} marked whether that is another than the first run's
 */
/**
 * @typedef {object} Settings what dnn/ui/compare/settings.py gives
 * @property {boolean} opens whether a click on a run opens it
 * @property {string[]} names
 * @property {string[]} colors of the runs' curves
 * @property {string[]} dashes
 * @property {Row[]} rows
 * @property {PlotlyFigure} figure
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, { plotlyUrl, language, tell }) {
    setLanguage(language);
    this.tell = tell;
    this.stream = new GroupStream(root, {
      stage: (scene) => this.stage(scene),
      draw: (frame, scene) => this.draw(frame, scene),
      onState: (state) => tell('stopped', state),
    });
    this.cards = create('div', { className: 'dnn-compare-cards' });
    this.costs = new CompareCosts();
    this.difference = new CompareDifference();
    this.table = new CompareTable();
    this.below = create('div', { className: 'dnn-compare-below' });
    this.below.append(this.costs.root, this.difference.root, this.table.root);
    root.replaceChildren(this.stream.notices, this.cards, this.below);
    /** @type {CompareCard[]} */
    this.parts = [];
    /** @type {Settings | null} */
    this.settings = null;
    this.saidAt = 0;
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(root);
    this.stopFetching = fetchCharts(plotlyUrl, () => {
      this.costs.start();
      this.stream.redraw();
    });
  }

  /** @param {Settings} settings what the page says of the runs */
  update(settings) {
    if (JSON.stringify(settings) === JSON.stringify(this.settings)) return;
    this.settings = settings;
    this.costs.update(settings);
    this.table.update(settings);
    this.call(settings);
    this.saidAt = 0;
    this.stream.redraw();
  }

  /** @param {number} run */
  open(run) {
    if (this.settings?.opens) this.tell('chosen', { do: 'open', run });
  }

  /** @param {Settings} settings with the names of the runs */
  call(settings) {
    for (const [place, card] of this.parts.entries()) card.name(settings, place);
  }

  /** @param {string} url of the socket of the runs */
  connect(url) {
    this.stream.connect(url);
  }

  /** @param {GroupScene} scene */
  stage(scene) {
    for (const card of this.parts) card.close();
    const several = scene.cells.length > 2;
    this.parts = scene.cells.map((cell) => {
      const leave = several ? () => this.tell('chosen', { do: 'leave out', run: cell.run }) : null;
      return new CompareCard(scene, cell, () => this.open(cell.run), leave);
    });
    const { settings } = this;
    if (settings) this.call(settings);
    this.cards.style.setProperty('--runs', String(scene.cells.length));
    this.cards.replaceChildren(...this.parts.map(({ root }) => root));
    this.difference.stage(scene);
    this.resize();
    this.saidAt = 0;
  }

  resize() {
    for (const card of this.parts) card.resize();
    this.costs.resize();
    this.stream.redraw();
  }

  /**
   * @param {GroupFrame} frame
   * @param {GroupScene} scene
   */
  draw(frame, scene) {
    const now = performance.now();
    const says = frame.header.state !== 'playing' || now - this.saidAt > WORDS_EVERY;
    if (says) this.saidAt = now;
    let edge = 0;
    this.parts.forEach((card, place) => {
      const count = frame.edge_counts?.[place] ?? 0;
      card.draw(frame, place, edge, edge + count, says);
      edge += count;
    });
    this.difference.draw(frame, scene, says);
    this.costs.draw(frame);
    if (says) this.table.draw(frame);
  }

  close() {
    this.stopFetching();
    this.sizes.disconnect();
    for (const card of this.parts) card.close();
    this.costs.close();
    this.stream.close();
  }
}
