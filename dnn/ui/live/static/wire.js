// @ts-check
// Frames as they come over the socket; dnn/ui/live/wire.py says how they are laid out.

/** @import { Frame, Header } from '../contract.d.ts' */

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

const UNKNOWN = 4404; // close code: the server does not know this run
const FOREIGN = 4403; // close code: the server does not trust this page's address, and would refuse it again
const FIRST_WAIT = 250; // milliseconds before the first new try, and between two tries at most
const LONGEST_WAIT = 5000;

/**
 * @param {ArrayBuffer} buffer one message
 * @returns {Frame}
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
  return /** @type {Frame} */ (/** @type {unknown} */ (frame));
}

/**
 * @typedef {object} Listener
 * @property {() => number} sceneShown the number of the scene that is on screen, -1 for none
 * @property {(frame: Frame) => void} onFrame
 * @property {(state: 'open' | 'lost' | 'unknown' | 'foreign') => void} onState
 */

// A connection that asks for frames and keeps two requests on their way; after a break it tries again, ever less often.
export class Connection {
  /**
   * @param {string} url
   * @param {Listener} listener
   */
  constructor(url, { onFrame, onState, sceneShown }) {
    this.url = url;
    this.onFrame = onFrame;
    this.onState = onState;
    this.sceneShown = sceneShown;
    this.wait = FIRST_WAIT;
    this.closed = false;
    /** @type {number | null} */
    this.unit = null;
    this.socket = this.open();
  }

  open() {
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.wait = FIRST_WAIT;
      this.onState('open');
      if (this.unit !== null) this.look(this.unit);
      this.ask();
      this.ask();
    };
    socket.onmessage = (event) => this.onFrame(unpack(event.data));
    socket.onclose = (event) => {
      if (this.closed) return;
      if (event.code === FOREIGN) return this.onState('foreign');
      this.onState(event.code === UNKNOWN ? 'unknown' : 'lost');
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
   * From now on frames shall bring this unit large; null: none.
   *
   * @param {number | null} unit
   */
  look(unit) {
    this.unit = unit;
    this.send(unit === null ? 'look' : `look ${unit}`);
  }

  /**
   * Whatever else can be asked for; dnn/ui/live/socket.py lists it.
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
