// @ts-check

/** @import { Component } from '../component.d.ts' */
/** @typedef {{ link: string, label: string, button: string, copied: string, byHand: string }} Data */

/** @param {Component<Data>} component */
export default function ({ data, parentElement }) {
  const field = /** @type {HTMLInputElement} */ (parentElement.querySelector('input'));
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector('button'));
  const result = /** @type {HTMLOutputElement} */ (parentElement.querySelector('output'));
  const label = /** @type {HTMLElement} */ (parentElement.querySelector('span'));
  if (field.value !== data.link) result.textContent = '';
  field.value = data.link;
  label.textContent = data.label;
  button.textContent = data.button;
  field.onfocus = () => field.select();
  button.onclick = async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(data.link);
    } catch {
      // without https a browser keeps the clipboard from a page, except on the page's own machine: then the old way
      field.focus();
      field.select();
      copied = document.execCommand('copy');
    }
    result.textContent = copied ? data.copied : data.byHand;
  };
}
