// @ts-check
// What a browser has and Node has not, for the tests of scripts that keep something in a tab.

/**
 * A tab that keeps nothing yet, in place of the browser's `sessionStorage`; what it keeps is in the map.
 * @returns {Map<string, string>}
 */
export function newTab() {
  /** @type {Map<string, string>} */
  const tab = new Map();
  const sessionStorage = {
    /** @param {string} name */
    getItem: (name) => tab.get(name) ?? null,
    /** @param {string} name @param {string} text */
    setItem: (name, text) => tab.set(name, text),
    /** @param {string} name */
    removeItem: (name) => tab.delete(name),
  };
  Object.defineProperty(globalThis, 'sessionStorage', { value: sessionStorage, configurable: true });
  return tab;
}

/**
 * A place for notices, and a document that makes them.
 * @param {() => void} append called with each notice
 */
export function noticesTo(append) {
  const element = () => ({ setAttribute() {}, append() {}, textContent: '' });
  Object.defineProperty(globalThis, 'document', { value: { createElement: element }, configurable: true });
  return /** @type {Element} */ (/** @type {unknown} */ ({ append }));
}
