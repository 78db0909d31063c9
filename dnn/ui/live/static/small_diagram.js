// @ts-check
// A network small: a dot for every unit and a line for every strong weight, without names and numbers.

import { fit } from '../../../web/paint.js';
import { layerOf, offsetsOf } from './geometry.js';

/** @import { Colors, State } from '../contract.d.ts' */

const MARGIN = 8; // pixels
const STILL = 120; // milliseconds for which lines keep their look while it plays

export class SmallDiagram {
  /**
   * @param {number[]} sizes units of each layer, the inputs first
   * @param {Colors} colors
   */
  constructor(sizes, colors) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'dnn-small-diagram';
    this.canvas.setAttribute('aria-hidden', 'true'); // the table says which layers there are
    this.sizes = sizes;
    this.colors = colors;
    this.offsets = offsetsOf(sizes);
    this.drawnAt = 0;
  }

  // The next frame is drawn whatever its look.
  resize() {
    this.drawnAt = 0;
  }

  /**
   * @param {number} layer
   * @param {number} unit
   */
  place(layer, unit) {
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const { sizes } = this;
    const x = MARGIN + ((w - 2 * MARGIN) * layer) / Math.max(1, sizes.length - 1);
    const tallest = Math.max(...sizes);
    const step = (h - 2 * MARGIN) / Math.max(1, tallest);
    return { x, y: h / 2 + (unit - (sizes[layer] - 1) / 2) * step };
  }

  /**
   * @param {Uint32Array} edges places in the parameter vector
   * @param {Float32Array} weights
   * @param {State} state
   */
  draw(edges, weights, state) {
    const { canvas, colors, offsets, sizes } = this;
    const { clientWidth: w, clientHeight: h } = canvas;
    const now = performance.now();
    if (!w || !h || !sizes.length || (state === 'playing' && now - this.drawnAt < STILL)) return;
    this.drawnAt = now;
    const context = fit(canvas, w, h);
    context.clearRect(0, 0, w, h);
    edges.forEach((edge, k) => {
      const layer = layerOf(offsets, edge);
      const { start, out } = offsets[layer];
      const from = this.place(layer, Math.floor((edge - start) / out));
      const to = this.place(layer + 1, (edge - start) % out);
      const strength = Math.min(Math.abs(weights[k]), 4) / 4;
      context.strokeStyle = weights[k] < 0 ? colors.negative : colors.positive;
      context.globalAlpha = 0.2 + 0.8 * strength;
      context.lineWidth = 0.5 + 3 * strength;
      context.setLineDash(weights[k] < 0 ? [4, 2] : []);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    });
    context.globalAlpha = 1;
    context.setLineDash([]);
    const radius = Math.max(1.5, Math.min(4, (h - 2 * MARGIN) / Math.max(...sizes) / 3));
    context.fillStyle = colors.paper;
    context.strokeStyle = colors.ink;
    context.lineWidth = 1.25;
    sizes.forEach((units, layer) => {
      for (let unit = 0; unit < units; unit++) {
        const { x, y } = this.place(layer, unit);
        context.beginPath();
        context.arc(x, y, radius, 0, 7);
        context.fill();
        context.stroke();
      }
    });
  }
}
