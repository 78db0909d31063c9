// @ts-check
// What the slopes of many layers multiply to, a bar for each layer, beside the gradients of a real network.

import { tr } from '../i18n.js';
import { slopeOfLogistic } from './functions.js';
import { Axes, circle, label, line, rect, three } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/**
 * @typedef {object} Settings
 * @property {Record<string, number[]>} measured the gradient of each layer over that of the output layer
 * @property {Values} start activation, layers and z
 */

const MOST = 6; // of z
const DEEPEST = 12;
const LOW = 1e-8; // the lowest bar that is drawn

/** @type {{ name: string, label: string, slope: (z: number) => number }[]} */
const ACTIVATIONS = [
  { name: 'sigmoid', label: 'Sigmoid', slope: slopeOfLogistic },
  { name: 'tanh', label: 'Tanh', slope: (z) => 1 - Math.tanh(z) ** 2 },
  { name: 'relu', label: 'ReLU', slope: (z) => (z > 0 ? 1 : 0) },
];

/** The slope over z, on the left. */
const slopeAxes = () => {
  const on = new Axes(
    { low: -MOST, high: MOST, ticks: [-6, 0, 6], name: 'z', write: (z) => String(z).replace('-', '−') },
    { low: 0, high: 1.15, ticks: [0, 0.25, 0.5, 1], name: tr('slope') },
  );
  on.right = 148;
  return on;
};

/** @param {number} layers */
const barAxes = (layers) => {
  const on = new Axes(
    { low: 0.4, high: layers + 1.6, ticks: [], name: '' },
    { low: LOW, high: 3, ticks: [1e-8, 1e-6, 1e-4, 1e-2, 1], name: '', log: true, write: power },
  );
  on.left = 196;
  return on;
};

/** @param {number} tick */
const power = (tick) => (tick === 1 ? '1' : `10⁻${'⁰¹²³⁴⁵⁶⁷⁸'[Math.round(-Math.log10(tick))]}`);

/** The product of the slopes between the output and each layer, from the first to the output. @param {Values} values */
function products({ activation, layers, z }) {
  const slope = ACTIVATIONS[activation].slope(z);
  return Array.from({ length: layers + 1 }, (_, k) => slope ** (layers - k));
}

/** @param {Settings} settings @param {Values} values */
function shapes({ measured }, values) {
  const { activation, layers, z } = values;
  const [slopes, bars] = [slopeAxes(), barAxes(layers)];
  const { name, slope } = ACTIVATIONS[activation];
  /** @param {number} share */
  const Y = (share) => bars.y(Math.max(LOW, Math.min(3, share)));
  /** @type {Shape[]} */
  const found = [
    ...slopes.shapes(),
    ...bars.shapes(),
    slopes.curve(slope, { part: 'slope', class: 'thick c1' }),
    line(slopes.x(z), slopes.y(slope(z)), slopes.x(z), slopes.bottom, { class: 'thin dashed' }),
    circle(slopes.x(z), slopes.y(slope(z)), 8, { part: 'slope', drag: 'z', class: 'handle c1' }),
    label(bars.left + 5, bars.top + 10, tr('product of the slopes'), { class: 'name' }),
    label(bars.right, bars.bottom + 30, tr('layer'), { class: 'name', 'text-anchor': 'end' }),
  ];
  for (const [k, share] of products(values).entries()) {
    const part = k ? 'product' : 'first';
    const [left, width] = [bars.x(k + 1) - 0.32 * (bars.x(2) - bars.x(1)), 0.64 * (bars.x(2) - bars.x(1))];
    const text = k === layers ? tr('out') : String(k + 1);
    found.push(rect(left, Y(share), width, bars.bottom - Y(share), { part, class: 'c0' }));
    found.push(label(bars.x(k + 1), bars.bottom + 15, text, { class: 'tick', 'text-anchor': 'middle' }));
  }
  const [first] = products(values);
  const real = measured[name]?.length === layers + 1 ? measured[name] : [];
  const above = Math.min(Y(first), real.length ? Y(real[0]) : Y(first));
  if (real.length) {
    for (const [k, share] of real.entries()) {
      found.push(circle(bars.x(k + 1), Y(share), 4.5, { part: 'measured', class: 'full c1' }));
    }
  }
  found.push(
    label(bars.left + 4, Math.max(bars.top + 26, above - 10), three(first), { part: 'first', class: 'value c0' }),
  );
  return found;
}

/** @type {Kind<Settings>} */
export const slopeProduct = {
  title: () => tr('The slopes of all layers, multiplied'),
  handles: () => [
    { name: 'activation', label: tr('Activation'), low: 0, high: 2, step: 1, options: ACTIVATIONS.map((a) => a.label) },
    { name: 'layers', label: tr('Hidden layers'), low: 1, high: DEEPEST, step: 1 },
    { name: 'z', label: 'z', low: -MOST, high: MOST, step: 0.1 },
  ],
  start: ({ start }) => start,
  numbers: (_, values) => ({ slope: ACTIVATIONS[values.activation].slope(values.z), products: products(values) }),
  marked: ({ start }) => ({ first: products(start)[0] }),
  shapes,
  words({ measured }, values) {
    const { activation, layers, z } = values;
    const { name, slope } = ACTIVATIONS[activation];
    const [product] = products(values);
    const said = tr('Slope at z = {z}: {slope}. Through {layers} layers: {product}.', {
      z: z.toFixed(1).replace('-', '−'),
      slope: three(slope(z)),
      layers,
      product: three(product),
    });
    const real = measured[name];
    if (real?.length !== layers + 1) return said;
    return `${said} ${tr('The dots: the gradient of each layer of this network after one epoch, over that of the output; in the first layer {share}.', { share: three(real[0]) })}`;
  },
  drag: (_, values, __, at) => ({
    ...values,
    z: Math.round(Math.max(-MOST, Math.min(MOST, slopeAxes().at(at).x)) * 10) / 10,
  }),
};
