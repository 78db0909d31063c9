// @ts-check
// The map: layers as columns of dots. Where the step is, dots or lines are dark; what a cell is about is filled.

/** @import { NetworkMap } from '../../inside/matrices.d.ts' */

const SVG = 'http://www.w3.org/2000/svg';
const MOST = 9; // dots of a layer
const HEIGHT = 140; // pixels, without the words under the layers

/**
 * @template {'svg' | 'circle' | 'line' | 'text'} Tag
 * @param {Tag} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function draw(name, attributes, text = '') {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

export class NetworkMapView {
  constructor() {
    this.root = draw('svg', { role: 'img' });
    /** @type {SVGElement[][]} by layer and unit */
    this.dots = [];
    /** @type {SVGElement[][][]} by layer before, unit and unit before */
    this.lines = [];
  }

  /** @param {NetworkMap} map */
  show(map) {
    this.draw(map);
    if (this.root.clientWidth) return;
    // it is not on the page yet
    const observer = new ResizeObserver(() => {
      if (!this.root.clientWidth) return;
      this.draw(map);
      observer.disconnect();
    });
    observer.observe(this.root);
  }

  /** @param {NetworkMap} map */
  draw({ sizes, layer, part, label, names }) {
    const width = this.root.clientWidth || 800;
    this.root.setAttribute('viewBox', `0 0 ${width} ${HEIGHT + 18}`);
    this.root.setAttribute('aria-label', label);
    const shown = sizes.map((size) => Math.min(size, MOST));
    /** @param {number} place */
    const across = (place) => (width * (place + 0.5)) / sizes.length;
    /**
     * @param {number} place
     * @param {number} unit
     */
    const down = (place, unit) => (HEIGHT * (unit + 0.5)) / shown[place];
    /** @param {number} length */
    const places = (length) => Array.from({ length }, (_, k) => k);
    this.dots = shown.map((count, l) => {
      const look = { r: Math.min(7, HEIGHT / count / 2 - 1.5), class: part === 'units' && l === layer ? 'here' : '' };
      return places(count).map((unit) => draw('circle', { cx: across(l), cy: down(l, unit), ...look }));
    });
    this.lines = shown.slice(1).map((count, l) => {
      const look = { class: part === 'weights' && l + 1 === layer ? 'here' : '' };
      const [x1, x2] = [across(l), across(l + 1)];
      return places(count).map((unit) =>
        places(shown[l]).map((from) => draw('line', { x1, y1: down(l, from), x2, y2: down(l + 1, unit), ...look })),
      );
    });
    const words = sizes.map((size, l) => {
      return draw('text', { x: across(l), y: HEIGHT + 13 }, names[l] + (size > MOST ? ` (${size})` : ''));
    });
    this.root.replaceChildren(...this.lines.flat(2), ...this.dots.flat(), ...words);
  }

  /**
   * Fill what cell (i, j) of the result is about.
   *
   * @param {NetworkMap} map
   * @param {number} i
   * @param {number} j
   */
  light({ layer, part, axes }, i, j) {
    const at = { '': undefined, row: i, column: j };
    const unit = at[axes.unit];
    const from = at[axes.from];
    if (unit !== undefined) this.dots[layer]?.[unit]?.classList.add('lit');
    else if (from !== undefined) this.dots[layer - 1]?.[from]?.classList.add('lit');
    if (part !== 'weights' || (unit === undefined && from === undefined)) return;
    this.lines[layer - 1]?.forEach((lines, to) => {
      lines.forEach((line, start) => {
        const mine = (unit === undefined || unit === to) && (from === undefined || from === start);
        if (mine) line.classList.add('lit');
      });
    });
  }
}
