// The switches at the left edge of the diagram: which formulas the network sees as its inputs.

import { say } from './words.js';

const FORMULAS = '.st-key-fold_inputs_and_weights summary'; // the settings in which a formula can be written
const FIELD = '.st-key-formulas input';
const HIGH = 26, BELOW = 22; // pixels of a switch, and of the words at the foot of the diagram

export const STRIP = 56; // pixels that they take of the diagram's width

export class Inputs {
  // `ask` takes an action for the server, which decides.
  constructor(box, ask) {
    this.root = Object.assign(document.createElement('div'), { className: 'dnn-inputs' });
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', say('Inputs that the network sees'));
    this.own = this.button('+', say('Write a formula of your own'));
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

  place({ offered }, { height, top }) {
    const known = new Map(offered.map((each) => [each.text, each]));
    const last = offered.filter(({ on }) => on).length < 2; // one input must stay
    for (const { text, label } of offered) {
      if (this.switches.has(text)) continue;
      const made = this.button(label, say('See {input}', { input: label }));
      made.addEventListener('click', () => made.ariaDisabled === 'true' || this.ask({ do: 'input', text, on: made.ariaPressed !== 'true' }));
      this.switches.set(text, this.root.insertBefore(made, this.own));
    }
    for (const [text, { ariaPressed }] of this.switches) {
      const made = this.switches.get(text), on = known.get(text)?.on ?? false;
      if (ariaPressed !== String(on)) made.ariaPressed = String(on);
      made.ariaDisabled = String(on && last);
    }
    const room = height - top - BELOW, count = this.switches.size + 1;
    this.root.style.cssText = `top:${top}px;height:${room}px;--high:${Math.min(HIGH, room / count - 3)}px`;
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
