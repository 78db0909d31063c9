// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @import { Language } from '../live/static/i18n.js' */
/**
 * @typedef {object} Data what dnn/ui/panel/group.py gives
 * @property {string} token of the runs
 * @property {string} script of the folder of the live panel, that draws them
 * @property {string[]} styles of that folder
 * @property {string} plotly version
 * @property {Language} language
 * @property {object} settings for the script
 */
/**
 * @typedef {object} Panel what the script brings
 * @property {(settings: object) => void} update
 * @property {(url: string) => void} connect
 * @property {() => void} close
 */
/**
 * @typedef {object} Entry
 * @property {boolean} gone
 * @property {Data} data the newest
 * @property {Panel | null} panel
 * @property {string} language
 * @property {string} paper colour of the page
 */

/** @type {WeakMap<HTMLElement, Entry>} */
const panels = new WeakMap();

/** @param {Component<Data>} component */
export default async function ({ data, parentElement, setTriggerValue }) {
  const here = new URL('./', document.baseURI);
  const base = new URL('live/', here);
  const scripts = new URL('ui/live/static/', here);
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.dnn-group'));
  const entry = panels.get(parentElement) ?? { gone: false, data, panel: null, language: '', paper: '' };
  panels.set(parentElement, entry);
  entry.gone = false;
  const leave = () => {
    entry.gone = true;
    entry.panel?.close();
    panels.delete(parentElement);
  };
  entry.data = data;
  for (const name of data.styles) {
    const id = `dnn-style-${name}`;
    if (document.getElementById(id)) continue;
    const style = document.createElement('link');
    document.head.append(Object.assign(style, { id, rel: 'stylesheet', href: new URL(name, scripts).href }));
  }
  const { Panel } = await import(new URL(data.script, scripts).href);
  if (entry.gone) return leave;
  const { language, token, settings, plotly } = entry.data;
  if (entry.language !== language.name) {
    entry.panel?.close();
    entry.panel = null;
    entry.language = language.name;
  }
  entry.panel ??= /** @type {Panel} */ (
    new Panel(root, {
      language,
      plotlyUrl: new URL(`plotly-${plotly}/plotly.min.js`, base).href,
      tell: setTriggerValue,
    })
  );
  entry.panel.update(settings);
  entry.panel.connect(new URL(`socket#${token}`, base).href.replace(/^http/, 'ws'));
  const paper = getComputedStyle(root).getPropertyValue('--st-background-color');
  if (entry.paper && entry.paper !== paper) setTriggerValue('appearance', paper);
  entry.paper = paper;
  return leave;
}
