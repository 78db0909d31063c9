// @ts-check
// The numbers over the panel, and the same in words for those who do not see the pictures.

import { tr } from './i18n.js';

/** @import { Header, Scene } from '../contract.d.ts' */

const NUMBERS_EVERY = 80; // milliseconds between two changes of the digits: nobody reads faster
const WORDS_EVERY = 2000; // milliseconds between two text alternatives

/** @param {number | null | undefined} cost */
const cost = (cost) => (cost === null || cost === undefined ? '–' : cost.toPrecision(3));
/** @param {number | null | undefined} share */
const percent = (share) => (share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);

/** @param {Header} header */
function texts({ epoch, numbers, batch }) {
  const place = batch && { done: batch.done, all: batch.of };
  return {
    epoch: epoch.toLocaleString('en'),
    batch: place ? ` · ${tr('batch {done} of {all}', place)}` : '',
    train_cost: cost(numbers.train_cost),
    test_cost: cost(numbers.test_cost),
    train_accuracy: percent(numbers.train_accuracy),
    test_accuracy: percent(numbers.test_accuracy),
    validation_cost: cost(numbers.validation_cost),
    validation_accuracy: percent(numbers.validation_accuracy),
  };
}

/** @typedef {ReturnType<typeof texts>} Texts */

export class Readout {
  /** @param {HTMLElement} root in which cells name the number that they show, as data-number="epoch" */
  constructor(root) {
    /** @type {NodeListOf<HTMLElement>} */
    const cells = root.querySelectorAll('[data-number]');
    this.cells = Array.from(cells, (cell) => ({ cell, name: /** @type {keyof Texts} */ (cell.dataset.number) }));
    this.countedAt = 0;
    this.describedAt = 0;
  }

  /** @param {Scene} scene */
  stage({ task, trained, first_test }) {
    for (const { cell, name } of this.cells) {
      const absent = name.startsWith('validation') && first_test === trained;
      const nonsense = name.endsWith('accuracy') && task === 'regression';
      if (cell.parentElement) cell.parentElement.hidden = absent || nonsense;
    }
  }

  /**
   * Show the numbers. Returns the state of the run in words, where it is time for them; else null.
   *
   * @param {Header} header
   * @param {Scene} scene
   */
  draw(header, scene) {
    const shown = texts(header);
    const now = performance.now();
    const playing = header.state === 'playing';
    if (!playing || now - this.countedAt > NUMBERS_EVERY) {
      this.countedAt = now;
      for (const { cell, name } of this.cells) {
        if (cell.textContent !== shown[name]) cell.textContent = shown[name];
      }
    }
    if (playing && now - this.describedAt < WORDS_EVERY) return null;
    this.describedAt = now;
    const { epoch, train_cost: train, test_cost: test, test_accuracy: accuracy } = shown;
    const words =
      scene.task === 'regression'
        ? tr('epoch {epoch}, train cost {train}, test cost {test}', { epoch, train, test })
        : tr('epoch {epoch}, train cost {train}, test cost {test}, test accuracy {accuracy}', {
            epoch,
            train,
            test,
            accuracy,
          });
    const validated = scene.first_test > scene.trained;
    return validated ? `${words}, ${tr('validation cost {cost}', { cost: shown.validation_cost })}` : words;
  }
}
