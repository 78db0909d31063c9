// @ts-check
// The elements of the cost chart, its tabs and what they open, before there is anything to show.

import { SMOOTH } from './curves.js';
import { tr } from './i18n.js';

export const costHtml = () => `
  <div class="dnn-cost-bar">
    <div class="dnn-tabs" role="tablist"></div>
    <p class="dnn-axis" role="group" aria-label="${tr('Axes and smoothing')}">
      <button type="button" data-axis="xaxis" aria-pressed="false" title="${tr('Logarithmic epochs')}">${tr('log x')}</button>
      <button type="button" data-axis="yaxis" aria-pressed="false" title="${tr('Logarithmic values')}">${tr('log y')}</button>
      <button type="button" data-smooth title="${tr('Smoothing: none, some or much')}">${SMOOTH[0].name()}</button>
    </p>
  </div>
  <div class="dnn-chart" id="dnn-chart" role="tabpanel">
    <div role="img" aria-label="${tr('Cost against epoch')}"></div>
    <div class="dnn-marks"></div>
    <p class="dnn-mark-text" hidden></p>
  </div>
  <div class="dnn-report" id="dnn-report" role="tabpanel" tabindex="0" hidden></div>
  <section class="dnn-health" id="dnn-health" role="tabpanel" tabindex="0" hidden>
    <div class="dnn-findings"></div>
    <div class="dnn-health-charts"></div>
  </section>`;
