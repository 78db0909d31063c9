// @ts-check
// The Health tab: gradient norms of the layers over the epochs, and what each layer is like now.

import { create, find } from './dom.js';
import { NormChart } from './health_norms.js';
import { HealthTable } from './health_table.js';
import { tr } from './i18n.js';
import { later } from './later.js';

/** @import { Frame, Scene } from '../contract.d.ts' */

const [WIDE, NARROW] = [28.5, 25]; // letters that a table with ranges needs

export class Health {
  /**
   * @param {HTMLElement} box the tab's panel
   * @param {(open: boolean) => void} onOpen hears that the tab was opened or closed
   */
  constructor(box, onOpen) {
    this.box = box;
    this.onOpen = onOpen;
    this.note = create('p', { className: 'dnn-looked-at' });
    this.norms = new NormChart();
    this.table = new HealthTable();
    this.charts = find(box, '.dnn-health-charts');
    this.charts.append(this.norms.box, this.table.table, this.note);
    /** @type {Scene} */
    this.scene = later();
    /** @type {Frame | null} the newest that brought something */
    this.last = null;
  }

  /** @param {Scene} scene */
  stage(scene) {
    this.scene = scene;
    const { scale, colors } = scene;
    this.box.style.setProperty('--scale', String(scale));
    this.box.style.setProperty('--negative', colors.negative);
    this.box.style.setProperty('--positive', colors.positive);
  }

  /** @param {boolean} open */
  show(open) {
    if (open !== this.box.hidden) return;
    this.box.hidden = !open;
    this.box.closest('.dnn-stage')?.classList.toggle('dnn-health-open', open);
    this.onOpen(open);
  }

  /** @param {Frame} frame */
  draw(frame) {
    if (frame.header.health) this.last = frame;
    if (frame === this.last) this.resize();
  }

  resize() {
    if (this.box.hidden || !this.last) return;
    const { header, norms, activations, gradients } = this.last;
    const { health } = header;
    if (!health || !norms || !activations || !gradients) return;
    const { layers, examples } = health;
    const color = (/** @type {number} */ layer) => {
      const share = Math.round((100 * layer) / Math.max(1, layers.length - 1));
      return `color-mix(in oklab, var(--positive) ${share}%, var(--negative))`;
    };
    this.charts.dataset.room = roomOf(this.charts);
    this.norms.draw(norms, layers.length, color);
    this.table.draw(layers, activations, gradients, color);
    const all = this.scene.trained;
    this.note.textContent =
      examples < all
        ? tr('Measured over {examples} of the {all} training examples.', { examples, all })
        : tr('Measured over all {all} training examples.', { all });
  }
}

/**
 * How much a line holds, whatever the size of its letters: for a projector they are larger.
 *
 * @param {HTMLElement} box
 */
function roomOf(box) {
  const letters = box.clientWidth / Number.parseFloat(getComputedStyle(box).fontSize);
  if (letters >= WIDE) return 'wide';
  return letters >= NARROW ? 'narrow' : 'least';
}
