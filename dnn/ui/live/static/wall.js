// @ts-check
// The wall of a class: asks for frames, and shows a tile for every pupil, one of them large.

import { create } from './dom.js';
import { setLanguage, tr } from './i18n.js';
import { notTrusted, Server } from './server.js';
import { load, store } from './storage.js';
import { WallBar } from './wall_bar.js';
import { WallDetail } from './wall_detail.js';
import { emptyWall } from './wall_empty.js';
import { ORDERS } from './wall_order.js';
import { write } from './wall_tile.js';
import { WallTiles } from './wall_tiles.js';

/** @import { WallAction, WallFrame, WallScene } from '../wall_contract.d.ts' */
/** @import { Language } from './i18n.js' */
/** @import { Order } from './wall_order.js' */

const ORDER = 'dnn.wall.order';

/**
 * @typedef {object} Settings what the page says
 * @property {string} code of the class
 * @property {string} address where pupils come in
 * @property {string} qr the address of a picture of the link; empty: none
 * @property {string} goal in words; empty: none
 * @property {boolean} acts whether the teacher looks
 * @property {boolean} frozen whether training waits on all pages
 * @property {[number, number]} compares how many can be compared, the fewest and the most
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {{ language: Language, tell: (name: string, value: unknown) => void }} options
   */
  constructor(root, { language, tell }) {
    setLanguage(language);
    this.page = root;
    this.tell = tell;
    this.root = create('div', { className: 'dnn-wall' });
    this.notice = create('p', { className: 'dnn-notice', hidden: true });
    this.news = create('p', { className: 'dnn-wall-news' }); // who came and who reached the goal, to be read out
    for (const each of [this.notice, this.news]) each.setAttribute('role', 'status');
    this.empty = create('div', { className: 'dnn-wall-empty', hidden: true });
    const stored = /** @type {Order} */ (load(ORDER));
    const order = ORDERS.includes(stored) ? stored : 'name';
    this.tiles = new WallTiles({
      order,
      onPress: ({ id }) => this.choose(id === this.large ? null : id),
      onChoice: () => this.count(),
    });
    this.detail = new WallDetail({ onAct: (action) => this.act(action), onClose: () => this.choose(null) });
    this.bar = new WallBar({
      order,
      onOrder: (chosen) => {
        store(ORDER, chosen);
        this.tiles.sort(chosen);
      },
      onCompare: () => this.act({ do: 'compare', ids: this.tiles.chosen }),
      onBig: () => this.enlarge(),
    });
    const body = create('div', { className: 'dnn-wall-body' });
    body.append(this.tiles.root, this.empty, this.detail.root);
    this.root.append(this.bar.root, this.notice, body, this.news);
    root.replaceChildren(this.root);
    /** @type {WallFrame[]} that have come and are not drawn */
    this.frames = [];
    /** @type {WallScene | null} */
    this.scene = null;
    /** @type {number | null} the tile that is shown large */
    this.large = null;
    /** @type {Settings} */
    this.settings = { code: '', address: '', qr: '', goal: '', acts: false, frozen: false, compares: [2, 6] };
    this.drawn = 0;
    /** @type {Server<WallFrame>} */
    this.server = new Server({
      onFrame: (frame) => this.frames.push(frame),
      onBack: () => this.notify(''),
      onLost: (foreign) =>
        this.notify(foreign ? notTrusted() : tr('The connection to the server is lost; trying again …')),
    });
    this.root.addEventListener('keydown', (event) => this.key(event));
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.root);
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  /** @param {Settings} settings */
  update(settings) {
    this.settings = settings;
    this.detail.allows(settings.acts);
    this.tiles.choose(settings.acts);
    this.bar.update(settings);
    this.empty.replaceChildren(...emptyWall(settings));
    this.count();
  }

  /** @param {string} url of the socket of a wall */
  connect(url) {
    if (this.server.url && this.server.url !== url) {
      this.frames = [];
      this.choose(null);
      this.tiles.clear();
    }
    this.server.connect(url);
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    if (document.hidden) return;
    for (const frame of this.frames.splice(0)) {
      this.draw(frame);
      this.server.ask();
    }
    this.tiles.settle();
  }

  /** @param {WallFrame} frame */
  draw({ header, maps, scene }) {
    const before = this.tiles.size;
    if (scene) {
      this.scene = scene;
      for (const tile of this.tiles.all.values()) tile.draw(null, scene);
    }
    if (!this.scene) return;
    const size = this.scene.side ** 2;
    const news = [];
    let at = 0;
    for (const said of header.tiles) {
      const was = this.tiles.at(said.id)?.tile;
      const tile = this.tiles.update(said, this.scene);
      tile.draw(said.mapped && maps ? maps.slice(at * size, ++at * size) : null, this.scene);
      if (!was && this.drawn) news.push(tr('{name} has joined', { name: said.name }));
      else if (was?.reached === null && said.reached !== null) {
        news.push(tr('{name} has reached the goal', { name: said.name }));
      }
    }
    if (this.tiles.keep(header.ids).some(({ id }) => id === this.large)) this.choose(null);
    if (news.length) write(this.news, news.join('. '));
    this.notify(header.reason);
    if (header.detail) this.detail.say(header.detail);
    const large = this.tiles.at(this.large);
    if (large) this.detail.draw(large, this.scene);
    this.count();
    if (this.tiles.size !== before) this.fit();
    this.page.dataset.frame = String(++this.drawn);
    if (this.page.dataset.state === header.state) return;
    this.page.dataset.state = header.state;
    if (header.state === 'ended') this.tell('stopped', header.state);
  }

  count() {
    this.empty.hidden = this.tiles.size > 0;
    this.tiles.root.hidden = !this.tiles.size;
    this.bar.say(this.tiles.said, this.settings.goal !== '');
    this.bar.count(this.tiles.chosen.length, this.settings.compares);
  }

  /** @param {number | null} id to be shown large; null: none */
  choose(id) {
    const [before, tile] = [this.tiles.at(this.large), this.tiles.at(id)];
    this.large = tile ? id : null;
    for (const each of this.tiles.all.values()) each.mark(each === tile);
    this.detail.stage(tile ?? null);
    this.root.toggleAttribute('data-large', !!tile);
    this.server.look(this.large);
    if (tile && this.scene) {
      this.detail.draw(tile, this.scene);
      this.detail.root.scrollIntoView({ block: 'nearest' });
    } else if (before?.root.isConnected) before.button.focus({ preventScroll: true });
    this.fit();
  }

  /** @param {WallAction} action */
  act(action) {
    this.tell('chosen', { ...action, at: Date.now() });
    if (document.fullscreenElement && (action.do === 'open' || action.do === 'compare')) document.exitFullscreen();
  }

  async enlarge() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.root.requestFullscreen();
  }

  fit() {
    const big = document.fullscreenElement === this.root;
    this.root.classList.toggle('dnn-big', big);
    this.bar.isBig(big);
    this.tiles.fit(big);
  }

  /** @param {KeyboardEvent} event Escape closes the large tile */
  key(event) {
    if (event.key !== 'Escape' || this.large === null) return;
    this.choose(null);
    event.preventDefault();
  }

  /** @param {string} text */
  notify(text) {
    write(this.notice, text);
    this.notice.hidden = !text;
  }

  close() {
    cancelAnimationFrame(this.animation);
    this.sizes.disconnect();
    this.server.close();
  }
}
