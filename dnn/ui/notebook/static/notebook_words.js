// @ts-check
// What the widget in a notebook says, in the languages that the kernel knows.

import { find } from '../../live/static/dom.js';
import { language, setLanguage, tr } from '../../live/static/i18n.js';

/** @import { Frame } from '../../live/contract.d.ts' */
/** @import { Language } from '../../live/static/i18n.js' */

const ENGLISH = { name: 'en', words: {}, glossary: {} };
/** @type {Record<string, Language>} */
let languages = {};

/**
 * The languages that there are besides English, by the kernel's names for them.
 *
 * @param {Record<string, Language>} others
 */
export function know(others) {
  languages = others;
}

/**
 * Use this language from now on; each widget has the scripts for itself.
 *
 * @param {string} name
 */
export function speak(name) {
  setLanguage(languages[name] ?? ENGLISH);
}

/**
 * Give the parts of the widget their words.
 *
 * @param {HTMLElement} root
 */
export function label(root) {
  root.lang = language();
  root.ariaLabel = tr('A network that learns');
  find(root, '[name=step]').textContent = tr('Step');
  find(root, '[name=reset]').textContent = tr('Reset');
  find(root, 'label span').textContent = tr('Speed');
  for (const option of root.querySelectorAll('option')) option.textContent = speedWords(option.value);
  find(root, '.dnn-live-plane').ariaLabel = tr('Its answers over the plane, and the examples');
  find(root, '.dnn-live-costs').ariaLabel = tr('Cost against epoch');
}

/** @param {string} speed in epochs a second; empty for as fast as it can */
function speedWords(speed) {
  if (!speed) return tr('as fast as it can');
  return speed === '1' ? tr('1 epoch a second') : tr('{count} epochs a second', { count: speed });
}

/**
 * Choose the speed that the kernel has; one that is not on offer yet is added.
 *
 * @param {HTMLSelectElement} select
 * @param {number | null} speed
 */
export function showSpeed(select, speed) {
  const value = speed === null ? '' : String(speed);
  if (select.value === value) return;
  if (![...select.options].some((option) => option.value === value)) select.add(new Option(speedWords(value), value));
  select.value = value;
}

/** @param {Frame} frame */
export function describe({ header: { epoch, numbers, reason } }) {
  const { train_cost, test_cost, test_accuracy } = numbers;
  const words = [tr('epoch {epoch}', { epoch: epoch.toLocaleString(language()) })];
  if (train_cost !== null) words.push(`${tr('train cost')} ${train_cost.toPrecision(3)}`);
  if (test_cost !== null) words.push(`${tr('test cost')} ${test_cost.toPrecision(3)}`);
  if (test_accuracy !== null) words.push(`${tr('test accuracy')} ${(100 * test_accuracy).toFixed(1)} %`);
  return [...words, reason].filter(Boolean).join(' · ');
}
