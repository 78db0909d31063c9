// The network's answers as a surface over the plane: the height is the probability, or for regression the number.

import { CONFIG, fill, room } from './charts.js';
import { tr } from './i18n.js';

const MOST = 34; // points on a side
const OFTEN = 250; // milliseconds between two drawings at least: it is slow without graphics hardware

// From so far that axis titles are within the picture: the narrower it is, the further.
const camera = ({ clientWidth, clientHeight }) => {
  const far = Math.max(1, (1.4 * clientHeight) / clientWidth);
  return { eye: { x: -1.55 * far, y: -1.9 * far, z: 1.05 * far }, center: { x: 0, y: 0, z: -0.12 } };
};

export class Surface {
  constructor(box) {
    this.box = box;
  }

  show(on) {
    this.box.hidden = !on;
    this.shown = null;
  }

  draw(scene, field, side, state) {
    if (this.box.hidden || scene.task === 'multiclass') return;
    const now = performance.now();
    if (this.shown === field || (state === 'playing' && now - this.at < Math.max(OFTEN, 5 * this.took))) return;
    const step = Math.ceil(side / MOST);
    const places = Array.from({ length: Math.ceil(side / step) }, (_, k) => Math.min(k * step, side - 1));
    const [from, to] = scene.heights ?? [0, 1];
    const z = places.map((row) => places.map((col) => from + ((to - from) * field[row * side + col]) / 65535));
    if (this.scene === scene) Plotly.restyle(this.box, { z: [z] });
    else this.stage(scene, z, places, side);
    this.shown = field;
    this.at = performance.now();
    this.took = this.at - now;
  }

  stage(scene, z, places, side) {
    this.scene = scene;
    const [left, right, low, high] = scene.bounds;
    const [from, to] = scene.heights ?? [0, 1];
    const [x, y] = [places.map((k) => left + ((right - left) * k) / (side - 1)), places.map((k) => high - ((high - low) * k) / (side - 1))];
    const colorscale = [0, 128, 255].map((k) => [k / 255, `rgb(${scene.ramp[k].join(',')})`]);
    // no entities here: a sign without width keeps a name's "<b>" from being markup
    const title = (text) => ({ text: text.replaceAll('<', '<\u200b'), font: { size: 12 } });
    const axis = (text, more) => ({ title: title(text), color: scene.colors.muted, gridcolor: scene.colors.grid, nticks: 6, ...more });
    const layout = {
      ...room(this.box),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: scene.colors.paper,
      font: { color: scene.colors.ink },
      scene: {
        xaxis: axis(scene.plane.axes[0]),
        yaxis: axis(scene.plane.axes[1]),
        zaxis: axis(scene.heights ? tr('prediction') : `P(${scene.names[1]})`, { range: [from, to] }),
        aspectmode: 'manual',
        aspectratio: { x: 1, y: 1, z: 0.8 },
        camera: camera(this.box),
      },
      uirevision: 'surface',
    };
    Plotly.react(this.box, [{ type: 'surface', x, y, z, cmin: from, cmax: to, colorscale, showscale: false, hoverinfo: 'x+y+z' }], layout, CONFIG);
  }

  resize() {
    if (!this.box.hidden && this.scene) fill(this.box);
  }

  close() {
    if (this.scene) Plotly.purge(this.box);
  }
}
