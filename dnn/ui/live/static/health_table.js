// @ts-check
// One row for each layer: the size of its update, histograms of activations and gradients, dead and saturated units.

import { create } from './dom.js';
import { bars, quantile, rangeText } from './health_scales.js';
import { tr } from './i18n.js';
import { numberText } from './names_of_units.js';
import { createSvg } from './svg.js';

/** @import { LayerHealth } from '../contract.d.ts' */
/** @typedef {{ counts: Float32Array, ends: [number, number] }} Counts */

const RATIOS = [-6, 0]; // powers of ten at the ends of the scale for updates
const USUAL = [-3.5, -2.5]; // its band

const head = () => [
  { text: tr('Layer') },
  {
    text: tr('Update / weights'),
    title: tr('Size of the next update over the size of the weights. The band marks about 10⁻³, which is usual.'),
  },
  { text: tr('Activations'), title: tr('How often which activation occurs, over all units and examples looked at.') },
  { text: tr('Gradients'), title: tr('How often which gradient occurs, over all weights and biases of the layer.') },
  { text: tr('Dead'), title: tr('Units that return 0 for every example looked at, with slope 0.') },
  {
    text: tr('Saturated'),
    title: tr('Units whose slope is between −0.05 and 0.05 for 95 % of the examples looked at.'),
  },
];

export class HealthTable {
  constructor() {
    this.table = create('table', { className: 'dnn-layers' });
    /** @type {Row[]} */
    this.rows = [];
  }

  /** @param {number} layers the rows are made anew only if there are more or fewer, so that a screen reader keeps its place */
  build(layers) {
    if (layers === this.rows.length) return;
    this.rows = Array.from({ length: layers }, (_, k) => new Row(k + 1, k === layers - 1));
    const top = create('tr');
    for (const { text, title = '' } of head()) top.append(create('th', { textContent: text, title, scope: 'col' }));
    const body = create('tbody');
    body.append(...this.rows.map(({ line }) => line));
    const caption = create('caption', { textContent: tr('The layers now; the last is the output layer') });
    this.table.replaceChildren(caption);
    this.table.createTHead().append(top);
    this.table.append(body);
  }

  /**
   * @param {LayerHealth[]} layers
   * @param {Float32Array} activations (layers, bins)
   * @param {Float32Array} gradients
   * @param {(layer: number) => string} color
   */
  draw(layers, activations, gradients, color) {
    this.build(layers.length);
    const bins = activations.length / layers.length;
    layers.forEach((layer, k) => {
      const part = [k * bins, (k + 1) * bins];
      this.rows[k].draw(layer, color(k), {
        activations: { counts: activations.subarray(...part), ends: layer.activations },
        gradients: { counts: gradients.subarray(...part), ends: layer.gradients },
      });
    });
  }
}

class Row {
  /**
   * @param {number} layer
   * @param {boolean} isOutput
   */
  constructor(layer, isOutput) {
    this.isOutput = isOutput;
    this.line = create('tr');
    this.name = create('th', { scope: 'row', textContent: String(layer) });
    this.ratio = new Ratio();
    this.activations = new Bars();
    this.gradients = new Bars();
    this.dead = create('td');
    this.saturated = create('td');
    if (isOutput) this.dead.textContent = this.saturated.textContent = '–';
    this.line.append(this.name, this.ratio.cell, this.activations.cell, this.gradients.cell, this.dead, this.saturated);
  }

  /**
   * @param {LayerHealth} layer
   * @param {string} color
   * @param {{ activations: Counts, gradients: Counts }} histograms
   */
  draw({ ratio, dead, saturated, units }, color, { activations, gradients }) {
    this.name.style.setProperty('--layer', color);
    this.ratio.draw(ratio);
    this.activations.draw(activations);
    this.gradients.draw(gradients);
    if (this.isOutput) return; // what it returns is the answer
    setShare(this.dead, dead / units);
    setShare(this.saturated, saturated / units);
  }
}

/** A place on a logarithmic scale, and the number. */
class Ratio {
  constructor() {
    this.cell = create('td');
    const [low, high] = RATIOS;
    const [from, to] = USUAL;
    const svg = createSvg('svg', {
      viewBox: `${low} 0 ${high - low} 1`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    });
    this.mark = createSvg('path', { class: 'dnn-mark' });
    svg.append(
      createSvg('rect', { class: 'dnn-usual', x: from, width: to - from, height: 1 }),
      createSvg('path', { class: 'dnn-grid', d: `M${low} 0.5H${high}` }),
      this.mark,
    );
    this.text = create('span');
    this.cell.append(svg, this.text);
  }

  /** @param {number | null} ratio */
  draw(ratio) {
    const [low, high] = RATIOS;
    const exponent = Math.max(low, Math.min(high, Math.log10(ratio ?? 0)));
    this.mark.setAttribute('d', ratio === null ? '' : `M${exponent} 0V1`);
    setText(this.text, ratio === null ? '–' : numberText(ratio));
  }
}

/** A histogram, over the ends of its range. */
class Bars {
  constructor() {
    this.cell = create('td');
    this.svg = createSvg('svg', { preserveAspectRatio: 'none', role: 'img' });
    this.negative = createSvg('path', { class: 'dnn-negative' });
    this.positive = createSvg('path', { class: 'dnn-positive' });
    this.svg.append(this.negative, this.positive);
    this.ends = create('p', { ariaHidden: 'true' });
    this.low = create('span');
    this.high = create('span');
    this.ends.append(this.low, this.high);
    this.cell.append(this.svg, this.ends);
  }

  /** @param {Counts} histogram */
  draw({ counts, ends }) {
    const { negative, positive } = bars(counts, ends);
    this.svg.setAttribute('viewBox', `0 0 ${counts.length} 1`);
    this.negative.setAttribute('d', negative);
    this.positive.setAttribute('d', positive);
    const [low, high] = rangeText(ends);
    const [a, b] = rangeText([quantile(counts, ends, 0.25), quantile(counts, ends, 0.75)]);
    setText(this.low, low);
    setText(this.high, low === high ? '' : high);
    this.svg.setAttribute(
      'aria-label',
      tr('from {low} to {high}, half of them between {a} and {b}', { low, high, a, b }),
    );
  }
}

/**
 * @param {HTMLElement} cell
 * @param {number} share
 */
function setShare(cell, share) {
  setText(cell, `${Math.round(100 * share)} %`);
  cell.style.setProperty('--share', String(share));
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
