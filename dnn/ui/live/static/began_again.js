// @ts-check
// The server has forgotten the run, or is gone itself: once another run is there, the page says what is lost.

import { tr } from './i18n.js';

const LOST = 'dnn.run-lost'; // kept in this tab, for the page may be opened anew in between

export function noteLostRun() {
  try {
    sessionStorage.setItem(LOST, 'yes');
  } catch {
    // a browser that keeps nothing says nothing
  }
}

// Whether a run was lost since this was last asked.
export function takeLostRun() {
  try {
    const lost = sessionStorage.getItem(LOST) !== null;
    sessionStorage.removeItem(LOST);
    return lost;
  } catch {
    return false;
  }
}

/** @param {Element} notices where it is said that the run began anew */
export function sayLostRun(notices) {
  say(
    notices,
    tr(
      'The server was started again. Settings and examples are as they were, and the run began anew: its weights, the steps to undo, the speed and the answers in a lesson are lost.',
    ),
  );
}

/**
 * @param {Element} notices where it is said that the run goes on
 * @param {number} epoch from which
 */
export function sayRecoveredRun(notices, epoch) {
  say(
    notices,
    tr(
      'The server was lost. Another one goes on from epoch {epoch}, which this tab had kept; the steps to undo and the answers in a lesson are lost.',
      {
        epoch,
      },
    ),
  );
}

/**
 * @param {Element} notices
 * @param {string} text
 */
function say(notices, text) {
  const notice = Object.assign(document.createElement('p'), { className: 'dnn-notice dnn-waited' });
  notice.setAttribute('role', 'status');
  const close = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' });
  close.setAttribute('aria-label', tr('Close'));
  close.onclick = () => notice.remove();
  notice.append(Object.assign(document.createElement('span'), { textContent: text }), close);
  notices.append(notice);
}
