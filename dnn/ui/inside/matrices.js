// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @import { Matrices } from '../live/static/matrices.js' */
/** @import { Step } from './matrices.d.ts' */
/**
 * @typedef {object} Entry
 * @property {Step} data the newest
 * @property {Matrices} [view]
 * @property {Promise<typeof import('../live/static/matrices.js')>} [loading]
 */

/** @type {WeakMap<HTMLElement, Entry>} */
const shown = new WeakMap();

/** @param {Component<Step>} component */
export default async function ({ data, parentElement }) {
  const scripts = new URL('ui/live/static/', new URL('./', document.baseURI));
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.dnn-matrices'));
  const entry = shown.get(parentElement) ?? { data };
  shown.set(parentElement, entry);
  entry.data = data;
  if (!document.getElementById('dnn-matrices-style')) {
    const style = document.createElement('link');
    const href = new URL('matrices.css', scripts).href;
    document.head.append(Object.assign(style, { id: 'dnn-matrices-style', rel: 'stylesheet', href }));
  }
  entry.loading ??= import(new URL('matrices.js', scripts).href);
  const { Matrices } = await entry.loading;
  entry.view ??= new Matrices(root);
  entry.view.show(entry.data);
  return () => shown.delete(parentElement);
}
