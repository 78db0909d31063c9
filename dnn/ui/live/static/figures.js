// Figures to take along: the live charts of this moment, written by Plotly itself, with the canvas under them inside.

import { language } from './i18n.js';

const WIDTH = 900; // of a figure, whatever the screen; text is read at this size
const SCALE = 2; // pixels of a PNG for each of them

export class Figures {
  constructor(panel) {
    this.panel = panel;
    this.onAsk = ({ detail }) => this.save(detail);
    window.addEventListener('dnn-figure', this.onAsk);
  }

  // `figure` is boundary, cost or network; `format` png, svg or html; `file` a name without either.
  async save({ figure, format, file }) {
    const { panel } = this;
    if (!panel.scene) return;
    const name = `${file}-${figure}`;
    if (figure === 'network') return save(await pngOf(panel.diagramBox, panel.scene.colors.paper), `${name}.png`);
    const source = figure === 'boundary' ? this.boundary() : this.cost();
    if (!source) return;
    if (format === 'html') return save(await this.page(source, file), `${name}.html`);
    // a figure drawn apart: the one on the page stays as it is
    const { width, height } = source.layout;
    const url = await Plotly.toImage(source, { format, width, height, scale: format === 'png' ? SCALE : 1 });
    save(await (await fetch(url)).blob(), `${name}.${format}`);
  }

  boundary() {
    const { plane, scene } = this.panel;
    if (!plane.charts) return null;
    const figure = copied(plane.chart, scene);
    const { w, h } = plane.place();
    // the field keeps the shape that it has on the page
    const { l, r, t, b } = figure.layout.margin;
    const across = WIDTH - l - r;
    const down = Math.round((across * h) / w);
    figure.layout.height = down + t + b;
    const source = this.field(across, down).toDataURL('image/png');
    const place = { xref: 'paper', yref: 'paper', x: 0, y: 1, sizex: 1, sizey: 1, sizing: 'stretch', layer: 'below' };
    figure.layout.images = [{ source, ...place }];
    return figure;
  }

  // The field with its boundary and rings as the page paints them, but as large as the figure.
  field(w, h) {
    const { plane, last } = this.panel;
    const { overlay, plot } = plane;
    const canvas = document.createElement('canvas');
    try {
      Object.assign(plane, { overlay: canvas, plot: { w, h } });
      plane.paint(last.field, plane.field.side, this.panel.scene.task === 'multiclass');
      plane.marks();
      plane.rings(last.header);
    } finally {
      Object.assign(plane, { overlay, plot });
    }
    return canvas;
  }

  cost() {
    const { cost, scene } = this.panel;
    if (!cost.charts) return null;
    const figure = copied(cost.chart, scene);
    figure.layout.height = Math.round(WIDTH * 0.55);
    return figure;
  }

  // A page of its own that needs no network: Plotly is in it.
  async page({ data, layout }, title) {
    const script = await (await fetch(this.panel.plotlyUrl)).text();
    const figure = JSON.stringify({ data, layout: { ...layout, width: undefined, height: undefined, autosize: true } });
    const safe = (text) => text.replaceAll('<', '\\u003c');
    return new Blob([
      `<!doctype html><html lang="${language()}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
      `<title>${title}</title><style>html, body, #figure { height: 100%; margin: 0; background: ${layout.paper_bgcolor}; }</style>`,
      '<div id="figure"></div><script>', script.replaceAll('</script', '<\\/script'), '</script><script>',
      `const { data, layout } = ${safe(figure)}; Plotly.newPlot('figure', data, layout, { responsive: true, displaylogo: false });`,
      '</script></html>',
    ], { type: 'text/html' });
  }

  close() {
    window.removeEventListener('dnn-figure', this.onAsk);
  }
}

// The chart's data and layout, with colours and letters that need no page around them.
function copied(chart, scene) {
  const font = { ...chart.layout.font, family: 'Source Sans, Source Sans Pro, Helvetica, Arial, sans-serif' };
  const { paper } = scene.colors;
  const layout = { ...chart.layout, font, width: WIDTH, autosize: false, paper_bgcolor: paper, plot_bgcolor: 'rgba(0,0,0,0)' };
  return { data: chart.data.filter(({ opacity }) => opacity !== 0), layout };
}

// Canvases that lie on one another, as one picture.
function pngOf(box, paper) {
  const layers = [...box.querySelectorAll(':scope > canvas')].filter(({ width, height }) => width && height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(...layers.map(({ width }) => width));
  canvas.height = Math.max(...layers.map(({ height }) => height));
  const context = canvas.getContext('2d');
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
