// @ts-check
// The switches at the left edge of the diagram: which formulas the network sees as its inputs.

import { brief } from '../../../web/names.js';
import { create, createButton } from './dom.js';
import { tr } from './i18n.js';
import { focusFormulas } from './streamlit_dom.js';

/** @import { Action, Offer, Scene } from '../contract.d.ts' */

const HIGH = 26; // pixels of a switch
const PLAIN = /^x\d+$/; // an input by itself,
const EACH = /x\d+/g; // and those in a formula

export class Inputs {
  /**
   * @param {HTMLElement} box
   * @param {(action: Action) => void} ask takes an action for the server, which decides
   */
  constructor(box, ask) {
    this.root = create('div', { className: 'dnn-inputs' });
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', tr('Inputs that the network sees'));
    const another = createButton('+', tr('Write a formula of your own'));
    another.addEventListener('click', focusFormulas);
    this.root.append(another);
    /** @type {Map<string, HTMLButtonElement>} by formula; one of the visitor's own stays when it is switched off */
    this.switches = new Map();
    this.ask = ask;
    box.append(this.root);
  }

  /** @param {string} text */
  add(text) {
    const made = createButton('', '');
    made.addEventListener('click', () => {
      if (made.ariaDisabled !== 'true') this.ask({ do: 'input', text, on: made.ariaPressed !== 'true' });
    });
    this.switches.set(text, made);
    return made;
  }

  /**
   * Other data have so many inputs: formulas of more of them can be seen no longer.
   *
   * @param {number} count
   */
  forget(count) {
    for (const [text, made] of this.switches) {
      if (!(text.match(EACH) ?? []).some((input) => Number(input.slice(1)) > count)) continue;
      made.remove();
      this.switches.delete(text);
    }
  }

  /**
   * As they are offered, then what the visitor wrote and switched off. Moved is only what stands elsewhere: it would lose
   * the focus.
   *
   * @param {string[]} offered
   */
  sort(offered) {
    const order = new Set([...offered, ...this.switches.keys()]);
    [...order].forEach((text, place) => {
      const made = /** @type {HTMLButtonElement} */ (this.switches.get(text));
      if (this.root.children[place] !== made) this.root.insertBefore(made, this.root.children[place]);
    });
  }

  /**
   * @param {Scene} scene
   * @param {{ bottom: number, top: number, scale: number, strip: number }} plan
   */
  place({ offered }, { bottom, top, scale, strip }) {
    const on = new Set(offered.filter((offer) => offer.on).map(({ text }) => text));
    this.forget(offered.filter(({ text }) => PLAIN.test(text)).length);
    for (const offer of offered) call(this.switches.get(offer.text) ?? this.add(offer.text), offer);
    this.sort(offered.map(({ text }) => text));
    for (const [text, made] of this.switches) {
      const pressed = String(on.has(text));
      if (made.ariaPressed !== pressed) made.ariaPressed = pressed;
      made.ariaDisabled = String(on.has(text) && on.size < 2); // one input must stay
    }
    const room = bottom - top;
    const high = Math.min(HIGH * scale, room / (this.switches.size + 1) - 3);
    this.root.style.cssText = `top:${top}px;height:${room}px;--high:${high}px;--wide:${strip - 4 * scale}px`;
  }
}

/**
 * Other data call their inputs by other names.
 *
 * @param {HTMLButtonElement} made
 * @param {Offer} offer
 */
function call(made, { label }) {
  const name = tr('See {input}', { input: label });
  if (made.title === name) return;
  Object.assign(made, { textContent: brief(label), title: name });
  made.setAttribute('aria-label', name);
}
