// @ts-check
// A landscape by keyboard: along the path, point by point, and around the surface.

import { tr } from './i18n.js';

/** @import { LandscapeScene } from '../landscape_contract.d.ts' */
/** @typedef {{ x: number, y: number, z: number }} Eye of a camera */

const TURN = Math.PI / 18; // of the surface with each key
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The point of a path that a key leads to; null where it leads to none.
 *
 * @param {string} key
 * @param {number | null} at
 * @param {number} count of points
 */
export function nextPoint(key, at, count) {
  if (!count) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (!(key in STEPS)) return null;
  if (at === null) return count - 1; // where the network is now
  return Math.max(0, Math.min(count - 1, at + STEPS[key]));
}

/**
 * What is to be known of a point of the path.
 *
 * @param {LandscapeScene['path'][number]} point
 */
export function pointText([epoch, cost, distance]) {
  return tr('Epoch {epoch}: true cost {cost}, {distance} away from the plane', { epoch, cost: cost ?? '–', distance });
}

/**
 * The camera after a turn around the upright axis, to the left or to the right.
 *
 * @param {Eye} eye
 * @param {number} steps
 * @returns {Eye}
 */
export function turned({ x, y, z }, steps) {
  const [cos, sin] = [Math.cos(steps * TURN), Math.sin(steps * TURN)];
  return { x: x * cos - y * sin, y: x * sin + y * cos, z };
}

export class LandscapeKeys {
  /**
   * @param {HTMLElement} chart
   * @param {HTMLElement} output
   */
  constructor(chart, output) {
    this.chart = chart;
    this.output = output;
    /** @type {LandscapeScene | null} */
    this.scene = null;
    /** @type {number | null} the point of the path that is looked at, counted from the present one: 0, -1, … */
    this.back = null;
    chart.addEventListener('keydown', (event) => this.key(event));
    chart.addEventListener('blur', () => this.leave());
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { scene } = this;
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key in STEPS && scene.view.form === 'surface') {
      const { scene: space } = /** @type {PlotlyElement} */ (this.chart).layout;
      Plotly.relayout(this.chart, { 'scene.camera.eye': turned(space.camera.eye, STEPS[event.key]) });
    } else {
      const count = scene.path.length;
      const at = nextPoint(event.key, this.back === null ? null : this.back + count - 1, count);
      if (at === null) return;
      this.back = at - count + 1;
      this.show();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {LandscapeScene} scene that has been drawn */
  draw(scene) {
    this.scene = scene;
    if (this.back !== null) this.show();
  }

  show() {
    const { scene, back, chart } = this;
    if (!scene || back === null) return;
    const at = Math.max(0, back + scene.path.length - 1);
    this.output.textContent = pointText(scene.path[at]);
    this.output.hidden = false;
    if (scene.view.form === 'contours') Plotly.Fx.hover(chart, [{ curveNumber: 1, pointNumber: at }]);
  }

  leave() {
    this.back = null;
    this.output.hidden = true;
    if (this.scene?.view.form === 'contours') Plotly.Fx.unhover(this.chart);
  }
}
