// @ts-check
// Numbers at an axis: which of them, and in which words.

/**
 * A number in as few digits as a label needs.
 *
 * @param {number} value
 */
export function compact(value) {
  const size = Math.abs(value);
  const long = size !== 0 && (size >= 1e5 || size < 1e-3);
  const text = long
    ? value.toExponential(1).replace('.0e', 'e').replace('e+', 'e')
    : String(Number(value.toPrecision(3)));
  return text.replace('-', '−');
}

/**
 * Round numbers between two, so many at most: 1, 2 or 5 times a power of ten apart.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
export function ticks(low, high, most) {
  const wanted = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= wanted * (1 - 1e-9)) ?? 10);
  if (!(step > 0 && Number.isFinite(step))) return [low];
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}
