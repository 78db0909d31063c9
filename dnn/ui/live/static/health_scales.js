// @ts-check
// Numbers of the health charts as places and words: logarithmic axes, paths, histograms.

import { numberText } from './names_of_units.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Ten to this power: 10⁻³.
 *
 * @param {number} exponent
 */
export function powerOfTen(exponent) {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/**
 * The powers of ten that a logarithmic axis reaches to, at least one apart, and those of them that are labelled.
 *
 * @param {Iterable<number>} exponents of the values; those that are not finite are left out
 * @param {number} most labels
 */
export function logAxis(exponents, most) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const exponent of exponents) {
    if (!Number.isFinite(exponent)) continue;
    if (exponent < low) low = exponent;
    if (exponent > high) high = exponent;
  }
  if (low > high) [low, high] = [-1, 0];
  const from = Math.floor(low);
  const to = Math.max(Math.ceil(high), from + 1);
  const step = Math.ceil((to - from) / (most - 1));
  const ticks = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);
  return { from, to, ticks };
}

/**
 * A line through points; it breaks where one is not finite.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {(x: number) => number} across in pixels
 * @param {(y: number) => number} up
 */
export function linePath(xs, ys, across, up) {
  let path = '';
  let pen = 'M';
  for (let k = 0; k < xs.length; k++) {
    if (Number.isFinite(ys[k])) {
      path += `${pen}${across(xs[k]).toFixed(1)} ${up(ys[k]).toFixed(1)}`;
      pen = 'L';
    } else pen = 'M';
  }
  return path;
}

/**
 * Places near the given ones, in the same order, none closer to another than `apart` and all between `low` and `high` as
 * far as there is room.
 *
 * @param {number[]} places
 * @param {number} apart
 * @param {number} low
 * @param {number} high
 */
export function apartFrom(places, apart, low, high) {
  const order = places.map((_, k) => k).sort((a, b) => places[a] - places[b] || a - b);
  const result = [...places];
  let least = low;
  for (const k of order) {
    result[k] = Math.max(places[k], least);
    least = result[k] + apart;
  }
  let most = high;
  for (const k of order.reverse()) {
    result[k] = Math.min(result[k], most);
    most = result[k] - apart;
  }
  return result;
}

/**
 * The bars of a histogram in a box as wide as it has bins and of height 1: those below 0, and the others.
 *
 * @param {ArrayLike<number>} counts
 * @param {[number, number]} ends
 */
export function bars(counts, [low, high]) {
  const bins = counts.length;
  const most = Math.max(1, ...Array.from(counts));
  let [negative, positive] = ['', ''];
  for (let k = 0; k < bins; k++) {
    if (!counts[k]) continue;
    const bar = `M${k} 1V${(1 - counts[k] / most).toFixed(3)}h1V1z`;
    if (low + ((k + 0.5) / bins) * (high - low) < 0) negative += bar;
    else positive += bar;
  }
  return { negative, positive };
}

/**
 * Both ends of a range in words, with as many digits as tell them apart, but four at most.
 *
 * @param {[number, number]} ends
 */
export function rangeText([low, high]) {
  const short = [low, high].map(numberText);
  for (let digits = 3; short[0] === short[1] && low !== high && digits <= 4; digits++) {
    [short[0], short[1]] = [low, high].map((end) => end.toPrecision(digits).replaceAll('-', '−'));
  }
  return short;
}

/**
 * The number below which this share of a histogram's counts is.
 *
 * @param {ArrayLike<number>} counts
 * @param {[number, number]} ends
 * @param {number} share
 */
export function quantile(counts, [low, high], share) {
  const all = Array.from(counts);
  let left = share * all.reduce((sum, count) => sum + count, 0);
  for (let k = 0; k < all.length; k++) {
    if (all[k] > 0 && left <= all[k]) return low + ((k + left / all[k]) / all.length) * (high - low);
    left -= all[k];
  }
  return high;
}
