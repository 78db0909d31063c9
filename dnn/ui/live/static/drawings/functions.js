// @ts-check
// The functions that several drawings show, written as in dnn/activations and dnn/losses.

/** @param {number} z */
export const logistic = (z) => 1 / (1 + Math.exp(-z));

/** The sigmoid's slope: σ(z) (1 − σ(z)). @param {number} z */
export const slopeOfLogistic = (z) => logistic(z) * logistic(-z);

/**
 * The cross-entropy of one example from its logit, without log(0): max(z, 0) − yz + ln(1 + e^−|z|).
 *
 * @param {number} z
 * @param {number} y
 */
export const lossOfLogit = (z, y) => Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z)));

/**
 * The same from the answer: L = −y ln ŷ − (1 − y) ln(1 − ŷ).
 *
 * @param {number} answer
 * @param {number} y
 */
export const lossOfAnswer = (answer, y) => -Math.log(y ? answer : 1 - answer);
