// @ts-check
// The shapes of a drawing, and a pair of axes to place them on. All places are in a picture of WIDTH by HEIGHT.

/** @import { Shape } from './contract.d.ts' */

/** @typedef {Record<string, string | number>} Attributes */
/** @typedef {{ part?: string, drag?: string, class?: string, 'text-anchor'?: string }} More */
/** @typedef {{ low: number, high: number, ticks: number[], name: string, write?: (value: number) => string, log?: boolean }} Axis */

export const [WIDTH, HEIGHT] = [400, 270];
const EDGE = { left: 44, right: 10, top: 12, bottom: 34 };

/** @param {number} value with two decimals, and a minus as it is printed */
export const two = (value) => plain(value.toFixed(2));

/** @param {number} value with three digits: 0.0000153, 0.693, 19100 */
export function three(value) {
  if (value === 0 || !Number.isFinite(value)) return plain(String(value));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return digits > 12 ? plain(value.toExponential(1)) : plain(value.toFixed(Math.min(digits, 12)));
}

/** @param {string} text */
const plain = (text) => text.replace(/^-(?=[0.]*$)/, '').replace('-', '−');

/**
 * @param {Shape['tag']} tag
 * @param {Attributes} attributes
 * @param {More} more
 * @returns {Shape}
 */
function shape(tag, attributes, { part, drag, ...rest }, text = '') {
  return { tag, attributes: { ...attributes, ...rest }, text, part, drag };
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {More} [more]
 */
export const line = (x1, y1, x2, y2, more = {}) => shape('line', { x1, y1, x2, y2 }, more);

/**
 * @param {number} cx
 * @param {number} cy
 * @param {number} r
 * @param {More} [more]
 */
export const circle = (cx, cy, r, more = {}) => shape('circle', { cx, cy, r }, more);

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {More} [more]
 */
export const rect = (x, y, width, height, more = {}) => shape('rect', { x, y, width, height }, more);

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {More} [more]
 */
export const label = (x, y, text, more = {}) => shape('text', { x, y }, more, text);

/**
 * @param {[number, number][]} places
 * @param {More} [more]
 */
export function path(places, more = {}) {
  const d = places.map(([x, y], k) => `${k ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  return shape('path', { d }, more);
}

/** @param {number} low @param {number} high @param {number} count of numbers from low to high */
export const between = (low, high, count) =>
  Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

/** Two axes: where a number is in the picture, and which number is at a place. */
export class Axes {
  /** @param {Axis} x @param {Axis} y */
  constructor(x, y) {
    this.left = EDGE.left;
    this.right = WIDTH - EDGE.right;
    this.top = EDGE.top;
    this.bottom = HEIGHT - EDGE.bottom;
    this.across = x;
    this.up = y;
  }

  /** @param {number} value */
  x(value) {
    return this.left + share(this.across, value) * (this.right - this.left);
  }

  /** @param {number} value */
  y(value) {
    return this.bottom - share(this.up, value) * (this.bottom - this.top);
  }

  /** @param {{ x: number, y: number }} at a place of the picture */
  at({ x, y }) {
    const across = (x - this.left) / (this.right - this.left);
    const up = (this.bottom - y) / (this.bottom - this.top);
    return { x: valueAt(this.across, across), y: valueAt(this.up, up) };
  }

  /** The curve of a function over the whole axis. @param {(x: number) => number} f @param {More} more */
  curve(f, more = {}, count = 121) {
    const { low, high } = this.across;
    return path(
      between(low, high, count).map((x) => [this.x(x), Math.max(this.top - 4, this.y(f(x)))]),
      more,
    );
  }

  shapes() {
    const { left, right, top, bottom, across, up } = this;
    return [
      ...up.ticks.flatMap((tick) => [
        line(left, this.y(tick), right, this.y(tick), { class: 'grid' }),
        label(left - 6, this.y(tick) + 4, (up.write ?? String)(tick), { class: 'tick', 'text-anchor': 'end' }),
      ]),
      ...across.ticks.map((tick) =>
        label(this.x(tick), bottom + 15, (across.write ?? String)(tick), { class: 'tick', 'text-anchor': 'middle' }),
      ),
      line(left, bottom, right, bottom, { class: 'axis' }),
      label(right, HEIGHT - 4, across.name, { class: 'name', 'text-anchor': 'end' }),
      label(left + 5, top + 10, up.name, { class: 'name' }),
    ];
  }
}

/** @param {Axis} axis @param {number} value */
function share({ low, high, log }, value) {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** @param {Axis} axis @param {number} share */
function valueAt({ low, high, log }, share) {
  return log ? low * (high / low) ** share : low + share * (high - low);
}
