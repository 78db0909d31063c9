// @ts-check
// What stands on a wall without pupils: for the teacher, what they do to come in.

import { create } from './dom.js';
import { tr } from './i18n.js';

/** @param {{ code: string, address: string, acts: boolean }} settings `acts` says whether the teacher looks */
export function emptyWall({ code, address, acts }) {
  if (!acts) return [create('p', { textContent: tr('Nobody is here yet.') })];
  return [
    create('p', { textContent: tr('Nobody is here yet. Pupils open') }),
    create('p', { className: 'dnn-wall-address', textContent: address, translate: false }),
    create('p', { textContent: tr('and type the code') }),
    create('p', { className: 'dnn-wall-code', textContent: code, translate: false }),
    create('p', { textContent: tr('or scan the QR code under Link for pupils.') }),
  ];
}
