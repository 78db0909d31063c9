// @ts-check
// The marks of the classes as outlines in a box from −8 to 8, by the names that Plotly has for them.

/**
 * @param {number} count
 * @param {number[]} radii by turns
 * @param {number} [turn]
 */
const corners = (count, radii, turn = 0) =>
  Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * (k + turn)) / count - Math.PI / 2;
    const reach = radii[k % radii.length];
    return `${(reach * Math.cos(angle)).toFixed(2)} ${(reach * Math.sin(angle)).toFixed(2)}`;
  });
/** @param {string[]} points */
const closed = (points) => `M${points.join('L')}Z`;
const plus = 'M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z';
const slanted = 'M-6 -3.2L-3.2 -6L0 -2.8L3.2 -6L6 -3.2L2.8 0L6 3.2L3.2 6L0 2.8L-3.2 6L-6 3.2L-2.8 0Z';

/** @type {Record<string, string>} */
const OUTLINES = {
  circle: 'M-6 0A6 6 0 1 1 6 0A6 6 0 1 1 -6 0Z',
  square: 'M-5.4 -5.4H5.4V5.4H-5.4Z',
  diamond: closed(corners(4, [7])),
  'triangle-up': closed(corners(3, [7])),
  cross: plus,
  x: slanted,
  star: closed(corners(10, [7, 3])),
  hexagon: closed(corners(6, [6.5])),
  pentagon: closed(corners(5, [6.5])),
  'triangle-down': closed(corners(3, [7], 1.5)),
};

/** @param {string} symbol */
export function outline(symbol) {
  return OUTLINES[symbol];
}
