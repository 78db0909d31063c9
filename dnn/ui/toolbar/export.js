// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @typedef {{ figures: { figure: string, name: string, formats: string[] }[], file: string }} Data */

/** @param {Component<Data>} component */
export default function ({ data, parentElement }) {
  const box = /** @type {HTMLElement} */ (parentElement.querySelector('.figures'));
  const rows = data.figures.flatMap(({ figure, name, formats }) => {
    const label = Object.assign(document.createElement('span'), { textContent: name });
    const buttons = formats.map((format) => {
      const textContent = format.toUpperCase();
      const detail = { figure, format, file: data.file };
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent });
      button.setAttribute('aria-label', `${name} ${textContent}`);
      // the panel, which has the charts, hears of it and makes the file
      button.onclick = () => window.dispatchEvent(new CustomEvent('dnn-figure', { detail }));
      return button;
    });
    const gaps = Array.from({ length: 3 - formats.length }, () => document.createElement('span'));
    return [label, ...buttons, ...gaps];
  });
  box.replaceChildren(...rows);
}
