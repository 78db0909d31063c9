// @ts-check
// Figures to take along: the live charts of this moment, written by Plotly itself, with the canvas under them inside.

import { contextOf } from '../../../web/paint.js';
import { Diagram } from './diagram.js';
import { create } from './dom.js';
import { language } from './i18n.js';

/** @import { Scene } from '../contract.d.ts' */
/** @import { Panel } from './panel.js' */
/** @typedef {{ figure: 'boundary' | 'cost' | 'network', format: 'png' | 'svg' | 'html', file: string }} Wanted */

const WIDTH = 900; // of a figure, whatever the screen; text is read at this size
const SCALE = 2; // pixels of a PNG for each of them
const KEPT = 10_000; // milliseconds for which a file can still be fetched

export class Figures {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    /** @param {Event} event */
    this.onAsk = (event) => this.save(/** @type {CustomEvent<Wanted>} */ (event).detail);
    window.addEventListener('dnn-figure', this.onAsk);
  }

  /** @param {Wanted} wanted `file` is a name without figure and format */
  async save({ figure, format, file }) {
    const { panel } = this;
    if (!panel.scene) return;
    const name = `${file}-${figure}`;
    if (figure === 'network') return save(await this.network(panel.scene), `${name}.png`);
    const source = figure === 'boundary' ? this.boundary(panel.scene) : this.cost(panel.scene);
    if (!source) return;
    if (format === 'html') return save(await this.page(source, file), `${name}.html`);
    // a figure drawn apart: the one on the page stays as it is
    const { width, height } = source.layout;
    const url = await Plotly.toImage(source, { format, width, height, scale: format === 'png' ? SCALE : 1 });
    save(await (await fetch(url)).blob(), `${name}.${format}`);
  }

  /**
   * The network drawn anew as wide as every figure, in the shape that it has on the page.
   *
   * @param {Scene} scene
   * @returns {Promise<Blob | null>}
   */
  async network(scene) {
    const { diagramBox, last, plane } = this.panel;
    const height = Math.round((WIDTH * diagramBox.clientHeight) / diagramBox.clientWidth);
    const layers = [create('canvas'), create('canvas')];
    const diagram = new Diagram(layers[0], layers[1], SCALE);
    diagram.prepare(scene, WIDTH, height, getComputedStyle(diagramBox).fontFamily);
    if (last) diagram.draw(last, plane.picture.field);
    return pngOf(layers, scene.colors.paper);
  }

  /** @param {Scene} scene */
  boundary(scene) {
    const { plane } = this.panel;
    if (!plane.charts) return null;
    const figure = copied(plane.chart, scene);
    const { w, h } = plane.place();
    // the field keeps the shape that it has on the page
    const { l, r, t, b } = figure.layout.margin;
    const across = WIDTH - l - r;
    const down = Math.round((across * h) / w);
    figure.layout.height = down + t + b;
    const canvas = create('canvas');
    plane.picture.paint(canvas, { w: across, h: down });
    const source = canvas.toDataURL('image/png');
    const place = { xref: 'paper', yref: 'paper', x: 0, y: 1, sizex: 1, sizey: 1, sizing: 'stretch', layer: 'below' };
    figure.layout.images = [{ source, ...place }];
    return figure;
  }

  /** @param {Scene} scene */
  cost(scene) {
    const { cost } = this.panel;
    if (!cost.charts) return null;
    cost.drawCurves(); // of this moment, even where the numbers are shown
    const figure = copied(cost.chart, scene);
    figure.layout.height = Math.round(WIDTH * 0.55);
    return figure;
  }

  /**
   * A page of its own that needs no network: Plotly is in it.
   *
   * @param {PlotlyFigure} figure
   * @param {string} title
   */
  async page({ data, layout }, title) {
    const script = await (await fetch(this.panel.plotlyUrl)).text();
    const figure = JSON.stringify({ data, layout: { ...layout, width: undefined, height: undefined, autosize: true } });
    const safe = figure.replaceAll('<', '\\u003c');
    const style = `html, body, #figure { height: 100%; margin: 0; background: ${layout.paper_bgcolor}; }`;
    const options = '{ responsive: true, displaylogo: false }';
    return new Blob(
      [
        `<!doctype html><html lang="${language()}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
        `<title>${title}</title><style>${style}</style>`,
        '<div id="figure"></div><script>',
        script.replaceAll('</script', '<\\/script'),
        '</script><script>',
        `const { data, layout } = ${safe}; Plotly.newPlot('figure', data, layout, ${options});`,
        '</script></html>',
      ],
      { type: 'text/html' },
    );
  }

  close() {
    window.removeEventListener('dnn-figure', this.onAsk);
  }
}

/**
 * The chart's data and layout, with colours and letters that need no page around them.
 *
 * @param {HTMLElement} element
 * @param {Scene} scene
 * @returns {PlotlyFigure}
 */
function copied(element, scene) {
  const chart = /** @type {PlotlyElement} */ (element);
  const font = { ...chart.layout.font, family: 'Source Sans, Source Sans Pro, Helvetica, Arial, sans-serif' };
  const colors = { paper_bgcolor: scene.colors.paper, plot_bgcolor: 'rgba(0,0,0,0)' };
  const layout = { ...chart.layout, font, width: WIDTH, autosize: false, ...colors };
  return { data: chart.data.filter(({ opacity }) => opacity !== 0), layout };
}

/**
 * Canvases that lie on one another, as one picture.
 *
 * @param {HTMLCanvasElement[]} layers
 * @param {string} paper
 * @returns {Promise<Blob | null>}
 */
function pngOf(layers, paper) {
  const [{ width, height }] = layers;
  const canvas = create('canvas', { width, height });
  const context = contextOf(canvas);
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

/**
 * @param {Blob | null} blob
 * @param {string} name
 */
function save(blob, name) {
  if (!blob) return;
  const link = create('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
