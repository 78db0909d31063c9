// The plane of the two inputs: axes and examples are Plotly's, the field and the boundary under them are painted here.

import { CONFIG, fill, room } from './charts.js';
import { Field, crossings, fit, palette } from './paint.js';

export class Plane {
  // `box` holds a canvas for the field and an element for the chart over it.
  constructor(box) {
    [this.overlay, this.chart] = box.children;
    this.charts = false;
  }

  // A new scene, before Plotly is there or after.
  stage(scene) {
    this.scene = scene;
    this.colors = palette(scene.ramp);
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

  draw({ header, field }) {
    const side = Math.round(Math.sqrt(field.length));
    if (this.field?.side !== side) this.field = new Field(side);
    this.field.paint(field, this.colors, 8);
    this.paint(field, side);
    this.hover(header.state !== 'playing', field, side);
  }

  paint(field, side) {
    const { w, h } = this.plot;
    const context = fit(this.overlay, w, h);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.field.canvas, 0, 0, w, h);
    // values sit on the edges of the plane, so side - 1 cells span it
    const [across, down] = [w / (side - 1), h / (side - 1)];
    context.beginPath();
    crossings(field, side, this.scene.threshold * 65535, (x0, y0, x1, y1) => {
      context.moveTo(x0 * across, y0 * down);
      context.lineTo(x1 * across, y1 * down);
    });
    context.strokeStyle = this.scene.colors.ink;
    context.lineWidth = 2;
    context.stroke();
  }

  // While nothing moves, an unseen heat map gives the values under the pointer.
  hover(on, field, side) {
    if (!this.charts || (!on && !this.hovering)) return;
    const trace = this.scene.boundary.data.length - 1;
    if (on) {
      const [left, right, low, high] = this.scene.bounds;
      const between = (from, to) => Array.from({ length: side }, (_, k) => from + ((to - from) * k) / (side - 1));
      const z = Array.from({ length: side }, (_, row) => Array.from(field.subarray(row * side, (row + 1) * side), (v) => v / 65535));
      Plotly.restyle(this.chart, { z: [z], x: [between(left, right)], y: [between(high, low)], visible: true }, [trace]);
    } else {
      Plotly.restyle(this.chart, { visible: false }, [trace]);
    }
    this.hovering = on;
  }

  say(words) {
    this.chart.setAttribute('aria-label', `Decision boundary at ${words}`);
  }

  close() {
    if (this.charts) Plotly.purge(this.chart);
  }
}
