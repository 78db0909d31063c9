// @ts-check
// What starting weights do to a deep network: a histogram for each hidden layer, and below them its spread.

import { tr } from '../i18n.js';
import { between, circle, label, line, path, rect, three } from './shapes.js';

/** @import { Kind, Shape, Values } from './contract.d.ts' */
/** @typedef {{ bins: number[], zeros: number, spread: number }} Layer shares of what is not 0; spread over the inputs' */
/** @typedef {{ ranges: [number, number][], cases: Layer[][][], start: Values }} Settings by activation, start, layer */

const [LEFT, RIGHT] = [40, 396];
const [TOP, BOTTOM] = [16, 138]; // of the histograms
const [HIGH, LOW] = [172, 240]; // of the spreads
const [MOST, LEAST] = [8, -14]; // powers of ten
const TICKS = { 6: '10⁶', 0: '1', '-6': '10⁻⁶', '-12': '10⁻¹²' };

const names = () => [tr('Zeros'), tr('Normal, spread 0.01'), tr('Normal, spread 1'), 'Xavier / Glorot', 'He'];

/** The layers of the choice. @param {Settings} settings @param {Values} values */
const layersOf = ({ cases }, { activation, start }) => cases[activation][start];

/** @param {Settings} settings */
const widthOf = ({ cases }) => (RIGHT - LEFT) / cases[0][0].length;

/** The height of a spread, those below the lowest one on the lowest. @param {number} spread */
const heightOf = (spread) => {
  const power = spread > 0 ? Math.max(LEAST, Math.min(MOST, Math.log10(spread))) : LEAST;
  return LOW - ((power - LEAST) / (MOST - LEAST)) * (LOW - HIGH);
};

/** A layer's histogram on its side, and its share of zeros. @param {Layer} layer @param {number} x @param {number} width */
function histogram({ bins, zeros }, x, width) {
  const step = (BOTTOM - TOP) / bins.length;
  const most = Math.max(...bins, 1e-9);
  return [
    line(x, TOP, x, BOTTOM, { class: 'grid' }),
    ...bins.map((share, k) =>
      rect(x, BOTTOM - (k + 1) * step + 0.5, (share / most) * (width - 8), step - 1, { part: 'bars', class: 'c0' }),
    ),
    label(x + width / 2 - 3, BOTTOM + 17, `${(100 * zeros).toFixed(0)} %`, {
      part: 'zeros',
      class: 'tick',
      'text-anchor': 'middle',
    }),
  ];
}

/** The scales of both pictures. @param {[number, number]} ends of the histograms @param {boolean} open above */
function scales([low, high], open) {
  const ticks = between(low, high, 3).map((value) => {
    const y = BOTTOM - ((value - low) / (high - low)) * (BOTTOM - TOP);
    const text = String(value).replace('-', '−') + (open && value === high ? '+' : '');
    return label(LEFT - 6, y + 4, text, { class: 'tick', 'text-anchor': 'end' });
  });
  const powers = Object.entries(TICKS).flatMap(([power, text]) => {
    const y = heightOf(10 ** Number(power));
    return [
      line(LEFT, y, RIGHT, y, { class: 'grid' }),
      label(LEFT - 6, y + 4, text, { class: 'tick', 'text-anchor': 'end' }),
    ];
  });
  return [
    ...ticks,
    label(LEFT - 6, BOTTOM + 17, '= 0', { part: 'zeros', class: 'tick', 'text-anchor': 'end' }),
    ...powers,
  ];
}

/** @type {Kind<Settings>} */
export const starts = {
  title: () => tr('The activations of each hidden layer, before training'),
  handles: (settings) => [
    { name: 'start', label: tr('Start'), low: 0, high: names().length - 1, step: 1, options: names() },
    { name: 'activation', label: tr('Activation'), low: 0, high: 1, step: 1, options: ['ReLU', 'tanh'] },
    { name: 'layer', label: tr('Layer'), low: 1, high: settings.cases[0][0].length, step: 1 },
  ],
  start: ({ start }) => start,
  numbers(settings, values) {
    const layers = layersOf(settings, values);
    return { zeros: layers.map(({ zeros }) => zeros), spread: layers.map(({ spread }) => spread) };
  },
  marked: () => ({}),
  shapes(settings, values) {
    const [layers, width] = [layersOf(settings, values), widthOf(settings)];
    const place = (/** @type {number} */ k) => LEFT + (k + 0.5) * width - 3;
    /** @type {[number, number][]} */
    const spreads = layers.map(({ spread }, k) => [place(k), heightOf(spread)]);
    const [x, y] = spreads[values.layer - 1];
    /** @type {Shape[]} */
    const found = layers.flatMap((layer, k) => histogram(layer, LEFT + k * width, width));
    return [
      ...scales(settings.ranges[values.activation], values.activation === 0),
      ...found,
      line(LEFT, heightOf(1), RIGHT, heightOf(1), { part: 'spread', class: 'thin dashed' }),
      path(spreads, { part: 'spread', class: 'thick c1' }),
      ...spreads.map(([cx, cy]) => circle(cx, cy, 3.5, { part: 'spread', class: 'full c1' })),
      circle(x, y, 8, { part: 'spread', drag: 'layer', class: 'handle c1' }),
      ...layers.map((_, k) => label(place(k), 262, String(k + 1), { class: 'tick', 'text-anchor': 'middle' })),
      label(LEFT - 6, 262, tr('layer'), { class: 'tick', 'text-anchor': 'end' }),
    ];
  },
  words(settings, values) {
    const { zeros, spread } = layersOf(settings, values)[values.layer - 1];
    return tr(
      '{start}, layer {layer}: the spread is {spread} times that of the inputs, and {zeros} % of the activations are exactly 0.',
      {
        start: names()[values.start],
        layer: String(values.layer),
        spread: three(spread),
        zeros: (100 * zeros).toFixed(0),
      },
    );
  },
  drag(settings, values, __, at) {
    const count = settings.cases[0][0].length;
    const found = Math.floor((at.x - LEFT) / widthOf(settings)) + 1;
    return { ...values, layer: Math.max(1, Math.min(count, found)) };
  },
};
