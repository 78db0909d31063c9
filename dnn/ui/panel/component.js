// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @import { Most } from '../live/static/builder.js' */
/** @import { Language } from '../live/static/i18n.js' */
/** @import { Opens } from '../live/static/opening.js' */
/** @import { Panel } from '../live/static/panel.js' */
/** @import { Recovered } from '../live/static/recovery.js' */
/** @import { TourText } from '../live/static/tour.js' */
/**
 * @typedef {object} Data what dnn/ui/panel/component.py gives
 * @property {string} token of the run
 * @property {string} landscape token of its landscape
 * @property {string} plotly version
 * @property {Most} most
 * @property {number} noticed the last notice that the page has heard of
 * @property {number} acted up to which number the actions are done
 * @property {TourText | null} tour
 * @property {Language} language
 * @property {string} fixed names of what cannot be changed
 * @property {boolean} editable
 * @property {Opens | null} opens
 * @property {Recovered | null} recovered what became of the run that the tab kept
 */
/**
 * @typedef {object} Entry
 * @property {boolean} gone
 * @property {number} calls how often the page has drawn it
 * @property {Data} data the newest
 * @property {Panel | null} panel
 * @property {string} language
 * @property {string} paper colour of the page
 * @property {string} [said] the last notice that the page was told, and of which run
 * @property {Promise<typeof import('../live/static/panel.js')>} [loading]
 */

/** @type {WeakMap<HTMLElement, Entry>} */
const panels = new WeakMap();
const STYLES = [
  'panel.css',
  'tour.css',
  'plane.css',
  'cost.css',
  'time.css',
  'health.css',
  'health_charts.css',
  'diagram.css',
  'diagram_steps.css',
  'landscape.css',
];

/** @param {Component<Data>} component */
export default async function ({ data, parentElement, setTriggerValue }) {
  const here = new URL('./', document.baseURI);
  const base = new URL('live/', here);
  const scripts = new URL('ui/live/static/', here);
  const root = /** @type {HTMLElement} */ (parentElement.querySelector('.dnn-stage'));
  const entry = panels.get(parentElement) ?? { gone: false, calls: 0, data, panel: null, language: '', paper: '' };
  panels.set(parentElement, entry);
  entry.gone = false;
  entry.calls += 1;
  const { calls } = entry;
  const leave = () => {
    if (calls !== entry.calls) return; // the scripts came late: the page has drawn it again since
    entry.gone = true;
    entry.panel?.close();
    panels.delete(parentElement);
  };
  entry.data = data;
  if (!document.getElementById('dnn-style-0')) {
    STYLES.forEach((name, k) => {
      const style = document.createElement('link');
      const href = new URL(name, scripts).href;
      document.head.append(Object.assign(style, { id: `dnn-style-${k}`, rel: 'stylesheet', href }));
    });
  }
  entry.loading ??= import(new URL('panel.js', scripts).href);
  const { Panel } = await entry.loading;
  if (entry.gone) return leave;
  const { language, token, landscape, most, fixed, acted, tour, opens, recovered } = entry.data;
  if (entry.language !== language.name) {
    entry.panel?.close();
    entry.panel = null;
    entry.language = language.name;
  }
  entry.panel ??= new Panel(root, {
    plotlyUrl: new URL(`plotly-${data.plotly}/plotly.min.js`, base).href,
    act: (actions) => setTriggerValue('action', actions),
    restore: (kept) => setTriggerValue('kept', kept),
    onInside: (place) => setTriggerValue('inside', place),
    onState: (state) => {
      if (state === 'ended' || state === 'diverged') setTriggerValue('stopped', state);
    },
    onNotice: (notice) => {
      const said = `${notice} ${entry.data.token}`;
      if (notice <= entry.data.noticed || said === entry.said) return;
      entry.said = said;
      setTriggerValue('notice', notice);
    },
    most,
    language,
  });
  root.dataset.fixed = fixed;
  const socket = (/** @type {string} */ of) => new URL(`socket#${of}`, base).href.replace(/^http/, 'ws');
  entry.panel.server.recovery.answer(recovered);
  entry.panel.connect(socket(token));
  entry.panel.plane.landscape.connect(socket(landscape));
  root.classList.toggle('dnn-fixed', !data.editable);
  entry.panel.outbox.acknowledge(acted);
  entry.panel.startTour(tour);
  entry.panel.opening.open(opens);
  const paper = getComputedStyle(root).getPropertyValue('--st-background-color');
  if (entry.paper && entry.paper !== paper) setTriggerValue('appearance', paper);
  entry.paper = paper;
  return leave;
}
