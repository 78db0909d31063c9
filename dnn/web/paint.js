// @ts-check
// Painting on canvas: fields of numbers through a colour ramp, and the line where a field crosses the threshold.

/** @typedef {[number, number, number]} Color red, green and blue from 0 to 255 */
/** @typedef {ArrayLike<number>} Values */

/** @param {Color} color */
const pixel = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** @param {Color[]} ramp */
export function palette(ramp) {
  return Uint32Array.from(ramp, pixel);
}

/**
 * "#rrggbb" as three numbers.
 *
 * @param {string} color
 * @returns {Color}
 */
export function channels(color) {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [r, g, b];
}

/**
 * The context of a canvas. Every browser has one, unless it ran out of memory.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
}

// A canvas as large as its values, row by row from the top. `count` squares stand under one another.
export class Field {
  /**
   * @param {number} side
   * @param {number} [count]
   */
  constructor(side, count = 1) {
    this.side = side;
    this.canvas = document.createElement('canvas');
    this.canvas.width = side;
    this.canvas.height = side * count;
    this.context = contextOf(this.canvas);
    this.image = this.context.createImageData(side, side * count);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /**
   * `shift` brings values of more than eight bits down to the 256 colours
   *
   * @param {Values} values
   * @param {Values} colors
   * @param {number} [shift]
   */
  paint(values, colors, shift = 0) {
    const { pixels } = this;
    for (let i = 0; i < pixels.length; i++) pixels[i] = colors[values[i] >> shift];
    this.context.putImageData(this.image, 0, 0);
  }

  /**
   * `values` holds one square for each of `colors`: every pixel is their mixture, or the colour of the largest alone.
   *
   * @param {Values} values
   * @param {Color[]} colors
   * @param {boolean} [hard]
   */
  mix(values, colors, hard = false) {
    const { pixels } = this;
    const size = pixels.length;
    const count = colors.length;
    const solid = palette(colors);
    for (let i = 0; i < size; i++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let total = 0;
      let best = 0;
      for (let k = 0; k < count; k++) {
        const share = values[k * size + i];
        if (share > values[best * size + i]) best = k;
        r += share * colors[k][0];
        g += share * colors[k][1];
        b += share * colors[k][2];
        total += share;
      }
      const mixed = (255 << 24) | ((b / total) << 16) | ((g / total) << 8) | (r / total); // `pixel` without a list
      pixels[i] = hard || !total ? solid[best] : mixed >>> 0;
    }
    this.context.putImageData(this.image, 0, 0);
  }
}

/**
 * By how much square `k` of several leads the best of the others, to be crossed at 0.
 *
 * @param {Values} values
 * @param {number} size
 * @param {number} count
 * @param {number} k
 * @param {Float32Array} out
 */
export function lead(values, size, count, k, out) {
  for (let i = 0; i < size; i++) {
    let other = -1;
    for (let j = 0; j < count; j++) if (j !== k && values[j * size + i] > other) other = values[j * size + i];
    out[i] = values[k * size + i] - other;
  }
  return out;
}

/**
 * Pieces of the line where `values` (side × side) cross `level`, by marching squares, in cells from the top left.
 *
 * @param {Values} values
 * @param {number} side
 * @param {number} level
 * @param {(x0: number, y0: number, x1: number, y1: number) => void} emit
 */
export function crossings(values, side, level, emit) {
  for (let row = 0; row < side - 1; row++) {
    for (let col = 0; col < side - 1; col++) {
      const i = row * side + col;
      const a = values[i] - level;
      const b = values[i + 1] - level;
      const c = values[i + side + 1] - level;
      const d = values[i + side] - level;
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const points = [];
      if (a > 0 !== b > 0) points.push(col + a / (a - b), row);
      if (b > 0 !== c > 0) points.push(col + 1, row + b / (b - c));
      if (d > 0 !== c > 0) points.push(col + d / (d - c), row + 1);
      if (a > 0 !== d > 0) points.push(col, row + a / (a - d));
      for (let p = 0; p + 3 < points.length; p += 4) emit(points[p], points[p + 1], points[p + 2], points[p + 3]);
    }
  }
}

/**
 * Give a canvas as many pixels as it covers on the screen; the context then draws in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function fit(canvas, width, height, ratio = window.devicePixelRatio || 1) {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
