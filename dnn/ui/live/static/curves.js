// @ts-check
// The curves of the cost chart as Plotly wants them: the points of a view, smoothed or not.

import { ghostTraces } from './ghost.js';
import { tr } from './i18n.js';
import { smoothed } from './smoothing.js';

/** @import { Frame, Scene, View } from '../contract.d.ts' */

// How far a curve is smoothed: over which share of the epochs, and over how many at least.
export const SMOOTH = [
  { name: () => tr('smooth: none'), share: 0, least: 0 },
  { name: () => tr('smooth: some'), share: 0.01, least: 3 },
  { name: () => tr('smooth: much'), share: 0.05, least: 12 },
];

/**
 * The points of a view. The error is the root of the mean squared error, of which the cost is half.
 *
 * @param {Pick<Frame, 'curves' | 'accuracies' | 'rates'>} tables of which each has the epochs in its first row
 * @param {View} view
 * @param {number} level of smoothing; the raw curves come before the smoothed ones
 * @param {number} lines of costs and accuracies: train and test, and with a validation set validation
 */
export function points({ curves, accuracies, rates }, view, level, lines = 2) {
  const isRate = view === 'rate';
  const table = (view === 'accuracy' ? accuracies : isRate ? rates : curves) ?? curves;
  if (!table) return { x: [], y: [] };
  const rows = table === rates ? 2 : 1 + lines;
  const count = table.length / rows;
  const [x, ...raw] = Array.from({ length: rows }, (_, k) => Array.from(table.subarray(k * count, (k + 1) * count)));
  const shown = view === 'error' ? raw.map((line) => line.map((cost) => Math.sqrt(2 * cost))) : raw;
  if (!level || isRate) return { x: shown.map(() => x), y: shown };
  const { share, least } = SMOOTH[level];
  const span = Math.max(least, share * (x[count - 1] - x[0]));
  const y = [...shown, ...shown.map((line) => smoothed(x, line, span))];
  return { x: y.map(() => x), y };
}

/**
 * The lines without their points; where they are smoothed, the raw ones stand behind them. Those of a ghost follow.
 *
 * @param {Scene} scene
 * @param {View} view
 * @param {number} level
 * @returns {PlotlyTrace[]}
 */
export function traces(scene, view, level) {
  const { data, layout } = scene.cost;
  const hovertemplate = `%{y:${layout.meta.views[view].format}}`;
  const lines = data.map((trace) => ({ ...trace, hovertemplate }));
  if (view === 'rate') return [{ ...lines[0], name: tr('learning rate'), line: { ...lines[0].line, shape: 'hv' } }];
  const ghost = ghostTraces(scene, view);
  if (!level) return [...lines, ...ghost];
  const thin = lines.map((trace) => ({
    ...trace,
    line: { ...trace.line, width: 1, dash: 'solid' },
    opacity: 0.3,
    showlegend: false,
    hoverinfo: 'skip',
  }));
  return [...thin, ...lines, ...ghost];
}

/**
 * Lines with these points. Those of a ghost, which follow, have their own.
 *
 * @param {PlotlyTrace[]} lines
 * @param {ReturnType<typeof points>} shown
 * @returns {PlotlyTrace[]}
 */
export function withPoints(lines, { x, y }) {
  return lines.map((line, k) => (k < y.length ? { ...line, x: x[k], y: y[k] } : line));
}

/**
 * The axes of a view, with as much room at the left as was needed last.
 *
 * @param {Scene} scene
 * @param {View} view
 * @param {{ x: string, y: string }} types of the axes: linear or log
 * @param {number} left pixels
 * @returns {PlotlyLayout}
 */
export function layoutOf({ cost: { layout } }, view, { x, y }, left) {
  const { axis, ticks } = layout.meta.views[view];
  const title = { ...layout.yaxis.title, text: axis };
  return {
    ...layout,
    margin: { ...layout.margin, l: Math.max(layout.margin.l, left) },
    uirevision: view,
    xaxis: { ...layout.xaxis, type: x },
    yaxis: { ...layout.yaxis, type: y, title, tickformat: ticks },
    showlegend: view !== 'rate',
  };
}
