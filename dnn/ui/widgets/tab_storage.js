// @ts-check

/** @import { Component } from '../component.d.ts' */

const asked = new WeakSet();

/** @param {Component<{ name: string, text: string | null, wanted: boolean }>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  try {
    if (!data.wanted || asked.has(parentElement)) {
      if (data.text) sessionStorage.setItem(data.name, data.text);
      return;
    }
    asked.add(parentElement);
    const kept = sessionStorage.getItem(data.name);
    if (kept) setTriggerValue('kept', kept);
  } catch {
    // a browser that keeps nothing, or not so much
  }
}
