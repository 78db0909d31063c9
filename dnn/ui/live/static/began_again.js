// @ts-check
// The server has forgotten the run, or is gone itself: once another run is there, the page says what is lost.

import { tr } from './i18n.js';

// Kept in this tab, for the page may be opened anew in between: the run of the playground, and the runs of a group.
const LOST = 'dnn.run-lost';
const GROUP_LOST = 'dnn.group-lost';

export function noteLostRun(name = LOST) {
  try {
    sessionStorage.setItem(name, 'yes');
  } catch {
    // a browser that keeps nothing says nothing
  }
}

// Whether a run was lost since this was last asked.
export function takeLostRun(name = LOST) {
  try {
    const lost = sessionStorage.getItem(name) !== null;
    sessionStorage.removeItem(name);
    return lost;
  } catch {
    return false;
  }
}

// Says that a group of runs began anew, where their server has forgotten them. The first frame alone is no sign of it.
export class LostGroup {
  /** @param {Element} notices where it is said */
  constructor(notices) {
    this.notices = notices;
    this.broken = ''; // of the runs whose connection is broken, the address
  }

  /** @param {string} url of the runs that are shown from now on */
  connect(url) {
    if (this.broken === url) return;
    if (this.broken) noteLostRun(GROUP_LOST); // the page came back with other runs, so with another server
    this.broken = '';
  }

  /** @param {string} url of the runs whose connection is broken */
  lost(url) {
    this.broken = url;
  }

  // The server does not know the runs.
  forgotten() {
    noteLostRun(GROUP_LOST);
  }

  // The first frame has come, or the first one after a break.
  back() {
    this.broken = '';
    if (takeLostRun(GROUP_LOST)) sayLostRun(this.notices);
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
