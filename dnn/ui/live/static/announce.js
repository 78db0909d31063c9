// @ts-check
// What a frame says in words: to the reader of the page, to its attributes, and to Streamlit's part of the page.

import { tr } from './i18n.js';

/** @import { Header, Scene } from '../contract.d.ts' */
/** @import { Panel } from './panel.js' */

/**
 * @param {Panel} panel
 * @param {Header} header
 * @param {Scene} scene
 */
export function announce(panel, header, scene) {
  const { reason, time, example } = header;
  const words = panel.readout.draw(header, scene);
  panel.notify(reason);
  panel.onNotice(header.notice);
  const shown = `${time.live} ${example === undefined}`; // whether the past is shown, or one example followed
  const turned = (panel.root.dataset.shown ?? 'true true') !== shown;
  const { state: before } = panel.root.dataset;
  mark(panel, header, shown);
  // By itself: the page's buttons must hear of it.
  if (before !== header.state) panel.onState(reason || turned || example ? 'ended' : header.state);
  if (words !== null) describe(panel, words, scene);
}

/**
 * Attributes of the panel, which styles and tests read.
 *
 * @param {Panel} panel
 * @param {Header} header
 * @param {string} shown
 */
function mark(panel, { epoch, numbers, state, time }, shown) {
  const { dataset } = panel.root;
  dataset.epoch = String(epoch);
  dataset.learningRate = String(numbers.learning_rate);
  dataset.frame = String(++panel.drawn);
  dataset.live = String(time.live);
  dataset.shown = shown;
  dataset.state = state;
}

/**
 * For screen readers.
 *
 * @param {Panel} panel
 * @param {string} words
 * @param {Scene} scene
 */
function describe(panel, words, scene) {
  panel.cost.describe(words);
  panel.plane.describe(words);
  const layers = scene.sizes.join(', ');
  panel.diagramBox.setAttribute(
    'aria-label',
    tr('Network with layers of {layers} units at {words}', { layers, words }),
  );
}
