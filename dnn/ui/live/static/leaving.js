// @ts-check
// Holds back what the page is told while a visitor goes to another one.
//
// Until the other page has begun, Streamlit runs the one on screen for whatever it is told, and the visitor stays there.

import { isPageLink } from './streamlit_dom.js';

const TAKES = 5000; // milliseconds until another page has begun, on a server with much to do

export class Leaving {
  /** @param {EventTarget} page where links are clicked: the document */
  constructor(page = document) {
    this.page = page;
    this.until = Number.NEGATIVE_INFINITY;
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.waiting = new Map();
    this.clicked = this.clicked.bind(this);
    page.addEventListener('click', this.clicked, { capture: true });
  }

  /** @param {Event} event */
  clicked(event) {
    const { ctrlKey, metaKey, shiftKey, target } = /** @type {MouseEvent} */ (event);
    if (isPageLink(target) && !(ctrlKey || metaKey || shiftKey)) this.until = Date.now() + TAKES; // else a tab of its own
  }

  /**
   * Tell the page something, at once or when the visitor has not left; of each kind only the newest.
   *
   * @param {string} kind
   * @param {() => void} tell
   */
  tell(kind, tell) {
    clearTimeout(this.waiting.get(kind));
    const rest = this.until - Date.now();
    if (rest <= 0) tell();
    else
      this.waiting.set(
        kind,
        setTimeout(() => tell(), rest),
      );
  }

  close() {
    this.page.removeEventListener('click', this.clicked, { capture: true });
    for (const timer of this.waiting.values()) clearTimeout(timer);
  }
}
