// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @import { Data } from '../live/static/drawings/contract.d.ts' */
/** @import { Drawing } from '../live/static/drawings/drawing.js' */
/**
 * @typedef {object} Entry
 * @property {boolean} gone
 * @property {Data} data the newest
 * @property {Drawing} [view]
 * @property {string} paper colour of the page
 */

/** @type {WeakMap<HTMLElement, Entry>} */
const drawings = new WeakMap();
const STYLE = 'dnn-drawings-style';

/** @param {Component<Data>} component */
export default async function ({ data, parentElement, setTriggerValue }) {
  const scripts = new URL('ui/live/static/drawings/', new URL('./', document.baseURI));
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.dnn-drawing'));
  const entry = drawings.get(parentElement) ?? { gone: false, data, paper: '' };
  drawings.set(parentElement, entry);
  entry.gone = false;
  entry.data = data;
  const leave = () => {
    entry.gone = true;
    entry.view?.close();
    drawings.delete(parentElement);
  };
  if (!document.getElementById(STYLE)) {
    const style = document.createElement('link');
    const href = new URL('drawings.css', scripts).href;
    document.head.append(Object.assign(style, { id: STYLE, rel: 'stylesheet', href }));
  }
  const { Drawing } = await import(new URL('drawing.js', scripts).href);
  if (entry.gone) return leave;
  entry.view ??= /** @type {Drawing} */ (new Drawing(root));
  entry.view.show(entry.data);
  const paper = getComputedStyle(root).getPropertyValue('--st-background-color');
  if (entry.paper && entry.paper !== paper) setTriggerValue('appearance', paper);
  entry.paper = paper;
  return leave;
}
