// The plane of the two inputs: axes and examples are Plotly's, the field and the boundary under them are painted here.

import { CONFIG, fill, room } from './charts.js';
import { Surface } from './surface.js';
import { tr } from './i18n.js';
import { Field, channels, crossings, fit, lead, palette } from '../../../web/paint.js';

export class Plane {
  // `box` holds a canvas for the field and an element for the chart over it.
  constructor(box) {
    [this.overlay, this.chart] = box.children;
    this.tools = box.querySelector('.dnn-tools');
    this.surface = new Surface(box.querySelector('.dnn-surface'));
    this.charts = this.hard = false;
    this.errors = true;
    this.threshold = 0.5;
    this.listen();
  }

  // The switch between probabilities and decisions, and the probability from which on it is class 1.
  listen() {
    const [hard, errors, solid, threshold] = this.tools.querySelectorAll('input');
    hard.addEventListener('change', () => (this.hard = hard.checked));
    errors.addEventListener('change', () => (this.errors = errors.checked));
    solid.addEventListener('change', () => {
      this.surface.show(solid.checked);
      this.covered?.(solid.checked && this.scene.task !== 'multiclass');
    });
    threshold.addEventListener('input', () => {
      this.threshold = Number(threshold.value);
      this.tools.querySelector('output').textContent = this.threshold.toFixed(2);
    });
    this.tools.addEventListener('input', () => this.changed?.());
  }

  // A new scene, before Plotly is there or after.
  stage(scene) {
    this.scene = scene;
    this.colors = palette(scene.ramp);
    this.mixed = scene.classes.map(channels);
    this.places = new Map(scene.rows.map((row, place) => [row, place]));
    this.tools.dataset.task = scene.task;
    this.covered?.(!this.surface.box.hidden && scene.task !== 'multiclass');
    if (this.charts) this.stageChart();
  }

  stageChart() {
    const { data, layout } = this.scene.boundary;
    this.charts = true;
    Plotly.react(this.chart, data, { ...layout, ...room(this.chart) }, CONFIG);
    this.hovering = false;
  }

  resize() {
    if (this.charts) fill(this.chart);
    this.surface.resize();
    const { l, t, w, h } = this.place();
    Object.assign(this.overlay.style, { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px` });
    this.plot = { w, h };
  }

  // Where the plane is in its box: as Plotly laid it out, or will by its margins.
  place() {
    if (this.charts) return this.chart._fullLayout._size;
    const { width, height } = room(this.chart);
    const { l, r, t, b } = this.scene.boundary.layout.margin;
    return { l, t, w: width - l - r, h: height - t - b };
  }

  draw({ header, field, answers }) {
    const several = this.scene.task === 'multiclass';
    const side = Math.round(Math.sqrt(field.length / (several ? this.scene.classes.length : 1)));
    if (this.field?.side !== side) this.field = new Field(side);
    if (several) this.field.mix(field, this.mixed, this.hard);
    else this.field.paint(field, this.hard && this.scene.threshold !== null ? this.decided() : this.colors, 8);
    this.paint(field, side, several);
    this.answers = answers ?? this.answers;
    this.marks();
    this.rings(header);
    this.hover(header.state !== 'playing', field, side);
    if (this.charts) this.surface.draw(this.scene, field, side, header.state);
  }

  // The ramp with nothing between its ends: below the threshold the one, above it the other.
  decided() {
    const { colors, threshold } = this;
    return colors.map((_, k) => colors[(k + 0.5) / 256 > threshold ? 255 : 0]);
  }

  paint(field, side, several) {
    const { w, h } = this.plot;
    const context = fit(this.overlay, w, h);
    context.imageSmoothingEnabled = !this.hard;
    context.drawImage(this.field.canvas, 0, 0, w, h);
    // values sit on the edges of the plane, so side - 1 cells span it
    const [across, down] = [w / (side - 1), h / (side - 1)];
    const line = (x0, y0, x1, y1) => {
      context.moveTo(x0 * across, y0 * down);
      context.lineTo(x1 * across, y1 * down);
    };
    context.beginPath();
    if (several) {
      const { length } = this.scene.classes;
      const out = (this.leads ??= new Float32Array(0)).length === side * side ? this.leads : (this.leads = new Float32Array(side * side));
      for (let k = 0; k < length; k++) crossings(lead(field, side * side, length, k, out), side, 0, line);
    } else if (this.scene.curve) {
      crossings(this.above(field, side), side, 0, line);
    } else if (this.scene.threshold !== null) {
      crossings(field, side, this.threshold * 65535, line);
    }
    context.strokeStyle = this.scene.colors.ink;
    context.lineWidth = 2;
    context.stroke();
  }

  // With a single input the height is the number: by how much the answer is above each place, to be crossed at 0.
  above(field, side) {
    const { heights: [from, to], bounds: [, , low, high] } = this.scene;
    const height = (row) => high - ((high - low) * row) / (side - 1);
    return Float32Array.from(field, (level, i) => from + ((to - from) * level) / 65535 - height(Math.floor(i / side)));
  }

  // Rings around the examples that the network has wrong.
  marks() {
    const { labels, task } = this.scene;
    if (!this.errors || !labels || this.answers?.length !== labels.length) return;
    const decided = task === 'multiclass' ? (answer) => answer : (answer) => Number(answer > this.threshold * 255);
    labels.forEach((label, place) => decided(this.answers[place]) !== label && this.ring(place, 7, 1.5));
  }

  // Rings around the examples of the batch that was just learnt from.
  rings({ batch }) {
    if (!batch?.rows?.length) return;
    for (const row of batch.rows) if (this.places.has(row)) this.ring(this.places.get(row), 10, 3);
  }

  ring(place, radius, width) {
    const { points, bounds: [left, right, low, high], colors } = this.scene;
    const { w, h } = this.plot;
    const [x1, x2] = points[place];
    const context = this.overlay.getContext('2d');
    context.strokeStyle = colors.ink;
    context.lineWidth = width;
    context.beginPath();
    context.arc(((x1 - left) / (right - left)) * w, ((high - x2) / (high - low)) * h, radius, 0, 2 * Math.PI);
    context.stroke();
  }

  // While nothing moves, an unseen heat map gives the values under the pointer.
  hover(on, field, side) {
    if (!this.charts || (!on && !this.hovering)) return;
    const trace = this.scene.boundary.data.length - 1;
    if (on) {
      const [left, right, low, high] = this.scene.bounds;
      const between = (from, to) => Array.from({ length: side }, (_, k) => from + ((to - from) * k) / (side - 1));
      const shown = { x: [between(left, right)], y: [between(high, low)], visible: true, ...this.hoverTexts(field, side) };
      Plotly.restyle(this.chart, shown, [trace]);
    } else {
      Plotly.restyle(this.chart, { visible: false }, [trace]);
    }
    this.hovering = on;
  }

  // What the network says at each place of the grid: numbers, and for several classes their probabilities in words.
  hoverTexts(field, side) {
    const rows = (value) => Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, col) => value(row * side + col)));
    const { task, heights, chances } = this.scene;
    if (task === 'multiclass') {
      const size = side * side;
      const words = (i) => chances.map((said, k) => `${said} ${(field[k * size + i] / 255).toFixed(2)}`).join('<br>');
      return { z: [rows((i) => field[i] / 255)], text: [rows(words)] };
    }
    const [from, to] = heights ?? [0, 1];
    return { z: [rows((i) => from + ((to - from) * field[i]) / 65535)] };
  }

  say(words) {
    this.chart.setAttribute('aria-label', tr('Decision boundary at {words}', { words }));
  }

  close() {
    if (this.charts) Plotly.purge(this.chart);
    this.surface.close();
  }
}
