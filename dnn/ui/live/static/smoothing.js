// @ts-check
// Smoothing curves.

/**
 * The exponential moving average of y over about `span` of x; the points may be any distance apart. Near the start, where
 * curves are steep, it is taken over less: a quarter of the way that lies behind.
 *
 * @param {number[]} x
 * @param {number[]} y
 * @param {number} span
 */
export function smoothed(x, y, span) {
  let mean = 0;
  let last = Number.NEGATIVE_INFINITY;
  return y.map((value, k) => {
    if (!Number.isFinite(value)) return value;
    const over = Math.min(span, (x[k] - x[0]) / 4);
    mean += (over > 0 ? 1 - Math.exp((last - x[k]) / over) : 1) * (value - mean);
    last = x[k];
    return mean;
  });
}
