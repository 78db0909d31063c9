// @ts-check
// Making elements and finding them.

/**
 * A new element with these properties.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function create(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

/**
 * A button that says what it does. Its name is read out and shown where the pointer rests.
 *
 * @param {string} textContent
 * @param {string} name
 */
export function createButton(textContent, name) {
  const button = create('button', { type: 'button', textContent, title: name });
  button.setAttribute('aria-label', name);
  return button;
}

/**
 * The first element that matches, which must be there.
 *
 * @param {Element} root
 * @param {string} selector
 */
export function find(root, selector) {
  return findAs(HTMLElement, root, selector);
}

/**
 * The same, of a certain type.
 *
 * @template {Element} T
 * @param {new () => T} type
 * @param {Element} root
 * @param {string} selector
 */
export function findAs(type, root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`no ${type.name} at ${selector}`);
  return found;
}

/**
 * What an event happened to, or what that stands in.
 *
 * @param {Event} event
 * @param {string} selector
 */
export function closest(event, selector) {
  const { target } = event;
  return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(selector)) : null;
}

/**
 * Put an element at a place of its box, in pixels.
 *
 * @param {HTMLElement} element
 * @param {{ l: number, t: number, w: number, h?: number }} place
 */
export function putAt({ style }, { l, t, w, h }) {
  style.left = `${l}px`;
  style.top = `${t}px`;
  style.width = `${w}px`;
  if (h !== undefined) style.height = `${h}px`;
}

/** @param {number} share kept between 0 and 1 */
export const within = (share) => Math.max(0, Math.min(1, share));
