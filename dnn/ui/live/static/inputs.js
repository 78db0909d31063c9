// The switches at the left edge of the diagram: which formulas the network sees as its inputs.

import { brief } from '../../../web/names.js';
import { tr } from './i18n.js';

const FORMULAS = '.st-key-fold_inputs_and_weights summary'; // the settings in which a formula can be written
const FIELD = '.st-key-formulas input';
const HIGH = 26; // pixels of a switch

const PLAIN = /^x\d+$/, EACH = /x\d+/g; // an input by itself, and those in a formula

export const STRIP = 56; // pixels that they take of the diagram's width

export class Inputs {
  // `ask` takes an action for the server, which decides.
  constructor(box, ask) {
    this.root = Object.assign(document.createElement('div'), { className: 'dnn-inputs' });
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', tr('Inputs that the network sees'));
    this.own = this.button('+', tr('Write a formula of your own'));
    this.own.addEventListener('click', unfold);
    this.root.append(this.own);
    this.switches = new Map(); // by formula; one of the visitor's own stays when it is switched off
    this.ask = ask;
    box.append(this.root);
  }

  button(text, name) {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text, title: name });
    made.setAttribute('aria-label', name);
    return made;
  }

  make(text) {
    const made = this.button('', '');
    made.addEventListener('click', () => made.ariaDisabled === 'true' || this.ask({ do: 'input', text, on: made.ariaPressed !== 'true' }));
    this.switches.set(text, made);
    return made;
  }

  // Other data call their inputs by other names.
  call(made, label) {
    const name = tr('See {input}', { input: label });
    if (made.title === name) return;
    Object.assign(made, { textContent: brief(label), title: name });
    made.setAttribute('aria-label', name);
  }

  // Other data have so many inputs: formulas of more of them can be seen no longer.
  forget(count) {
    for (const [text, made] of this.switches) {
      if (!(text.match(EACH) ?? []).some((input) => Number(input.slice(1)) > count)) continue;
      made.remove();
      this.switches.delete(text);
    }
  }

  // As they are offered, then what the visitor wrote and switched off. Moved is only what stands elsewhere: it would lose the focus.
  sort(offered) {
    const order = [...new Set([...offered, ...this.switches.keys()])].map((text) => this.switches.get(text));
    order.forEach((made, place) => {
      if (this.root.children[place] !== made) this.root.insertBefore(made, this.root.children[place]);
    });
  }

  place({ offered }, { bottom, top, scale }) {
    const known = new Map(offered.map((each) => [each.text, each]));
    const last = offered.filter(({ on }) => on).length < 2; // one input must stay
    this.forget(offered.filter(({ text }) => PLAIN.test(text)).length);
    for (const { text, label } of offered) this.call(this.switches.get(text) ?? this.make(text), label);
    this.sort(offered.map(({ text }) => text));
    for (const [text, { ariaPressed }] of this.switches) {
      const made = this.switches.get(text), on = known.get(text)?.on ?? false;
      if (ariaPressed !== String(on)) made.ariaPressed = String(on);
      made.ariaDisabled = String(on && last);
    }
    const room = bottom - top, count = this.switches.size + 1;
    this.root.style.cssText = `top:${top}px;height:${room}px;--high:${Math.min(HIGH * scale, room / count - 3)}px`;
  }
}

// The field for formulas is in the settings, perhaps folded away.
function unfold() {
  if (!document.querySelector(FIELD)) document.querySelector(FORMULAS)?.click();
  let tries = 40;
  const seek = () => {
    const field = document.querySelector(FIELD);
    if (field) field.focus();
    else if (tries--) setTimeout(seek, 50);
  };
  seek();
}
