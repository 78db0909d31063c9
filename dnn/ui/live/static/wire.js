// @ts-check
// Frames as they come over the socket; dnn/ui/live/wire.py says how they are laid out.

/** @import { Header } from '../contract.d.ts' */
/** @import { GroupFrame } from '../group_contract.d.ts' */
/** @import { LandscapeFrame } from '../landscape_contract.d.ts' */
/** @import { MapFrame } from '../map_contract.d.ts' */
/** @import { WallFrame } from '../wall_contract.d.ts' */
/** @import { Frame } from '../contract.d.ts' */

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

const PROTOCOL = 'dnn.live';
const UNKNOWN = 4404; // close code: the server does not know this run
const TAKEN = 4409; // close code: a newer connection shows this run
const FOREIGN = 4403; // close code: the server does not trust this page's address, and would refuse it again
const FIRST_WAIT = 250; // milliseconds before the first new try, and between two tries at most
const LONGEST_WAIT = 5000;

/**
 * @template {Frame | GroupFrame | LandscapeFrame | MapFrame | WallFrame} [F=Frame]
 * @param {ArrayBuffer} buffer one message
 * @returns {F}
 */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const decoder = new TextDecoder();
  /** @type {Header} */
  const header = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, length)));
  let start = 4 + length;
  /** @type {Record<string, unknown>} */
  const frame = { header };
  for (const [name, type, shape] of header.parts) {
    const count = shape.reduce((product, n) => product * n, 1);
    const values = new TYPES[type](buffer, start, count);
    frame[name] = name === 'scene' ? JSON.parse(decoder.decode(values)) : values;
    start += values.byteLength + ((4 - (values.byteLength % 4)) % 4);
  }
  return /** @type {F} */ (/** @type {unknown} */ (frame));
}

/**
 * @template {Frame | GroupFrame | LandscapeFrame | MapFrame | WallFrame} F what kind of frames come
 * @typedef {object} Listener
 * @property {() => number} sceneShown the number of the scene that is on screen, -1 for none
 * @property {(frame: F) => void} onFrame
 * @property {(state: 'open' | 'lost' | 'unknown' | 'foreign') => void} onState
 */

/**
 * A connection that asks for frames and keeps two requests on their way; after a break it tries again, ever less often.
 *
 * @template {Frame | GroupFrame | LandscapeFrame | MapFrame | WallFrame} [F=Frame]
 */
export class Connection {
  /**
   * @param {string} url of the socket; after # the token, which is never sent in an address
   * @param {Listener<F>} listener
   */
  constructor(url, { onFrame, onState, sceneShown }) {
    this.url = url;
    this.onFrame = onFrame;
    this.onState = onState;
    this.sceneShown = sceneShown;
    this.wait = FIRST_WAIT;
    this.closed = false;
    /** @type {number | null} shown large: a unit, or one of many runs */
    this.part = null;
    this.socket = this.open();
  }

  open() {
    const [address, token] = this.url.split('#');
    const socket = new WebSocket(address, [PROTOCOL, token]);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.wait = FIRST_WAIT;
      this.onState('open');
      if (this.part !== null) this.look(this.part);
      this.ask();
      this.ask();
    };
    socket.onmessage = (event) => this.onFrame(unpack(event.data));
    socket.onclose = (event) => {
      if (this.closed) return;
      if (event.code === FOREIGN) return this.onState('foreign');
      this.onState(event.code === UNKNOWN ? 'unknown' : 'lost');
      if (event.code === TAKEN) this.wait = LONGEST_WAIT;
      this.timer = setTimeout(() => this.reopen(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
    return socket;
  }

  reopen() {
    if (!this.closed) this.socket = this.open();
  }

  ask() {
    this.send(String(this.sceneShown()));
  }

  /**
   * From now on frames shall bring this part large, a unit or one of many runs; null: none.
   *
   * @param {number | null} part
   */
  look(part) {
    this.part = part;
    this.send(part === null ? 'look' : `look ${part}`);
  }

  /**
   * Whatever else can be asked for; the players in dnn/ui/live list it.
   *
   * @param {string} request
   */
  send(request) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(request);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}
