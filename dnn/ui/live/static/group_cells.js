// @ts-check
// Many runs side by side, each with its map, its state and its numbers.

import { create } from './dom.js';
import { CellPicture, cellWords, MARKS, mapOf } from './group_cell.js';
import { GroupStream } from './group_stream.js';
import { setLanguage } from './i18n.js';

/** @import { GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Language } from './i18n.js' */

const WORDS_EVERY = 250; // milliseconds between two changes of the words

/**
 * @typedef {object} Options
 * @property {Language} language
 * @property {(name: string, value: unknown) => void} tell the page
 */

/**
 * @typedef {object} Settings
 * @property {string[]} names of the runs
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, { language, tell }) {
    setLanguage(language);
    this.stream = new GroupStream(root, {
      stage: (scene) => this.stage(scene),
      draw: (frame, scene) => this.draw(frame, scene),
      onState: (state) => tell('stopped', state),
    });
    this.cells = create('div', { className: 'dnn-cells' });
    root.replaceChildren(this.stream.notices, this.cells);
    /** @type {(Record<'figure' | 'name' | 'mark' | 'words', HTMLElement> & { picture: CellPicture })[]} */
    this.parts = [];
    /** @type {string[]} */
    this.names = [];
    this.saidAt = 0;
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.cells);
  }

  /** @param {Settings} settings what the page says of the runs */
  update({ names }) {
    this.names = names;
    this.stream.redraw();
  }

  /** @param {string} url of the socket of the runs */
  connect(url) {
    this.stream.connect(url);
  }

  /** @param {GroupScene} scene */
  stage(scene) {
    this.parts = scene.cells.map((cell) => {
      const picture = new CellPicture();
      picture.stage(scene, cell);
      const [name, mark, words] = ['dnn-cell-name', 'dnn-cell-mark', 'dnn-cell-words'].map((className) =>
        create('span', { className }),
      );
      const figure = create('figure', { className: 'dnn-cell' });
      const line = create('figcaption');
      line.append(mark, words);
      figure.append(name, picture.root, line);
      return { figure, picture, name, mark, words };
    });
    this.cells.replaceChildren(...this.parts.map(({ figure }) => figure));
    this.resize();
    this.saidAt = 0;
  }

  resize() {
    for (const { picture } of this.parts) picture.resize(picture.root.clientWidth);
  }

  /**
   * @param {GroupFrame} frame
   * @param {GroupScene} scene
   */
  draw(frame, scene) {
    const now = performance.now();
    const says = frame.header.state !== 'playing' || now - this.saidAt > WORDS_EVERY;
    if (says) this.saidAt = now;
    this.parts.forEach(({ picture, name, mark, words }, cell) => {
      picture.draw(mapOf(frame, scene, cell));
      if (!says) return;
      const run = scene.cells[cell].run;
      name.textContent = this.names[run] ?? '';
      mark.textContent = MARKS[frame.states[cell]];
      words.textContent = scene.cells[cell].problem || cellWords(frame, cell);
    });
  }

  close() {
    this.sizes.disconnect();
    this.stream.close();
  }
}
