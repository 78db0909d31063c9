// One unit shown large: its map in the plane's place, its formula and its numbers under it.

import { Field, palette } from '../../../web/paint.js';
import { placeOf } from './geometry.js';
import { tr } from './i18n.js';

const TERMS = 6; // of a formula, the strongest; more would not be read
const WRITTEN_EVERY = 120; // milliseconds between two changes of the words

const subscript = (n) => String(n).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]);

// How the units that a unit of layer l listens to are called.
export function sourcesOf(scene, l) {
  if (l === 1) return scene.inputs;
  return Array.from({ length: scene.sizes[l - 1] }, (_, k) => `a${subscript(k + 1)}`);
}

export function nameOf(scene, unit) {
  const { l, k } = placeOf(scene.sizes, unit);
  if (l === 0) return tr('Input {input}', { input: scene.inputs[k] });
  if (l < scene.sizes.length - 1) return tr('Unit {unit} of hidden layer {layer}', { unit: k + 1, layer: l });
  return scene.sizes.at(-1) === 1 ? tr('Output') : tr('Output {number}', { number: k + 1 });
}

export function written(value, digits = 2) {
  const text = value !== 0 && (Math.abs(value) >= 1e4 || Math.abs(value) < 0.005) ? value.toExponential(1) : value.toFixed(digits);
  return text.replace('-', '−');
}

// a = tanh(0.52 x₁ − 1.30 x₂ + 0.10)
export function formula(scene, unit, incoming) {
  const { l } = placeOf(scene.sizes, unit);
  if (l === 0) return '';
  const sources = sourcesOf(scene, l), count = incoming.length - 1;
  const strongest = Array.from({ length: count }, (_, k) => k).sort((a, b) => Math.abs(incoming[b]) - Math.abs(incoming[a]));
  const shown = strongest.slice(0, TERMS).sort((a, b) => a - b);
  const terms = shown.map((k) => [incoming[k], ` ${sources[k]}`]);
  if (shown.length < count) terms.push([null, '…']);
  terms.push([incoming[count], '']);
  const text = terms.map(([value, name], k) => {
    if (value === null) return ' + …';
    const sign = value < 0 ? (k ? ' − ' : '−') : k ? ' + ' : '';
    return sign + written(Math.abs(value)) + name;
  });
  const name = scene.functions[l - 1], sum = text.join('');
  return `${l === scene.sizes.length - 1 ? 'ŷ' : 'a'} = ${name ? `${name}(${sum})` : sum}`;
}

export class UnitView {
  // `plane` is the plane's picture, whose canvas for the field this one covers.
  constructor(plane) {
    this.plane = plane;
    this.canvas = document.createElement('canvas');
    this.words = Object.assign(document.createElement('div'), { className: 'dnn-formula', id: 'dnn-formula', innerHTML: '<p></p><p></p>' });
    this.canvas.setAttribute('aria-hidden', 'true');
    plane.overlay.after(this.canvas);
    plane.overlay.parentElement.append(this.words);
    this.hide();
  }

  hide() {
    this.canvas.hidden = this.words.hidden = true;
    this.unit = null;
  }

  place() {
    const { l, t, w, h } = this.plane.place();
    Object.assign(this.canvas.style, { left: `${l}px`, top: `${t}px`, width: `${w}px`, height: `${h}px` });
    Object.assign(this.words.style, { left: `${l}px`, top: `${t}px`, width: `${w}px` });
  }

  draw(scene, frame) {
    const { place, low, high } = frame.header.unit;
    const side = Math.round(Math.sqrt(frame.unit.length));
    if (this.field?.side !== side) {
      this.field = new Field(side);
      this.canvas.width = this.canvas.height = side;
    }
    if (this.scene !== scene) this.colors = palette(scene.ramp);
    this.field.paint(frame.unit, this.colors);
    this.canvas.getContext('2d').drawImage(this.field.canvas, 0, 0);
    const fresh = this.unit !== place || this.scene !== scene;
    if (fresh) this.place();
    Object.assign(this, { scene, unit: place });
    this.canvas.hidden = this.words.hidden = false;
    const now = performance.now();
    if (!fresh && frame.header.state === 'playing' && now - this.written < WRITTEN_EVERY) return;
    this.written = now;
    const unit = nameOf(scene, place), bounded = low !== null && high !== null;
    const [title, sum] = this.words.children;
    title.textContent = bounded ? tr('{unit}: from {low} to {high}', { unit, low: written(low), high: written(high) }) : unit;
    sum.textContent = formula(scene, place, frame.incoming);
  }
}
