// @ts-check
// Names and formulas, which can be computed: what is written is what the unit computes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formula, nameOf, numberText, sourcesOf } from '../../../../dnn/ui/live/static/names_of_units.js';

const scene = { sizes: [2, 12, 3, 1], inputs: ['x₁', 'x₁²'], functions: ['tanh', 'ReLU', ''] };

test('numbers are near what they stand for, and short', () => {
  for (const value of [0, 1, -1, 0.005, 0.0049, -0.00012, Math.PI, 9999.4, 10000, -123456, 1e-9]) {
    const text = numberText(value);
    assert.ok(
      Math.abs(Number(text.replaceAll('−', '-')) - value) <= Math.max(0.005, Math.abs(value) * 0.05) + 1e-12,
      text,
    );
    assert.ok(text.length <= 8, text);
    assert.ok(!text.startsWith('-'));
  }
});

test('units are called by their layer, and what they listen to by its place', () => {
  assert.equal(nameOf(scene, 1), 'Input x₁²');
  assert.equal(nameOf(scene, 13), 'Unit 12 of hidden layer 1');
  assert.equal(nameOf(scene, 14), 'Unit 1 of hidden layer 2');
  assert.equal(nameOf(scene, 17), 'Output');
  assert.equal(nameOf({ ...scene, sizes: [2, 3] }, 4), 'Output 3');
  assert.deepEqual(sourcesOf(scene, 1), scene.inputs);
  assert.deepEqual(sourcesOf(scene, 2).slice(8), ['a₉', 'a₁₀', 'a₁₁', 'a₁₂']);
});

test('a formula has every weight in its order, signs between them and the bias at the end', () => {
  assert.equal(formula(scene, 2, [0.52, -1.3, 0.1]), 'a = tanh(0.52 x₁ − 1.30 x₁² + 0.10)');
  assert.equal(formula(scene, 17, [-1, 2, 0, -0.5]), 'ŷ = −1.00 a₁ + 2.00 a₂ + 0.00 a₃ − 0.50');
  assert.equal(formula(scene, 0, []), '');
});

test('of many weights it has the six strongest', () => {
  const weights = [9, -1, 8, -2, 7, -3, 6, -4, 5, 0.1, 0.2, 0.3];
  const text = formula(scene, 14, [...weights, -1]);
  const strongest = weights.toSorted((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 6);
  const terms = text.slice('a = ReLU('.length, -1).split(/ (?=[+−] )/);
  assert.equal(terms.length, 6 + 2);
  assert.equal(terms.at(-2), '+ …');
  assert.equal(terms.at(-1), '− 1.00');
  const shown = terms.slice(0, 6).map((term) => {
    const [, sign, value, place] = term.match(/^([+−] )?([\d.]+) a([₀-₉]+)$/) ?? assert.fail(term);
    const index = Number([...place].map((digit) => '₀₁₂₃₄₅₆₇₈₉'.indexOf(digit)).join('')) - 1;
    assert.equal(Number(value) * (sign?.startsWith('−') ? -1 : 1), weights[index]);
    return weights[index];
  });
  assert.deepEqual(
    shown,
    weights.filter((weight) => strongest.includes(weight)),
  );
});
