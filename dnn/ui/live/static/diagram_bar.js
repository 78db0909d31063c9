// @ts-check
// In the corner of the diagram: the switch for what the edges show, and what the marks of units mean.

import { create } from './dom.js';
import { tr } from './i18n.js';
import { hiddenStates, STATE_TEXTS } from './unit_states.js';

/** @import { Frame } from '../contract.d.ts' */
/** @import { UnitState } from './unit_states.js' */

/** @type {UnitState[]} */
const STATES = ['dead', 'saturated'];

export class DiagramBar {
  /**
   * @param {HTMLElement} box of the diagram
   * @param {(request: string) => void} send takes a request to the server
   */
  constructor(box, send) {
    this.box = box;
    this.button = create('button', { type: 'button', textContent: tr('gradient') });
    this.button.setAttribute('aria-pressed', 'false');
    this.button.setAttribute('aria-label', tr('Edges show the gradient'));
    this.button.title = tr(
      'Edges show how much the cost changes with each weight, ∂J/∂w, over the training examples: blue where it rises with the weight, dashed orange where it falls. The widest is the largest, and one a thousand times smaller is the thinnest.',
    );
    this.button.addEventListener('click', () => send(this.pressed ? 'edges weight' : 'edges gradient'));
    this.pressed = false;
    /** @type {Record<UnitState, HTMLElement>} */
    this.states = { dead: this.legendOf('dead'), saturated: this.legendOf('saturated') };
    this.root = create('div', { className: 'dnn-diagram-bar' });
    const buttons = create('div');
    buttons.append(this.button);
    this.root.append(buttons, this.states.dead, this.states.saturated);
    box.append(this.root);
  }

  /** @param {UnitState} state */
  legendOf(state) {
    const { legend, words } = STATE_TEXTS[state];
    const element = create('span', { textContent: legend(), title: words(), hidden: true });
    const described = create('span', { id: `dnn-${state}`, textContent: words(), hidden: true });
    this.box.append(described);
    return element;
  }

  /** @param {Frame} frame */
  draw(frame) {
    const pressed = frame.edge_gradients !== undefined;
    if (pressed !== this.pressed) this.button.setAttribute('aria-pressed', String(pressed));
    this.pressed = pressed;
    const states = hiddenStates(frame);
    for (const state of STATES) {
      const hidden = !states.includes(state);
      if (this.states[state].hidden !== hidden) this.states[state].hidden = hidden;
    }
  }
}
