// @ts-check
// The panel's words. The English text is the key: tr('{count} hidden layers', { count: 3 }) returns it in the visitor's
// language, with the values in their places. The page brings the dictionary; what it lacks is shown in English.

/**
 * @typedef {object} Language
 * @property {string} name what browsers call it
 * @property {Record<string, string>} words
 * @property {Record<string, string>} glossary
 */

/** @type {Language} */
let current = { name: 'en', words: {}, glossary: {} };

/**
 * Use this language from now on. A text that was translated before stays as it is, so this comes first of all.
 *
 * @param {Language} language
 */
export function setLanguage(language) {
  current = language;
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} [values]
 */
export function tr(text, values = {}) {
  const translated = current.words[text] ?? text;
  return translated.replace(/\{([a-z]+)\}/g, (place, name) => String(values[name] ?? place));
}

/**
 * What a word of the glossary means, to be read where the pointer rests or the focus is.
 *
 * @param {string} [name]
 */
export function meaning(name = '') {
  return current.glossary[name] ?? '';
}

// What browsers call the language.
export function language() {
  return current.name;
}
