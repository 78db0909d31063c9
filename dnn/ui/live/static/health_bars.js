// @ts-check
// The gradient norm of each layer as it is now, a bar for each layer: how little comes back to the first ones.

import { create } from './dom.js';
import { powerOfTen } from './health_scales.js';
import { tr } from './i18n.js';
import { numberText } from './names_of_units.js';
import { createSvg } from './svg.js';

/** @typedef {{ from: number, to: number, ticks: number[] }} LogAxis */

const DEEP = 4; // layers from which on the bars are drawn: fewer are compared at a glance in the lines
const HEIGHT = 7.5; // in letters
const WIDEST = 2.4; // in letters, of a bar

/** The height of each bar as a share of the axis. @param {number[]} exponents @param {LogAxis} axis */
export const barHeights = (exponents, { from, to }) =>
  exponents.map((exponent) =>
    Number.isFinite(exponent) ? Math.max(0, Math.min(1, (exponent - from) / (to - from))) : 0,
  );

export class NormBars {
  constructor() {
    this.box = create('div', { className: 'dnn-norm-bars' });
    this.title = create('p', { textContent: tr('Gradient norm of each layer now') });
    this.svg = createSvg('svg', { role: 'img' });
    this.svg.style.height = `${HEIGHT}em`;
    this.box.append(this.title, this.svg);
  }

  /**
   * @param {number[]} exponents the norms' powers of ten, by layer
   * @param {LogAxis} axis
   * @param {(layer: number) => string} color of a layer, counted from 0
   */
  draw(exponents, axis, color) {
    this.box.hidden = exponents.length < DEEP;
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (this.box.hidden || !width) return;
    const letter = Number.parseFloat(getComputedStyle(this.svg).fontSize);
    const [left, top, bottom] = [2.6 * letter, 0.6 * letter, height - 1.4 * letter];
    const room = (width - left - letter) / exponents.length;
    const wide = Math.min(WIDEST * letter, 0.7 * room);
    const parts = axis.ticks.flatMap((tick) => {
      const y = bottom - ((tick - axis.from) / (axis.to - axis.from)) * (bottom - top);
      return [
        createSvg('path', { class: 'dnn-grid', d: `M${left} ${y}H${width - letter}` }),
        createSvg('text', { x: left - 4, y, 'text-anchor': 'end', dy: '0.35em' }, powerOfTen(tick)),
      ];
    });
    for (const [k, share] of barHeights(exponents, axis).entries()) {
      const [x, high] = [left + (k + 0.5) * room, share * (bottom - top)];
      const bar = createSvg('rect', { x: x - wide / 2, y: bottom - high, width: wide, height: high });
      bar.style.fill = color(k);
      parts.push(bar, createSvg('text', { x, y: height - 0.2 * letter, 'text-anchor': 'middle' }, String(k + 1)));
    }
    this.svg.replaceChildren(...parts);
    const words = exponents.map((exponent, k) => {
      return tr('Layer {layer}: {norm}.', { layer: k + 1, norm: numberText(10 ** exponent) });
    });
    this.svg.setAttribute('aria-label', `${this.title.textContent}. ${words.join(' ')}`);
  }
}
