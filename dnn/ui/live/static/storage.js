// @ts-check
// What this browser remembers from visit to visit. Where it may not, every visit is the first.

/** @param {string} name */
export function load(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
export function store(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // a browser that keeps nothing
  }
}
