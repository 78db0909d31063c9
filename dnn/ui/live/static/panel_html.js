// @ts-check
// The panel's elements before there is anything to show.

import { tr } from './i18n.js';

export const panelHtml = () => `
  <dl class="dnn-numbers">
    <div class="dnn-wide"><dt><span data-means="epoch">${tr('Epoch')}</span><span data-number="batch" data-means="batch"></span></dt><dd data-number="epoch">–</dd></div>
    <div><dt data-means="cost">${tr('Train cost')}</dt><dd data-number="train_cost">–</dd></div>
    <div hidden><dt data-means="cost">${tr('Validation cost')}</dt><dd data-number="validation_cost">–</dd></div>
    <div><dt data-means="cost">${tr('Test cost')}</dt><dd data-number="test_cost">–</dd></div>
    <div><dt>${tr('Train accuracy')}</dt><dd data-number="train_accuracy">–</dd></div>
    <div hidden><dt>${tr('Validation accuracy')}</dt><dd data-number="validation_accuracy">–</dd></div>
    <div><dt>${tr('Test accuracy')}</dt><dd data-number="test_accuracy">–</dd></div>
  </dl>
  <div class="dnn-notices"><p class="dnn-notice" role="status" hidden></p><p class="dnn-notice dnn-waited" role="status" hidden></p></div>
  <figure class="dnn-network" role="group" aria-label="${tr('The network')}"><canvas aria-hidden="true"></canvas><canvas aria-hidden="true"></canvas></figure>
  <figure class="dnn-boundary">
    <canvas aria-hidden="true"></canvas><div role="img" aria-label="${tr('Decision boundary')}"></div>
    <div class="dnn-surface" role="img" aria-label="${tr('The answers as a surface')}" hidden></div>
    <div class="dnn-landscape" hidden></div>
    <section class="dnn-below">
    <p class="dnn-tools">
      <span class="dnn-pictures" role="radiogroup" aria-label="${tr('Picture')}">
        <label><input name="picture" type="radio" value="boundary" checked>${tr('Boundary')}</label>
        <label class="dnn-solid"><input name="picture" type="radio" value="solid">3-D</label>
        <label><input name="picture" type="radio" value="landscape">${tr('Landscape')}</label>
      </span>
      <label><input name="hard" type="checkbox"> ${tr('Discretise')}</label>
      <label><input name="errors" type="checkbox" checked> ${tr('Errors')}</label>
      <label class="dnn-tested"><input name="tested" type="checkbox" checked> ${tr('Test data')}</label>
      <label class="dnn-threshold" data-means="boundary">${tr('Threshold')} <input name="threshold" type="range" min="0.05" max="0.95" step="0.05" value="0.5">
        <output role="none">0.50</output></label>
      <span class="dnn-scale" title="${tr('What the colours of the plane mean')}"><span class="dnn-scale-of"></span><span></span><span class="dnn-ramp"></span><span></span></span>
    </p>
    </section>
  </figure>
  <figure class="dnn-cost"></figure>`;
