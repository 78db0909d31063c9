// @ts-check
// The trainability map on screen: asks for frames, draws them, and says what is pointed at. Drag to zoom, click to open.

import { create, find, findAs } from './dom.js';
import { setLanguage, tr } from './i18n.js';
import { MapEvents } from './map_events.js';
import { FINEST, MapPicture, outcome, written } from './map_picture.js';
import { notTrusted, Server } from './server.js';

/** @import { MapAction, MapAxis, MapFrame, MapHeader, MapScene } from '../map_contract.d.ts' */
/** @import { Language } from './i18n.js' */
/** @import { Place } from './map_events.js' */
/** @import { Part } from './map_picture.js' */

const html = () => `
<p class="dnn-notice" role="status" hidden></p>
<div class="dnn-map-plot">
  <div class="dnn-map-up"><span></span><div></div></div>
  <div class="dnn-map-stage" tabindex="0" role="application">
    <canvas width="${FINEST}" height="${FINEST}" aria-hidden="true"></canvas>
    <div class="dnn-map-part" hidden></div>
    <div class="dnn-map-cursor" hidden></div>
  </div>
  <div class="dnn-map-across"><div></div><span></span></div>
</div>
<div class="dnn-map-legend" aria-hidden="true"><span>${tr('converges quickly')}</span><i></i><span>${tr('slowly')}</span><i></i><span>${tr('diverges quickly')}</span></div>
<p class="dnn-map-readout" aria-live="polite"></p>
<p class="dnn-map-progress"><progress max="1"></progress> <span></span></p>`;

export class Panel {
  /**
   * @param {HTMLElement} box
   * @param {object} options
   * @param {(name: string, value: MapAction) => void} options.tell takes actions to the page
   * @param {Language} options.language
   */
  constructor(box, { tell, language }) {
    setLanguage(language);
    this.tell = tell;
    const root = create('div', { className: 'dnn-map', innerHTML: html() });
    box.replaceChildren(root);
    this.root = root;
    this.notice = find(root, '.dnn-notice');
    this.stage = find(root, '.dnn-map-stage');
    this.readout = find(root, '.dnn-map-readout');
    this.progress = find(root, '.dnn-map-progress');
    const context = findAs(HTMLCanvasElement, root, 'canvas').getContext('2d');
    if (!context) throw new Error('no canvas');
    this.context = context;
    this.outcomes = [tr('converges quickly'), tr('converges slowly'), tr('diverges slowly'), tr('diverges quickly')];
    this.picture = new MapPicture();
    this.image = new ImageData(new Uint8ClampedArray(this.picture.colors.buffer), FINEST, FINEST);
    /** @type {MapScene | null} */
    this.scene = null;
    /** @type {MapFrame[]} that have come and are not drawn */
    this.frames = [];
    this.asked = -1; // the window that is to be left: nothing more is asked of it
    /** @type {Server<MapFrame>} */
    this.server = new Server({
      onFrame: (frame) => this.frames.push(frame),
      onBack: () => {
        this.notify('');
        this.tellSize();
      },
      onLost: (foreign) =>
        this.notify(foreign ? notTrusted() : tr('The connection to the server is lost; trying again …')),
    });
    this.sizes = new ResizeObserver(() => this.tellSize());
    this.sizes.observe(this.stage);
    this.events = new MapEvents(this.stage, {
      onPoint: (place) => this.say(place),
      onZoom: (part) => this.zoom(part),
      onOpen: (place) => this.open(place),
      onBack: (back) => this.send({ do: back }),
    });
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  /** @param {string} url of the socket of a map */
  connect(url) {
    this.server.connect(url);
  }

  // The page has done what was asked for.
  update() {
    this.asked = -1;
  }

  /**
   * Say which network is at a place and what becomes of it.
   *
   * @param {Place | null} place
   */
  say(place) {
    const { scene } = this;
    const cell = place && this.picture.cell(...place);
    if (!scene || !cell) {
      if (!place) this.readout.textContent = '';
      return;
    }
    const rate = written(scene.rates, cell.column / cell.side);
    const scale = written(scene.scales, cell.row / cell.side);
    const what = this.outcomes[outcome(cell.shade)];
    this.readout.textContent = tr('Learning rate {rate}, scale {scale}: {what}', { rate, scale, what });
  }

  /** @param {Part} part */
  zoom(part) {
    if (!this.send({ do: 'zoom', ...part })) return;
    this.picture.stretch(part);
    this.context.putImageData(this.image, 0, 0);
  }

  /** @param {Place} place */
  open([x, y]) {
    const cell = this.picture.cell(x, y);
    if (!cell) return;
    const { column, row, side } = cell;
    this.send({ do: 'open', column, row, side });
  }

  /**
   * Ask the page for something, once in each window: it is another one then.
   *
   * @param {Record<string, unknown>} action
   */
  send(action) {
    const { window } = this.picture;
    if (!this.scene || this.asked === window) return false;
    this.asked = window;
    this.tell('chosen', /** @type {MapAction} */ ({ ...action, window }));
    return true;
  }

  // A finer picture than the screen can show is not asked for.
  tellSize() {
    const pixels = Math.ceil(this.stage.clientWidth * devicePixelRatio);
    if (pixels) this.server.send(`finest ${Math.max(16, Math.min(FINEST, pixels))}`);
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    const frames = this.frames.splice(0);
    for (const frame of frames) {
      if (frame.scene) this.show(frame.scene);
      if (frame.palette) this.color(frame.palette);
      this.picture.load(frame);
    }
    const last = frames.at(-1);
    if (!last) return;
    this.context.putImageData(this.image, 0, 0);
    this.report(last.header);
    for (const _ of frames) this.server.ask();
  }

  /**
   * The legend is in the colours of the picture.
   *
   * @param {Uint8Array} palette
   */
  color(palette) {
    const [converged, diverged] = this.root.querySelectorAll('.dnn-map-legend i');
    for (const [bar, first] of /** @type {[HTMLElement, number][]} */ ([
      [converged, 1],
      [diverged, 129],
    ])) {
      const colors = [0, 42, 84, 126].map(
        (step) => `rgb(${palette.subarray(3 * (first + step), 3 * (first + step) + 3)})`,
      );
      bar.style.setProperty('--colors', `linear-gradient(to right, ${colors})`);
    }
  }

  /** @param {MapScene} scene */
  show(scene) {
    if (scene.window !== this.scene?.window) {
      this.asked = -1;
      this.readout.textContent = '';
    }
    this.scene = scene;
    this.axis('.dnn-map-across', scene.across, 'left');
    this.axis('.dnn-map-up', scene.up, 'bottom');
    const keys = tr('Arrows move the cursor, Enter opens the network there, + zooms in, - goes back.');
    this.stage.setAttribute('aria-label', `${scene.alt} ${keys}`);
  }

  /**
   * @param {string} selector
   * @param {MapAxis} axis
   * @param {'left' | 'bottom'} side from which its ticks are placed
   */
  axis(selector, { title, ticks }, side) {
    find(this.root, `${selector} > span`).textContent = title;
    const texts = ticks.map(([share, textContent]) => {
      const tick = create('span', { textContent });
      tick.style[side] = `${100 * share}%`;
      return tick;
    });
    find(this.root, `${selector} > div`).replaceChildren(...texts);
  }

  /** @param {MapHeader} header */
  report({ side, done, networks, state, reason, window }) {
    this.notify(reason);
    const { dataset } = this.root;
    Object.assign(dataset, { state, side: String(side), window: String(window), networks: String(networks) });
    const [bar, text] = this.progress.children;
    /** @type {HTMLElement} */ (bar).hidden = state === 'ended';
    /** @type {HTMLProgressElement} */ (bar).value = done;
    const count = networks.toLocaleString(document.documentElement.lang || undefined);
    text.textContent =
      state === 'ended'
        ? tr('{count} networks trained', { count })
        : tr('{count} networks trained; on the way to {side} × {side}', { count, side });
  }

  /** @param {string} text shown over the picture; empty: nothing */
  notify(text) {
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  close() {
    cancelAnimationFrame(this.animation);
    this.sizes.disconnect();
    this.server.close();
  }
}
