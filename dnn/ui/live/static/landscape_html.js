// @ts-check
// The elements of a landscape: what can be chosen, the chart, and what is to be read beside it.

import { create } from './dom.js';
import { tr } from './i18n.js';

/** @import { LandscapeRun } from '../landscape_contract.d.ts' */

export const landscapeHtml = () => `
  <form class="dnn-landscape-tools" aria-label="${tr('What the landscape shows')}">
    <label><span>${tr('View')}</span> <select name="form">
      <option value="contours">${tr('Contours')}</option><option value="surface">${tr('Surface')}</option></select></label>
    <label><span>${tr('Directions')}</span> <select name="directions">
      <option value="pca">${tr('Principal components')}</option><option value="random">${tr('Random')}</option></select></label>
    <button type="button" name="other" hidden>${tr('Other directions')}</button>
    <label><span>${tr('Cost')}</span> <select name="cost">
      <option value="train">${tr('Train cost')}</option><option value="test">${tr('Test cost')}</option>
      <option value="total">${tr('Cost and penalties')}</option></select></label>
  </form>
  <p class="dnn-landscape-problem" role="status" hidden></p>
  <div class="dnn-landscape-chart" role="img" tabindex="0" aria-label="${tr('The landscape of the cost')}"></div>
  <p class="dnn-landscape-point" role="status" hidden></p>
  <p class="dnn-landscape-words"></p>
  <details hidden><summary></summary><ul></ul></details>`;

/**
 * List items: whose path which line is, then the notes.
 *
 * @param {string[]} notes
 * @param {LandscapeRun[]} runs
 */
export function lines(notes, runs) {
  const named = runs.map(({ name, dash }) => {
    const item = create('li', { className: 'dnn-landscape-run', textContent: name });
    item.dataset.dash = dash;
    return item;
  });
  return [...named, ...notes.map((textContent) => create('li', { textContent }))];
}
