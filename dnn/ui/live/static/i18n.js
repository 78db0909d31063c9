// The panel's words. The English text is the key: tr('{count} hidden layers', { count: 3 }) gives it in the visitor's
// language, with the values in their places. The page brings the dictionary; what it lacks is said in English.

let spoken = 'en';
let words = {};
let glossary = {};

// Speak this language from now on: a text that was said before stays as it is, so this comes first of all.
export function setLanguage(language) {
  ({ name: spoken, words, glossary } = language);
}

export function tr(text, values = {}) {
  return (words[text] ?? text).replace(/\{([a-z]+)\}/g, (place, name) => values[name] ?? place);
}

// What a word of the glossary means, to be read where the pointer rests or the focus is.
export function meaning(name) {
  return glossary[name] ?? '';
}

// What browsers call the language.
export function language() {
  return spoken;
}
