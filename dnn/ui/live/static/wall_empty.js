// @ts-check
// What stands on a wall without pupils: for the teacher, what they do to come in.

import { create } from './dom.js';
import { tr } from './i18n.js';

/**
 * @param {object} settings
 * @param {string} settings.code of the class
 * @param {string} settings.address where it is typed
 * @param {string} settings.qr the address of a picture of the link; empty: none
 * @param {boolean} settings.acts whether the teacher looks
 */
export function emptyWall({ code, address, qr, acts }) {
  if (!acts) return [create('p', { textContent: tr('Nobody is here yet.') })];
  const typed = [
    create('p', { textContent: tr('Nobody is here yet. Pupils open') }),
    create('p', { className: 'dnn-wall-address', textContent: address, translate: false }),
    create('p', { textContent: tr('and type the code') }),
    create('p', { className: 'dnn-wall-code', textContent: code, translate: false }),
  ];
  if (!qr) return typed;
  const picture = create('img', { src: qr, alt: tr('QR code of the link for pupils') });
  return [...typed, create('p', { textContent: tr('or scan this:') }), picture];
}
