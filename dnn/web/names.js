// @ts-check
// Names of columns where there is little room.

/**
 * A long name with all its words but the last as initials: "petal length" is "p. length".
 *
 * @param {string} name
 * @param {number} [most] letters of a name that stays as it is
 */
export function brief(name, most = 8) {
  if ([...name].length <= most) return name;
  const words = name.split(/\s+/).filter(Boolean);
  return words.map((word, k) => (k + 1 < words.length ? `${[...word][0]}.` : word)).join(' ');
}

/**
 * What of a name fits into so many pixels of a canvas: all, its brief form, or the beginning of that.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} name
 * @param {number} width
 */
export function fitting(context, name, width) {
  /** @param {string} text */
  const fits = (text) => context.measureText(text).width <= width;
  const short = brief(name);
  if (fits(name) || fits(short)) return fits(name) ? name : short;
  const letters = [...short];
  while (letters.length > 1 && !fits(`${letters.join('')}…`)) letters.pop();
  return `${letters.join('')}…`;
}
