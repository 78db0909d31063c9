// @ts-check
// The words in the diagram: over the layers, at the inputs, and the legend.

import { fitting } from '../../../web/names.js';
import { tr } from './i18n.js';

/** @import { Scene } from '../contract.d.ts' */
/** @import { Plan } from './layout.js' */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {[number, number]} Span from and to, in pixels */

const BETWEEN = '   ·   '; // the parts of the legend
const NAME_HIGH = 18; // pixels of an input's name with the space around it

export class Captions {
  /**
   * @param {Scene} scene
   * @param {Plan} plan
   * @param {string} family of the letters
   */
  constructor(scene, plan, family) {
    this.scene = scene;
    this.plan = plan;
    this.family = family;
    const { sizes } = scene;
    this.total = sizes.slice(0, -1).reduce((sum, n, l) => sum + n * sizes[l + 1], 0);
    /** @type {{ weight: Span, bias: Span }} where the legend explains them */
    this.legend = { weight: [0, 0], bias: [0, 0] };
  }

  /**
   * @param {Context} context
   * @param {number} edges how many are drawn
   * @param {number} height
   * @param {string} [largest] gradient, where edges show it
   */
  draw(context, edges, height, largest = '') {
    const { scene, family } = this;
    const { tight, scale } = this.plan;
    context.fillStyle = scene.colors.muted;
    context.font = `${(tight ? 11 : 13) * scale}px ${family}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    this.layers(context);
    this.names(context);
    context.textAlign = 'left';
    context.font = `${12 * scale}px ${family}`;
    const some = { shown: edges, all: this.total };
    const more = edges < this.total ? [tr('strongest {shown} of {all} weights', some)] : [];
    const shown = largest ? tr('gradient, the widest {largest}', { largest }) : tr('weight');
    this.explain(context, 10, height - 12 * scale, [shown, tr('dot: bias'), ...more]);
  }

  /** @param {Context} context */
  layers(context) {
    const { layers, tight, head, pitch, scale } = this.plan;
    const first = tight ? tr('in') : tr('inputs');
    const answer = tight ? tr('out') : tr('output');
    layers.forEach((units, l) => {
      const hidden = tight ? `${units.length}` : `${units.length} ${this.scene.hidden}`;
      const text = l === 0 ? first : l === layers.length - 1 ? answer : hidden;
      context.fillText(text, units[0].x, head + 10 * scale, pitch - 6);
    });
  }

  /**
   * The inputs' names under their boxes, or beside them where there is no room.
   *
   * @param {Context} context
   */
  names(context) {
    const { layers, box, pitch, bottom, scale } = this.plan;
    const [units] = layers;
    const high = NAME_HIGH * scale;
    const apart = units.length > 1 ? units[1].y - units[0].y - box : bottom - units[0].y - box / 2;
    const under = apart >= high && units[units.length - 1].y + box / 2 + high <= bottom;
    const room = under ? pitch - 6 : (pitch - box) / 2 - 6;
    if (box < 14 || room < 20) return;
    if (!under) context.textAlign = 'right';
    units.forEach(({ x, y }, k) => {
      const name = fitting(context, this.scene.inputs[k], room);
      if (under) context.fillText(name, x, y + box / 2 + 11 * scale);
      else context.fillText(name, x - box / 2 - 4, y);
    });
    context.textAlign = 'center';
  }

  /**
   * What colours, dashes and dots mean.
   *
   * @param {Context} context
   * @param {number} left
   * @param {number} y
   * @param {string[]} parts what lines and dots show, and more, as far as there is room
   */
  explain(context, left, y, parts) {
    const { negative, positive } = this.scene.colors;
    const next = this.sample(context, left, y, negative, [6, 3], tr('negative'));
    const x = this.sample(context, next, y, positive, [], tr('positive')) - 4;
    /** @param {string} text */
    const wide = (text) => context.measureText(text).width;
    const room = context.canvas.width / context.getTransform().a - x;
    while (parts.length > 1 && wide(parts.join(BETWEEN)) > room) parts.pop();
    const [weight, bias = ''] = parts;
    context.fillText(parts.join(BETWEEN), x, y + 1);
    this.legend = {
      weight: [x, x + wide(weight)],
      bias: [x + wide(weight + BETWEEN), x + wide(weight + BETWEEN + bias)],
    };
  }

  /**
   * A line and a word beside it; returns where the next may begin.
   *
   * @param {Context} context
   * @param {number} x
   * @param {number} y
   * @param {string} color
   * @param {number[]} dash
   * @param {string} word
   */
  sample(context, x, y, color, dash, word) {
    context.strokeStyle = color;
    context.lineWidth = 2.5;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 22, y);
    context.stroke();
    context.setLineDash([]);
    context.fillText(word, x + 28, y + 1);
    return x + 38 + context.measureText(word).width;
  }
}
