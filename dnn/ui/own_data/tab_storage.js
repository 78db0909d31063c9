// @ts-check

/** @import { Component } from '../component.d.ts' */

const NAME = 'dnn.own-data';
const asked = new WeakSet();

/** @param {Component<{ text: string | null, wanted: boolean }>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  try {
    if (!data.wanted || asked.has(parentElement)) {
      if (data.text) sessionStorage.setItem(NAME, data.text);
      return;
    }
    asked.add(parentElement);
    const kept = sessionStorage.getItem(NAME);
    if (kept) setTriggerValue('kept', kept);
  } catch {
    // a browser that keeps nothing, or not so much
  }
}
