// @ts-check
// One of the compared runs: its name and line, its boundary, its network small, and its numbers.

import { crossings, fit } from '../../../web/paint.js';
import { create, createButton } from './dom.js';
import { CellPicture, cellWords, MARKS, mapOf } from './group_cell.js';
import { tr } from './i18n.js';
import { SmallDiagram } from './small_diagram.js';

/** @import { GroupCell, GroupFrame, GroupScene } from '../group_contract.d.ts' */
/** @import { Settings } from './compare.js' */

const SVG = 'http://www.w3.org/2000/svg';

// How Plotly's dashes look, for the sample of a line beside its name.
/** @type {Record<string, string>} */
export const DASHES = {
  solid: '',
  dash: '7 4',
  dot: '2 3',
  dashdot: '7 3 2 3',
  longdash: '12 4',
  longdashdot: '12 3 2 3',
};

/**
 * A short piece of a run's line.
 *
 * @param {string} color
 * @param {string} dash
 */
export function lineSample(color, dash) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 28 8');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('dnn-line-sample');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M0 4h28');
  line.setAttribute('stroke', color);
  line.setAttribute('stroke-width', '3');
  line.setAttribute('stroke-dasharray', DASHES[dash] ?? '');
  svg.append(line);
  return svg;
}

export class CompareCard {
  /**
   * @param {GroupScene} scene
   * @param {GroupCell} cell
   * @param {() => void} open the run in the playground
   * @param {(() => void) | null} leave the run out; null where too few would be left
   */
  constructor(scene, cell, open, leave) {
    this.scene = scene;
    this.cell = cell;
    this.root = create('figure', { className: 'dnn-compare-card' });
    this.head = create('div', { className: 'dnn-compare-head' });
    this.line = create('span');
    this.title = create('button', { type: 'button', className: 'dnn-compare-name' });
    this.title.addEventListener('click', open);
    this.head.append(this.line, this.title);
    if (leave) {
      const button = createButton('✕', tr('Leave out'));
      button.addEventListener('click', leave);
      this.head.append(button);
    }
    this.views = create('div', { className: 'dnn-compare-views' });
    this.picture = new CellPicture();
    this.picture.stage(scene, cell);
    this.picture.root.setAttribute('role', 'img');
    this.boundary = create('canvas');
    this.picture.root.append(this.boundary); // the examples come over it
    this.picture.root.addEventListener('click', open);
    this.diagram = new SmallDiagram(cell.sizes, scene.colors);
    this.views.append(this.picture.root, this.diagram.canvas);
    this.words = create('p', { className: 'dnn-compare-words' });
    this.mark = create('span', { className: 'dnn-cell-mark' });
    this.text = create('span');
    this.words.append(this.mark, this.text);
    this.root.append(this.head, this.views, this.words);
    this.called = '';
  }

  /**
   * @param {Settings} settings
   * @param {number} place
   */
  name({ names, colors, dashes, opens }, place) {
    this.called = names[place] ?? '';
    this.title.textContent = this.called;
    this.title.title = opens ? tr('Go on with this run in the playground') : '';
    this.title.disabled = !opens;
    if (colors[place]) this.line.replaceChildren(lineSample(colors[place], dashes[place]));
  }

  resize() {
    this.picture.resize(this.picture.root.clientWidth);
    this.diagram.resize();
  }

  /**
   * @param {GroupFrame} frame
   * @param {number} place
   * @param {number} from the first of its weights in the frame
   * @param {number} to
   * @param {boolean} says whether words are changed too
   */
  draw(frame, place, from, to, says) {
    const map = mapOf(frame, this.scene, place);
    this.picture.draw(map);
    if (this.cell.task === 'binary') this.drawBoundary(map);
    if (frame.edges && frame.weights) {
      this.diagram.draw(frame.edges.subarray(from, to), frame.weights.subarray(from, to), frame.header.state);
    }
    if (!says) return;
    const words = this.cell.problem || cellWords(frame, place);
    this.mark.textContent = MARKS[frame.states[place]];
    this.text.textContent = words;
    this.picture.root.setAttribute('aria-label', tr('Boundary of {name}: {words}', { name: this.called, words }));
  }

  // Where two classes are equally likely.
  /** @param {Uint8Array} map */
  drawBoundary(map) {
    const { side, colors } = this.scene;
    const { clientWidth: w, clientHeight: h } = this.picture.root;
    const context = fit(this.boundary, w, h);
    context.clearRect(0, 0, w, h);
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.beginPath();
    crossings(map, side, 127.5, (x0, y0, x1, y1) => {
      context.moveTo((x0 * w) / (side - 1), (y0 * h) / (side - 1));
      context.lineTo((x1 * w) / (side - 1), (y1 * h) / (side - 1));
    });
    context.stroke();
  }

  close() {
    this.root.remove();
  }
}
