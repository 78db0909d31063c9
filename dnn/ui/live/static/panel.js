// @ts-check
// The live panel: asks for frames, draws at most one for each animation frame, decides nothing.

import { announce } from './announce.js';
import { Axes } from './axes.js';
import { Background } from './background.js';
import { fetchCharts } from './charts.js';
import { CostChart } from './cost.js';
import { Diagram } from './diagram.js';
import { DiagramEvents } from './diagram_events.js';
import { DiagramSteps } from './diagram_steps.js';
import { find, findAs } from './dom.js';
import { DrawTool } from './draw_tool.js';
import { Figures } from './figures.js';
import { Findings } from './findings.js';
import { Frames, keep } from './frames.js';
import { meaning, setLanguage } from './i18n.js';
import { listenToKeys } from './keyboard.js';
import { leaveRoom } from './leave_room.js';
import { Leaving } from './leaving.js';
import { Opening } from './opening.js';
import { Outbox } from './outbox.js';
import { panelHtml } from './panel_html.js';
import { PanelServer } from './panel_server.js';
import { PlaneChart } from './plane.js';
import { Readout } from './readout.js';
import { classTask } from './streamlit_dom.js';
import { TimeBar } from './time_bar.js';
import { Tour, wasSeen } from './tour.js';

/** @import { Frame, Scene, Sent, State } from '../contract.d.ts' */
/** @import { Most } from './builder.js' */
/** @import { Language } from './i18n.js' */
/** @import { Kept } from './recovery.js' */
/** @import { TourText } from './tour.js' */

/**
 * @typedef {object} Options
 * @property {string} plotlyUrl
 * @property {(state: State) => void} onState hears when the run comes to rest
 * @property {(notice: number) => void} onNotice hears with every frame what the page shall hear of
 * @property {(place: { row: number, stop: string }) => void} onInside opens the page Inside one step
 * @property {(actions: Sent[]) => void} act takes actions to the page
 * @property {(kept: Kept) => void} restore gives the page a run to go on with
 * @property {Most} most
 * @property {Language} language
 */

export class Panel {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, { plotlyUrl, onState, onNotice, onInside, act, restore, most, language }) {
    setLanguage(language);
    this.root = root;
    this.plotlyUrl = plotlyUrl;
    this.leaving = new Leaving();
    this.onState = (/** @type {State} */ state) => this.leaving.tell('state', () => onState(state));
    this.onNotice = (/** @type {number} */ notice) => this.leaving.tell('notice', () => onNotice(notice));
    root.innerHTML = panelHtml();
    /** @type {NodeListOf<HTMLElement>} */
    const explained = root.querySelectorAll('[data-means]');
    for (const element of explained) element.title = meaning(element.dataset.means);
    this.below = find(root, '.dnn-below');
    this.notice = find(root, '.dnn-notice');
    this.diagramBox = find(root, '.dnn-network');
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {Frame | null} the one on screen */
    this.last = null;
    /** @type {Tour | null} */
    this.tour = null;
    this.resized = false;
    this.stopFetching = () => {};
    this.drawn = 0; // frames so far
    this.outbox = new Outbox(act);
    /** @type {Frames<Frame>} */
    this.frames = new Frames(() => this.server.ask(), keep);
    this.server = new PanelServer(this, find(root, '.dnn-notices'), restore);
    this.readout = new Readout(root);
    const canvas = findAs(HTMLCanvasElement, this.diagramBox, 'canvas');
    this.diagram = new Diagram(canvas, findAs(HTMLCanvasElement, this.diagramBox, 'canvas + canvas'));
    this.plane = new PlaneChart(find(root, '.dnn-boundary'), {
      onChange: () => (this.resized = true), // draw again, even while nothing plays
      onCover: (on) => this.drawTool.cover(on),
      notify: (text) => this.notify(text),
      plotlyUrl,
    });
    this.cost = new CostChart(find(root, '.dnn-cost'), (open) => this.server.watchHealth(open));
    this.time = new TimeBar(find(root, '.dnn-cost'), (request) => this.server.send(request));
    this.cost.onPlace = () => this.time.handle.place();
    this.opening = new Opening(this.plane, this.cost);
    this.events = new DiagramEvents(this.diagramBox, this.diagram, this.plane, {
      look: (unit) => this.server.look(unit),
      send: (request) => this.server.send(request),
      ask: (action) => this.outbox.push(action),
      most,
    });
    this.steps = new DiagramSteps(this, onInside);
    this.findings = new Findings(this.cost.box, this.cost.tabs, (action) => this.outbox.push(action));
    this.axes = new Axes(this.below, (request) => this.server.send(request));
    this.drawTool = new DrawTool(this.below, this.axes, (action) => this.outbox.push(action));
    this.outbox.onDone = (number) => this.drawTool.done(number);
    this.background = new Background(find(root, '.dnn-waited'), {
      playing: () => this.last?.header.state === 'playing',
      pull: () => this.frames.pull(),
    });
    this.figures = new Figures(this);
    this.sizes = new ResizeObserver(() => (this.resized = true));
    for (const box of root.querySelectorAll('figure, .dnn-below, .dnn-chart')) this.sizes.observe(box);
    this.above = leaveRoom(root, classTask());
    this.stopKeys = listenToKeys((epochs) => this.time.lookBy(epochs));
    this.tick = this.tick.bind(this);
    this.animation = requestAnimationFrame(this.tick);
  }

  /** @param {string} url of the socket of a run */
  connect(url) {
    this.server.connect(url);
  }

  /** @param {TourText | null} text the first steps, for those who are here for the first time */
  startTour(text) {
    if (text && !this.tour && !wasSeen()) this.tour = new Tour(this.root, text);
  }

  tick() {
    this.animation = requestAnimationFrame(this.tick);
    if (document.hidden) return;
    const frame = this.frames.next();
    if (frame) {
      if (frame.scene && frame.scene.id !== this.scene?.id) this.stage(frame.scene);
      this.draw(frame);
      this.server.ask();
    } else if (this.resized && this.last) {
      this.draw(this.last);
    }
  }

  /**
   * A new scene: other data, layers or colours. The figures come from Python; only the field under them is ours.
   *
   * @param {Scene} scene
   */
  stage(scene) {
    this.scene = scene;
    this.resized = true;
    this.axes.stage(scene);
    this.drawTool.stage(scene);
    this.plane.stage(scene);
    this.cost.stage(scene);
    this.readout.stage(scene);
    this.opening.stage();
  }

  fetchCharts() {
    this.stopFetching = fetchCharts(this.plotlyUrl, () => {
      this.plane.stageChart();
      this.cost.openChart();
      this.resized = true;
    });
  }

  /** @param {Scene} scene */
  resize(scene) {
    this.resized = false;
    this.root.style.setProperty('--below', `${this.below.offsetHeight}px`);
    this.plane.resize();
    this.drawTool.place(this.plane.place());
    this.cost.resize();
    const { clientWidth, clientHeight } = this.diagramBox;
    this.diagram.prepare(scene, clientWidth, clientHeight - this.steps.place());
    this.events.place(scene);
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { scene } = this;
    if (!scene) return;
    this.steps.receive(frame);
    if (this.resized) this.resize(scene);
    this.plane.draw(frame);
    this.diagram.draw(frame, this.plane.picture.field);
    this.events.draw(frame);
    this.steps.draw(scene, this.events.looking);
    this.cost.draw(frame);
    this.time.draw(frame.header);
    this.findings.draw(frame.header.findings);
    if (frame !== this.last) announce(this, frame.header, scene);
    if (!this.last) this.fetchCharts();
    this.last = frame;
  }

  /** @param {string} text shown over the figures; empty: nothing */
  notify(text) {
    if (this.notice.textContent === text) return;
    this.notice.textContent = text;
    this.notice.hidden = !text;
  }

  close() {
    this.stopFetching();
    this.figures.close();
    this.stopKeys();
    this.leaving.close();
    cancelAnimationFrame(this.animation);
    this.server.close();
    this.sizes.disconnect();
    this.above?.disconnect();
    this.outbox.close();
    this.events.close();
    this.drawTool.close();
    this.background.close();
    this.tour?.close();
    this.plane.close();
    this.time.close();
    this.cost.close();
  }
}
