// @ts-check
// The gradient norm of each layer against the epoch, on a logarithmic axis.

import { create } from './dom.js';
import { NormBars } from './health_bars.js';
import { apartFrom, linePath, logAxis, powerOfTen } from './health_scales.js';
import { tr } from './i18n.js';
import { numberText } from './names_of_units.js';
import { smoothed } from './smoothing.js';
import { createSvg } from './svg.js';

const LABELS = 4; // of the upright axis at most
const LEAST_HIGH = 7; // in letters
const APART = 0.92; // in letters, the labels at the right
const SPAN = { share: 0.02, least: 5 }; // epochs over which the bold lines are smoothed

export class NormChart {
  constructor() {
    this.box = create('div', { className: 'dnn-norms' });
    this.title = create('p', {
      textContent: tr('Gradient norm of each layer'),
      title: tr('Length of the gradient in the last update of each epoch. Faint: epoch by epoch; bold: smoothed.'),
    });
    this.svg = createSvg('svg', { role: 'img' });
    this.bars = new NormBars();
    this.box.append(this.bars.box, this.title, this.svg);
  }

  /**
   * @param {Float32Array} table (1 + layers, k): epoch, gradient norm of each layer
   * @param {number} layers
   * @param {(layer: number) => string} color of a layer, counted from 0
   */
  draw(table, layers, color) {
    this.svg.style.height = `${Math.max(LEAST_HIGH, APART * (layers - 1) + 1)}em`;
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!width) return;
    const count = table.length / (layers + 1);
    const [epochs, ...norms] = Array.from({ length: layers + 1 }, (_, k) =>
      Array.from(table.subarray(k * count, (k + 1) * count)),
    );
    const [first, last] = [epochs[0], epochs[count - 1]];
    const span = Math.max(SPAN.least, SPAN.share * (last - first));
    const exponents = norms.map((line) => line.map(Math.log10));
    const lines = exponents.map((line) => smoothed(epochs, line, span));
    const letter = Number.parseFloat(getComputedStyle(this.svg).fontSize);
    const place = { left: 2.6 * letter, right: width - 5.4 * letter, top: 0.6 * letter, bottom: height - 1.4 * letter };
    const { left, right, top, bottom } = place;
    // epochs in which hardly anything was left to learn would take the room: their faint lines end at the axis
    const { from, to, ticks } = logAxis([...lines.flat(), ...exponents.map((line) => Math.max(...line))], LABELS);
    const across = (/** @type {number} */ epoch) => left + ((epoch - first) / (last - first || 1)) * (right - left);
    const up = (/** @type {number} */ exponent) =>
      bottom - Math.max(0, (exponent - from) / (to - from)) * (bottom - top);
    const parts = [
      ...axes(
        ticks.map((tick) => ({ tick, y: up(tick) })),
        place,
        height,
        letter,
        [first, last],
      ),
    ];
    const now = lines.map((line) => line[count - 1]);
    const ends = now.map((exponent) => up(Number.isFinite(exponent) ? exponent : from));
    const labels = apartFrom(ends, APART * letter, 0.5 * letter, height - 0.5 * letter);
    lines.forEach((line, k) => {
      const raw = createSvg('path', { class: 'dnn-line dnn-raw', d: linePath(epochs, exponents[k], across, up) });
      const path = createSvg('path', { class: 'dnn-line', d: linePath(epochs, line, across, up) });
      const lead = createSvg('path', { class: 'dnn-lead', d: `M${right} ${ends[k]}L${right + letter} ${labels[k]}` });
      for (const part of [raw, path, lead]) part.style.color = color(k);
      const at = { x: right + 1.2 * letter, y: labels[k], dy: '0.35em' };
      parts.push(raw, path, lead, createSvg('text', at, `${k + 1}: ${numberText(10 ** now[k])}`));
    });
    this.svg.replaceChildren(...parts);
    this.svg.setAttribute('aria-label', describe(first, last, lines));
    this.bars.draw(now, { from, to, ticks }, color);
  }
}

/**
 * @param {{ tick: number, y: number }[]} ticks
 * @param {{ left: number, right: number }} place
 * @param {number} height
 * @param {number} letter size in pixels
 * @param {[number, number]} epochs first and last
 */
function* axes(ticks, { left, right }, height, letter, [first, last]) {
  for (const { tick, y } of ticks) {
    yield createSvg('path', { class: 'dnn-grid', d: `M${left} ${y}H${right}` });
    yield createSvg('text', { x: left - 4, y, 'text-anchor': 'end', dy: '0.35em' }, powerOfTen(tick));
  }
  const y = height - 0.2 * letter;
  yield createSvg('text', { x: left, y }, String(first));
  yield createSvg('text', { x: (left + right) / 2, y, 'text-anchor': 'middle' }, tr('epoch'));
  yield createSvg('text', { x: right, y, 'text-anchor': 'end' }, String(last));
}

/**
 * @param {number} first epoch
 * @param {number} last
 * @param {number[][]} lines exponents
 */
function describe(first, last, lines) {
  const words = lines.map((line, k) => {
    const [from, to] = [line[0], line[line.length - 1]].map((exponent) => numberText(10 ** exponent));
    return tr('Layer {layer}: {from} at first, {to} now.', { layer: k + 1, from, to });
  });
  return [tr('Gradient norm against epoch, from {first} to {last}.', { first, last }), ...words].join(' ');
}
