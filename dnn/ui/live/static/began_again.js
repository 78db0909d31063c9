// @ts-check
// The server has forgotten the run, for it was started again: once another run is there, the page says what is lost.

import { tr } from './i18n.js';

const LOST = 'dnn.run-lost'; // kept in this tab, for the page may be opened anew in between

export function noteLostRun() {
  try {
    sessionStorage.setItem(LOST, 'yes');
  } catch {
    // a browser that keeps nothing says nothing
  }
}

/** @param {Element} notices where it is said, if a run was lost */
export function sayLostRun(notices) {
  try {
    if (!sessionStorage.getItem(LOST)) return;
    sessionStorage.removeItem(LOST);
  } catch {
    return;
  }
  const notice = Object.assign(document.createElement('p'), { className: 'dnn-notice dnn-waited' });
  notice.setAttribute('role', 'status');
  const text = tr(
    'The server was started again. Settings and examples are as they were, and the run began anew: its weights, the steps to undo, the speed and the answers in a lesson are lost.',
  );
  const close = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' });
  close.setAttribute('aria-label', tr('Close'));
  close.onclick = () => notice.remove();
  notice.append(Object.assign(document.createElement('span'), { textContent: text }), close);
  notices.append(notice);
}
