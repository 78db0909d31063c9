// @ts-check
// How the notebook around the widget looks: JupyterLab, Notebook 7, VS Code and Colab each say it in their own way.

/** @typedef {{ theme: 'light' | 'dark', locale: string }} Look */

const SAID_BY = ['data-jp-theme-light', 'data-vscode-theme-kind', 'theme', 'lang']; // attributes of <body> and <html>

/**
 * @param {{ body: HTMLElement, documentElement: HTMLElement }} page
 * @param {string} browser the browser's own language
 * @returns {Look}
 */
export function lookOf({ body, documentElement }, browser) {
  const { jpThemeLight, vscodeThemeKind = '' } = body.dataset;
  const dark = jpThemeLight === 'false' || documentElement.getAttribute('theme') === 'dark';
  const kind = ['vscode-dark', 'vscode-high-contrast'].includes(vscodeThemeKind);
  return { theme: dark || kind ? 'dark' : 'light', locale: documentElement.lang || browser };
}

/**
 * Tell how the page looks, now and whenever that changes; returns what ends it.
 *
 * @param {(look: Look) => void} tell
 */
export function followLook(tell) {
  let before = '';
  const look = () => {
    const now = lookOf(document, navigator.language);
    if (before !== JSON.stringify(now)) tell(now);
    before = JSON.stringify(now);
  };
  const changes = new MutationObserver(look);
  for (const element of [document.documentElement, document.body]) {
    changes.observe(element, { attributes: true, attributeFilter: SAID_BY });
  }
  look();
  return () => changes.disconnect();
}
