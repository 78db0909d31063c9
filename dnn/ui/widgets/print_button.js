// @ts-check

/** @import { Component } from '../component.d.ts' */

/** @param {Component<{ label: string }>} component */
export default function ({ data, parentElement }) {
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector('button'));
  button.textContent = data.label;
  button.onclick = () => print();
}
