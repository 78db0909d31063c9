// @ts-check
// Plotly, a large script that keeps the browser busy for a while: fetched after the first frame; and what charts share.

import { create } from './dom.js';
import { drawnSize, leftMargin } from './streamlit_dom.js';

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: 'reset+autosize' };

const STEP = 8; // pixels by which the room beside the upright axis grows
const MUCH = 24; // pixels of it that may be too many
const AGAIN = 2000; // milliseconds after which Plotly, if it did not come, is asked for again

/**
 * Fetch Plotly, again and again until it comes.
 *
 * @param {string} url
 * @param {() => void} onCome
 * @returns {() => void} gives up
 */
export function fetchCharts(url, onCome) {
  let gone = false;
  let retry = 0;
  const fetch = async () => {
    try {
      await loadPlotly(url);
    } catch {
      if (!gone) retry = window.setTimeout(fetch, AGAIN);
      return;
    }
    if (!gone) onCome();
  };
  fetch();
  return () => {
    gone = true;
    clearTimeout(retry);
  };
}

/** @param {string} url */
function loadPlotly(url) {
  window.__dnnPlotly ??= window.Plotly ? Promise.resolve() : fetchPlotly(url);
  return window.__dnnPlotly;
}

/**
 * @param {string} url
 * @returns {Promise<void>}
 */
function fetchPlotly(url) {
  return new Promise((resolve, reject) => {
    const failed = () => {
      window.__dnnPlotly = null; // asked for again, it may come
      reject(new Error('Plotly did not come'));
    };
    document.head.append(create('script', { src: url, onload: () => resolve(), onerror: failed }));
  });
}

/**
 * The room that a chart has.
 *
 * @param {HTMLElement} element
 */
export function room({ clientWidth, clientHeight }) {
  return { width: clientWidth, height: clientHeight };
}

/**
 * Let a chart fill its box; returns whether it did not already.
 *
 * @param {HTMLElement} chart
 * @param {() => Record<string, unknown>} [more] of its layout in a box of another size
 */
export function fill(chart, more = () => ({})) {
  const { width, height } = room(chart);
  const drawn = drawnSize(chart);
  const other = width !== drawn.width || height !== drawn.height;
  if (other) Plotly.relayout(chart, { width, height, ...more() });
  return other;
}

/**
 * Long numbers at the upright axis get more room, so that its title stands beside them. They lose it only once it is
 * much too wide, for another width takes a whole drawing. Returns how much they have.
 *
 * @param {HTMLElement} chart
 * @param {number} least
 * @param {number} scale of letters
 */
export function widen(chart, least, scale) {
  const { margin, widest } = leftMargin(chart);
  const left = Math.max(least, STEP * Math.ceil((widest + 28 * scale) / STEP));
  if (left <= margin && left >= margin - MUCH) return margin;
  Plotly.relayout(chart, { 'margin.l': left });
  return left;
}
