// @ts-check

/** @import { Component } from '../component.d.ts' */
/**
 * @typedef {object} Storage
 * @property {string} name
 * @property {string | null} text to store
 * @property {string} wanted the session that asks for what is stored, "" for none; each is answered once
 * @property {boolean} always whether it is answered, too, that nothing is stored
 */

/** @type {WeakMap<Element | ShadowRoot, string>} the session that was answered */
const answered = new WeakMap();

/** @param {Component<Storage>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  try {
    if (!data.wanted || answered.get(parentElement) === data.wanted) {
      if (data.text) sessionStorage.setItem(data.name, data.text);
      return;
    }
    answered.set(parentElement, data.wanted);
    const kept = sessionStorage.getItem(data.name) ?? (data.always ? 'null' : null);
    if (kept) setTriggerValue('kept', kept);
  } catch {
    // a browser that keeps nothing, or not so much
  }
}
