// @ts-check
// Step by step on the diagram: one example goes forward, its error comes back, the weights move. The server has the numbers
// (dnn/ui/live/diagram_steps.py) and says whether an example is followed; where one stands on its way is known here alone.

import { fit } from '../../../web/paint.js';
import { closest, create, createButton, find } from './dom.js';
import { chosenUnit, followedIn } from './example_numbers.js';
import { paintExample } from './example_paint.js';
import { stopsOf, titleOf } from './example_stops.js';
import { noteOf, sentenceOf } from './example_words.js';
import { placeOf } from './geometry.js';
import { tr } from './i18n.js';
import { later } from './later.js';
import { pressButton, STREAMLIT } from './streamlit_dom.js';

/** @import { Frame, Scene } from '../contract.d.ts' */
/** @import { Followed } from './example_numbers.js' */
/** @import { Panel } from './panel.js' */
/** @typedef {{ row: number, stop: string }} Place on the page Inside one step */

/** @type {Record<string, number>} */
const WAYS = { ArrowLeft: -1, ArrowRight: 1 };
const STANDS = { at: 0 }; // the number of the stop; outlives a panel that Streamlit takes away and mounts anew

export class DiagramSteps {
  /**
   * @param {Panel} panel whose diagram has its bar already
   * @param {(place: Place) => void} onInside opens the page Inside one step
   */
  constructor(panel, onInside) {
    const { diagramBox: box, diagram } = panel;
    this.box = box;
    this.diagram = diagram;
    /** @type {(request: string) => void} takes a request to the server */
    this.send = (request) => panel.server.send(request);
    /** the diagram has more or less room */
    this.onResize = () => {
      panel.resized = true;
    };
    /** @type {Scene} */
    this.scene = later();
    /** @type {Followed | null} */
    this.followed = null;
    /** @type {number | null} the unit that is pointed at, or has the focus */
    this.pointed = null;
    this.asked = false;
    this.high = 0;
    this.button = create('button', { type: 'button', textContent: tr('steps') });
    this.button.setAttribute('aria-label', tr('One example in steps'));
    this.button.title = tr('One example goes forward, its error comes back, the weights move: a click for each layer');
    this.button.setAttribute('aria-expanded', 'false');
    this.button.addEventListener('click', () => this.toggle());
    find(box, '.dnn-diagram-bar > div').append(this.button);
    this.canvas = create('canvas', { hidden: true });
    this.canvas.setAttribute('aria-hidden', 'true');
    find(box, 'canvas + canvas').after(this.canvas);
    this.back = createButton(tr('Back'), tr('The stop before (←)'));
    this.next = createButton(tr('Next'), tr('The stop after (→)'));
    this.inside = createButton(
      tr('Inside one step'),
      tr('The matrices of this stop, with the code that computes them'),
    );
    this.train = create('button', { type: 'button', hidden: true });
    this.title = create('strong');
    this.sentence = create('p');
    this.note = create('p', { className: 'dnn-steps-note' });
    this.row = create('input', { type: 'number', min: '1', step: '1' });
    this.root = this.build();
    this.back.addEventListener('click', () => this.go(-1));
    this.next.addEventListener('click', () => this.go(1));
    this.inside.addEventListener('click', () => {
      if (this.followed) onInside({ row: this.followed.example.row, stop: this.stop.id });
    });
    this.train.addEventListener('click', () => {
      STANDS.at = 0;
      pressButton(this.train.dataset.presses ?? '');
    });
    this.row.addEventListener('change', () => this.follow(Number(this.row.value) - 1));
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  build() {
    const root = create('section', { className: 'dnn-steps', hidden: true });
    root.setAttribute('aria-label', tr('One example, step by step'));
    const bar = create('div');
    const label = create('label', { textContent: `${tr('Example')} ` });
    const close = createButton('×', tr('Close'));
    close.addEventListener('click', () => this.close());
    label.append(this.row);
    bar.append(this.back, this.next, this.title, label, this.inside, close);
    const words = create('div');
    words.setAttribute('role', 'status');
    const last = create('div', { className: 'dnn-steps-last' });
    last.append(this.note, this.train);
    words.append(this.sentence, last);
    root.append(bar, words);
    this.box.append(root);
    return root;
  }

  get stops() {
    return stopsOf(this.scene.sizes.length - 1);
  }

  get stop() {
    const { stops } = this;
    return stops[Math.min(STANDS.at, stops.length - 1)];
  }

  toggle() {
    if (this.followed) return this.close();
    STANDS.at = 0;
    this.asked = true;
    this.send('steps worst');
  }

  /** @param {number} row of the training examples */
  follow(row) {
    const { trained } = this.scene;
    if (Number.isInteger(row)) this.send(`steps ${Math.max(0, Math.min(row, trained - 1))}`);
  }

  close() {
    this.send('steps off');
    this.button.focus();
  }

  /** @param {number} by */
  go(by) {
    STANDS.at = Math.max(0, Math.min(this.stops.length - 1, STANDS.at + by));
    this.draw(this.scene, this.pointed);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.close();
    else if (WAYS[event.key] && !closest(event, 'input')) this.go(WAYS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * A frame has come, which says whether an example is followed.
   *
   * @param {Frame} frame
   */
  receive(frame) {
    const before = this.followed;
    this.followed = followedIn(frame);
    const open = this.followed !== null;
    if (open === (before !== null)) return;
    this.root.hidden = this.canvas.hidden = !open;
    this.box.closest('.dnn-stage')?.classList.toggle('dnn-stepping', open);
    this.button.setAttribute('aria-expanded', String(open));
    this.onResize();
  }

  // How much room it takes of the diagram's.
  place() {
    this.high = this.root.offsetHeight;
    this.box.style.setProperty('--steps', `${this.high}px`);
    return this.high;
  }

  /**
   * @param {Scene} scene
   * @param {number | null} pointed the unit that is pointed at
   */
  draw(scene, pointed) {
    this.scene = scene;
    this.pointed = pointed;
    this.button.disabled = scene.trained === 0;
    const { followed, diagram } = this;
    if (!followed) return;
    const { stop, stops } = this;
    STANDS.at = stops.findIndex(({ id }) => id === stop.id);
    const unit = this.unit(followed);
    const context = fit(this.canvas, diagram.width, diagram.height, diagram.ratio);
    paintExample(context, diagram, followed, stop, unit);
    this.write(followed, unit);
    if (this.asked) {
      this.asked = false;
      this.next.focus();
      this.root.scrollIntoView({ block: 'nearest' });
    }
    if (this.root.offsetHeight !== this.high) this.onResize();
  }

  /** @param {Followed} followed */
  unit(followed) {
    const { scene, stop, pointed } = this;
    const layer = Math.max(1, stop.layer);
    if (pointed !== null) {
      const { l } = placeOf(scene.sizes, pointed);
      if (l === layer || (stop.part === 'new' && l > 0)) return pointed;
    }
    return chosenUnit(scene.sizes, followed, layer);
  }

  /**
   * @param {Followed} followed
   * @param {number} unit
   */
  write(followed, unit) {
    const { scene, stop, stops, root } = this;
    const { row } = followed.example;
    root.dataset.stop = stop.id;
    put(this.title, `${STANDS.at + 1} / ${stops.length} · ${titleOf(stop, scene.sizes.length - 1)}`);
    put(this.sentence, sentenceOf(scene, followed, stop, unit));
    put(this.note, stop.part === 'new' ? noteOf(followed.example) : '');
    this.back.ariaDisabled = String(STANDS.at === 0);
    this.next.ariaDisabled = String(STANDS.at === stops.length - 1);
    this.row.max = String(scene.trained);
    if (document.activeElement !== this.row || Number(this.row.value) > scene.trained) this.row.value = String(row + 1);
    this.offerTraining(stop.part === 'new');
  }

  /**
   * The button that trains in earnest presses the page's own, which differs from page to page.
   *
   * @param {boolean} last whether it is the last stop
   */
  offerTraining(last) {
    const key = ['batch', 'step'].find((key) => document.querySelector(`${STREAMLIT.button(key)}:not(:disabled)`));
    this.train.hidden = !last || !key;
    if (!key) return;
    this.train.dataset.presses = key;
    put(this.train, key === 'batch' ? tr('Train with one batch') : tr('Train for one epoch'));
  }
}

/**
 * What is read out is what changes.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
