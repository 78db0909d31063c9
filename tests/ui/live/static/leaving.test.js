// @ts-check
// What the page is told does not keep a visitor on it who goes to another one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Leaving } from '../../../../dnn/ui/live/static/leaving.js';

/** @import { TestContext } from 'node:test' */

class Place extends EventTarget {
  /** @param {boolean} isLink */
  constructor(isLink) {
    super();
    this.isLink = isLink;
  }

  closest() {
    return this.isLink ? this : null;
  }
}

/**
 * @param {TestContext} context
 * @param {boolean} isLink what is clicked
 * @param {object} [keys] that are held down
 */
function clicked(context, isLink, keys) {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const page = new Place(isLink);
  const leaving = new Leaving(page);
  /** @type {string[]} */
  const told = [];
  page.dispatchEvent(Object.assign(new Event('click'), keys));
  return { page, leaving, told };
}

test('it is told at once where nobody leaves', (context) => {
  for (const [isLink, keys] of /** @type {[boolean, object][]} */ ([
    [false, {}],
    [true, { ctrlKey: true }], // a tab of its own
  ])) {
    const { leaving, told } = clicked(context, isLink, keys);
    leaving.tell('notice', () => told.push('frozen'));
    assert.deepEqual(told, ['frozen']);
    context.mock.timers.reset();
  }
});

test('after a click of a link to a page it waits, and of each kind the newest comes', (context) => {
  const { leaving, told } = clicked(context, true);
  leaving.tell('notice', () => told.push('frozen'));
  leaving.tell('state', () => told.push('ended'));
  context.mock.timers.tick(4000);
  leaving.tell('notice', () => told.push('goes on'));
  assert.equal(told.join(), '');
  context.mock.timers.tick(1000);
  assert.equal(told.join(), 'ended,goes on');
  leaving.tell('notice', () => told.push('frozen again'));
  assert.equal(told.at(-1), 'frozen again');
});

test('a page that was left is told nothing', (context) => {
  const { page, leaving, told } = clicked(context, true);
  leaving.tell('notice', () => told.push('frozen'));
  leaving.close();
  context.mock.timers.tick(10_000);
  assert.equal(told.join(), '');
  page.dispatchEvent(new Event('click'));
  leaving.tell('notice', () => told.push('heard'));
  assert.equal(told.join(), 'heard');
});
