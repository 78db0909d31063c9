// @ts-check
// The pixels of a trainability map, each as fine as it is known: coarse ones are covered by finer ones as they come.

/** @import { MapFrame, MapScene } from '../map_contract.d.ts' */

export const FINEST = 512; // pixels on a side
const BORDER = 128; // shades below it converged, those above it diverged; half way quickly becomes slowly

/**
 * @typedef {object} Cell one network of the picture
 * @property {number} side pixels on a side of the level that it is of
 * @property {number} column
 * @property {number} row from below
 * @property {number} shade
 */

/**
 * @typedef {object} Part of a picture, in shares of its width and height
 * @property {number} left
 * @property {number} right
 * @property {number} bottom
 * @property {number} top
 */

export class MapPicture {
  constructor() {
    this.window = -1;
    this.palette = new Uint32Array(256);
    this.colors = new Uint32Array(FINEST * FINEST); // row by row from above, as screens have it
    this.shades = new Uint8Array(FINEST * FINEST);
    this.sides = new Uint16Array(FINEST * FINEST); // of the level that each is of; 0: not known
  }

  /**
   * Take in a frame.
   *
   * @param {MapFrame} frame
   */
  load({ header, scene, palette, pixels, places, shades }) {
    if (scene && palette && pixels) this.stage(scene, palette, pixels);
    if (!places || !shades) return;
    for (let k = 0; k < places.length; k++) this.fill(header.side, places[k], shades[k]);
  }

  /**
   * A level that is complete. Of another window there may be none yet: what was on screen stays until then.
   *
   * @param {MapScene} scene
   * @param {Uint8Array} palette
   * @param {Uint8Array} pixels
   */
  stage({ window, side }, palette, pixels) {
    if (window !== this.window) this.sides.fill(0);
    this.window = window;
    for (let k = 0; k < 256; k++) {
      const [red, green, blue] = palette.subarray(3 * k, 3 * k + 3);
      this.palette[k] = (255 << 24) | (blue << 16) | (green << 8) | red;
    }
    for (let place = 0; place < side * side; place++) this.fill(side, place, pixels[place]);
  }

  /**
   * @param {number} side of the level
   * @param {number} place row · side + column
   * @param {number} shade
   */
  fill(side, place, shade) {
    const step = FINEST / side;
    const left = (place % side) * step;
    const above = FINEST - (Math.floor(place / side) + 1) * step;
    for (let y = above; y < above + step; y++) {
      const from = y * FINEST + left;
      this.colors.fill(this.palette[shade], from, from + step);
      this.shades.fill(shade, from, from + step);
      this.sides.fill(side, from, from + step);
    }
  }

  /**
   * The network that is drawn at a place, in shares from the lower left corner; null where none is known.
   *
   * @param {number} x
   * @param {number} y
   * @returns {Cell | null}
   */
  cell(x, y) {
    const at = (/** @type {number} */ share, /** @type {number} */ side) =>
      Math.max(0, Math.min(side - 1, Math.floor(share * side)));
    const place = (FINEST - 1 - at(y, FINEST)) * FINEST + at(x, FINEST);
    const side = this.sides[place];
    return side ? { side, column: at(x, side), row: at(y, side), shade: this.shades[place] } : null;
  }

  /**
   * Show a part of the picture large, until the one that is asked for comes.
   *
   * @param {Part} part
   */
  stretch({ left, right, bottom, top }) {
    const before = this.colors.slice();
    for (let y = 0; y < FINEST; y++) {
      const from = Math.floor(FINEST * (1 - top) + y * (top - bottom));
      for (let x = 0; x < FINEST; x++) {
        this.colors[y * FINEST + x] = before[from * FINEST + Math.floor(FINEST * left + x * (right - left))];
      }
    }
    this.sides.fill(0);
  }
}

/**
 * The square that a drag from one place to another marks, inside the picture: {left, right, bottom, top} in shares.
 *
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {Part}
 */
export function square([x0, y0], [x1, y1]) {
  const right = x1 > x0;
  const up = y1 > y0;
  const size = Math.min(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)), right ? 1 - x0 : x0, up ? 1 - y0 : y0);
  const left = right ? x0 : x0 - size;
  const bottom = up ? y0 : y0 - size;
  return { left, right: left + size, bottom, top: bottom + size };
}

/**
 * The number at a share of an axis with equal ratios, as dnn/sweeps/trainability.py has it.
 *
 * @param {[number, number]} ends
 * @param {number} share
 */
export function at([low, high], share) {
  return low + low * Math.expm1(share * Math.log1p((high - low) / low));
}

/**
 * The same in as many digits as tell neighbours apart.
 *
 * @param {[number, number]} ends
 * @param {number} share
 */
export function written(ends, share) {
  const apart = Math.ceil(-Math.log10((ends[1] - ends[0]) / ends[1])) + 3;
  return String(Number(at(ends, share).toPrecision(Math.max(3, Math.min(17, apart)))));
}

/**
 * What a shade means: 0 converged quickly, 1 slowly, 2 diverged slowly, 3 quickly.
 *
 * @param {number} shade
 */
export function outcome(shade) {
  return Math.floor(shade / (BORDER / 2));
}
