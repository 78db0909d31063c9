// @ts-check
// The network's answers as a surface over the plane: the height is the probability, or for regression the number.

import { CONFIG, fill, room } from './charts.js';
import { tr } from './i18n.js';

/** @import { Scene, State } from '../contract.d.ts' */

const MOST = 34; // points on a side
const OFTEN = 250; // milliseconds between two drawings at least: it is slow without graphics hardware

/**
 * From so far that axis titles are within the picture: the narrower it is, the further.
 *
 * @param {HTMLElement} box
 */
const camera = ({ clientWidth, clientHeight }) => {
  const far = Math.max(1, (1.4 * clientHeight) / clientWidth);
  return { eye: { x: -1.55 * far, y: -1.9 * far, z: 1.05 * far }, center: { x: 0, y: 0, z: -0.12 } };
};

export class Surface {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {ArrayLike<number> | null} the field that is drawn */
    this.drawn = null;
    this.drawnAt = Number.NEGATIVE_INFINITY;
    this.took = 0;
  }

  get hidden() {
    return this.box.hidden;
  }

  /** @param {boolean} on */
  show(on) {
    this.box.hidden = !on;
    this.drawn = null;
  }

  /**
   * @param {Scene} scene
   * @param {ArrayLike<number>} field
   * @param {number} side
   * @param {State} state
   */
  draw(scene, field, side, state) {
    if (this.hidden || scene.task === 'multiclass') return;
    const now = performance.now();
    const soon = state === 'playing' && now - this.drawnAt < Math.max(OFTEN, 5 * this.took);
    if (this.drawn === field || soon) return;
    const step = Math.ceil(side / MOST);
    const places = Array.from({ length: Math.ceil(side / step) }, (_, k) => Math.min(k * step, side - 1));
    const [from, to] = scene.heights ?? [0, 1];
    const z = places.map((row) => places.map((col) => from + ((to - from) * field[row * side + col]) / 65535));
    if (this.scene === scene) Plotly.restyle(this.box, { z: [z] });
    else this.stage(scene, z, places, side);
    this.drawn = field;
    this.drawnAt = performance.now();
    this.took = this.drawnAt - now;
  }

  /**
   * @param {Scene} scene
   * @param {number[][]} z
   * @param {number[]} places of rows and columns in the field
   * @param {number} side
   */
  stage(scene, z, places, side) {
    this.scene = scene;
    const { ramp, colors, plane, names, heights } = scene;
    const [left, right, low, high] = scene.bounds;
    const [from, to] = heights ?? [0, 1];
    const x = places.map((k) => left + ((right - left) * k) / (side - 1));
    const y = places.map((k) => high - ((high - low) * k) / (side - 1));
    const colorscale = [0, 128, 255].map((k) => [k / 255, `rgb(${ramp[k].join(',')})`]);
    /**
     * No entities here: a sign without width keeps a name's "<b>" from being markup.
     *
     * @param {string} text
     * @param {object} [more]
     */
    const axis = (text, more) => {
      const title = { text: text.replaceAll('<', '<\u200b'), font: { size: 12 } };
      return { title, color: colors.muted, gridcolor: colors.grid, nticks: 6, ...more };
    };
    const layout = {
      ...room(this.box),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: colors.paper,
      font: { color: colors.ink },
      scene: {
        xaxis: axis(plane.axes[0]),
        yaxis: axis(plane.axes[1]),
        zaxis: axis(heights ? tr('prediction') : `P(${names[1]})`, { range: [from, to] }),
        aspectmode: 'manual',
        aspectratio: { x: 1, y: 1, z: 0.8 },
        camera: camera(this.box),
      },
      uirevision: 'surface',
    };
    const look = { colorscale, showscale: false, hoverinfo: 'x+y+z' };
    Plotly.react(this.box, [{ type: 'surface', x, y, z, cmin: from, cmax: to, ...look }], layout, CONFIG);
  }

  resize() {
    if (!this.hidden && this.scene) fill(this.box);
  }

  close() {
    if (this.scene) Plotly.purge(this.box);
  }
}
