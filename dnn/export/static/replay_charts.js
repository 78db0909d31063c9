// The two charts: the plane with the network's answers over it, and the cost against the epoch.

const LETTERS = '12px system-ui, sans-serif';

// A number in as few digits as a label needs.
function compact(value) {
  const size = Math.abs(value);
  const text = size && (size >= 1e5 || size < 1e-3) ? value.toExponential(1).replace('.0e', 'e').replace('e+', 'e') : String(Number(value.toPrecision(3)));
  return text.replace('-', '−');
}

// Round numbers between two, so many at most: 1, 2 or 5 times a power of ten apart.
function ticks(low, high, most) {
  const wanted = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= wanted * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return step > 0 && Number.isFinite(step) ? Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step) : [low];
}

// The words beside an axis are set in the middle of it; a name that is too long is cut.
function titled(context, text, x, y, room, turned) {
  context.save();
  context.translate(x, y);
  if (turned) context.rotate(-Math.PI / 2);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(fitting(context, text, room), 0, 0);
  context.restore();
}

// The plane: the field, the line between the classes, and the examples: filled for training, rings for testing.

function drawBoundary() {
  const { context, w, h, top } = boardOf('boundary');
  const [x1, x2, y1, y2] = scene.bounds;
  const [across, up] = scene.axes;
  context.font = LETTERS;
  const rows = up ? ticks(y1, y2, 5) : [];
  const beside = Math.max(0, ...rows.map((value) => context.measureText(compact(value)).width)) + (up ? 30 : 12);
  const size = Math.max(20, Math.min(w - beside - 16, h - top - 46));
  const [left, x, y] = [beside + (w - beside - 16 - size) / 2, (value) => left + ((value - x1) / (x2 - x1)) * size, (value) => top + ((y2 - value) / (y2 - y1)) * size];
  const values = frameOf(FIELDS, outputs * side * side);
  if (outputs > 1) field.mix(values, theme.mixed);
  else field.paint(values, theme.colors);
  context.imageSmoothingEnabled = true;
  context.drawImage(field.canvas, left, top, size, size);
  context.fillStyle = theme.muted;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const value of ticks(x1, x2, size / 60)) context.fillText(compact(value), x(value), top + size + 16);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of rows) context.fillText(compact(value), left - 6, y(value));
  titled(context, across, left + size / 2, top + size + 34, size);
  titled(context, up, left - beside + 20, top + size / 2, size, true);
  const step = size / (side - 1);
  context.beginPath();
  const line = (fromX, fromY, toX, toY) => {
    context.moveTo(left + fromX * step, top + fromY * step);
    context.lineTo(left + toX * step, top + toY * step);
  };
  const out = new Float32Array(side * side);
  if (outputs > 1) for (let k = 0; k < outputs; k++) crossings(lead(values, side * side, outputs, k, out), side, 0, line);
  else if (scene.task === 'binary') crossings(values, side, 127.5, line);
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  context.stroke();
  context.lineWidth = 1.2;
  scene.points.forEach(([a, b], k) => {
    context.beginPath();
    context.arc(x(a), y(b), 3.2, 0, 2 * Math.PI);
    const color = colorOf(scene.labels[k]);
    if (scene.training[k] || scene.task === 'regression') { // a number may have the colour of paper
      context.fillStyle = color;
      context.fill();
    }
    context.strokeStyle = scene.task === 'regression' ? (scene.training[k] ? theme.muted : theme.ink) : scene.training[k] ? theme.paper : color;
    context.stroke();
  });
}

function colorOf(label) {
  if (scene.task !== 'regression') return theme.classes[label];
  const [low, high] = scene.heights;
  const share = Math.min(1, Math.max(0, (label - low) / (high - low)));
  const [from, to] = share < 0.5 ? [theme.ramp[128], channels(theme.negative)] : [theme.ramp[128], channels(theme.positive)];
  const mixed = from.map((value, k) => Math.round(value + (to[k] - value) * Math.abs(2 * share - 1)));
  return `rgb(${mixed.join(',')})`;
}

// What the colours of the examples say, and what a ring is.
function explain() {
  const { target, heights } = scene;
  const said = scene.task === 'regression' ? heights.map((height) => [`${target} = ${compact(height)}`, colorOf(height)]) : scene.names.map((name, k) => [name, theme.classes[k]]);
  const ring = scene.tested ? [[scene.task === 'regression' ? 'test: dark rim' : 'test: rings', '']] : [];
  find('classes').replaceChildren(...[...said, ...ring].map(([text, color]) => {
    const made = Object.assign(document.createElement('span'), { className: color ? 'class' : 'ring', textContent: text });
    if (color) made.style.setProperty('--class', color);
    return made;
  }));
}

// The cost against the epoch: both lines as far as they go, strong up to this frame.

function drawCost() {
  const { context, w, h, top } = boardOf('cost');
  context.font = LETTERS;
  const known = costs.flat().filter((cost) => cost !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 1e-9)];
  const rows = ticks(low, high, 4);
  const box = { l: 18 + Math.max(...rows.map((cost) => context.measureText(compact(cost)).width)), r: 24, t: top + 6, b: 40 };
  const end = Math.max(1, epochs[last]);
  const x = (epoch) => box.l + (epoch / end) * (w - box.l - box.r);
  const y = (cost) => h - box.b - ((cost - low) / (high - low)) * (h - box.t - box.b);
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const cost of rows) {
    context.beginPath();
    context.moveTo(box.l, y(cost));
    context.lineTo(w - box.r, y(cost));
    context.stroke();
    context.fillText(compact(cost), box.l - 8, y(cost));
  }
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  for (const epoch of ticks(0, end, (w - box.l - box.r) / 90).filter(Number.isInteger)) context.fillText(epoch.toLocaleString('en'), x(epoch), h - box.b + 16);
  titled(context, 'epoch', (box.l + w - box.r) / 2, h - 8, w);
  [[1, theme.negative, [5, 4]], [0, theme.positive, []]].forEach(([part, color, dash]) => {
    for (const [upTo, alpha] of [[last, 0.25], [at, 1]]) {
      context.beginPath();
      for (let k = 0; k <= upTo; k++) if (costs[k][part] !== null) context.lineTo(x(epochs[k]), y(costs[k][part]));
      Object.assign(context, { strokeStyle: color, globalAlpha: alpha, lineWidth: 2 });
      context.setLineDash(dash);
      context.stroke();
    }
  });
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(epochs[at]), box.t);
  context.lineTo(x(epochs[at]), h - box.b);
  context.stroke();
}
