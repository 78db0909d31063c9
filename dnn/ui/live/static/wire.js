// Frames as they come over the socket; dnn/ui/live/wire.py says how they are laid out.

const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let start = 4 + length;
  const frame = { header };
  for (const [name, type, shape] of header.parts) {
    const count = shape.reduce((product, n) => product * n, 1);
    frame[name] = new TYPES[type](buffer, start, count);
    const bytes = frame[name].byteLength;
    start += bytes + ((4 - (bytes % 4)) % 4);
  }
  if (frame.scene) frame.scene = JSON.parse(new TextDecoder().decode(frame.scene));
  return frame;
}

// A connection that asks for frames and keeps two requests on their way; after a break it tries again, ever less often.
export class Connection {
  constructor(url, { onFrame, onState, sceneShown }) {
    Object.assign(this, { url, onFrame, onState, sceneShown, wait: 250, closed: false });
    this.open();
  }

  open() {
    if (this.closed) return;
    const socket = (this.socket = new WebSocket(this.url));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.wait = 250;
      this.onState('open');
      if (this.unit != null) this.look(this.unit);
      this.ask();
      this.ask();
    };
    socket.onmessage = (event) => this.onFrame(unpack(event.data));
    socket.onclose = (event) => {
      if (this.closed) return;
      this.onState(event.code === 4404 ? 'unknown' : 'lost');
      this.timer = setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(this.wait * 2, 5000);
    };
  }

  ask() {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(String(this.sceneShown()));
  }

  // From now on frames shall bring this unit large; null: none.
  look(unit) {
    this.unit = unit;
    this.send(unit === null ? 'look' : `look ${unit}`);
  }

  // Whatever else can be asked for; dnn/ui/live/socket.py lists it.
  send(words) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(words);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}
