// Plays the frames: draws the network, the boundary and the cost at one of them, and moves from one to the next.

const scene = JSON.parse(document.getElementById('data').textContent);
const find = (id) => document.getElementById(id);
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const FIELDS = bytes(scene.field);
const MAPS = bytes(scene.maps);
const WEIGHTS = new Float32Array(bytes(scene.weights).buffer);
const { sizes, side, mapSide, epochs, costs, edges } = scene;
const last = epochs.length - 1;
const outputs = scene.several ? sizes.at(-1) : 1;
const hidden = sizes.slice(1, -1).reduce((sum, n) => sum + n, 0);
const field = new Field(side);
const map = mapSide && hidden ? new Field(mapSide, hidden) : null;
const dark = matchMedia('(prefers-color-scheme: dark)');
let theme, at = 0, playing = false, then = 0;

function dress(name) {
  theme = scene.themes[name];
  theme.colors = palette(theme.ramp);
  theme.mixed = theme.soft.map(channels);
  document.documentElement.dataset.theme = name;
  document.documentElement.style.colorScheme = name;
  for (const part of ['ink', 'muted', 'grid', 'paper', 'negative', 'positive']) document.documentElement.style.setProperty(`--${part}`, theme[part]);
  draw();
}

const frameOf = (values, size) => values.subarray(at * size, (at + 1) * size);

function boardOf(id) {
  const canvas = document.querySelector(`#${id} canvas`);
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const context = fit(canvas, w, h);
  context.clearRect(0, 0, w, h);
  return { context, w, h };
}

// The plane: the field, the line between the classes, and the examples: filled for training, rings for testing.

function drawBoundary() {
  const { context, w, h } = boardOf('boundary');
  const size = Math.min(w - 24, h - 40);
  const [left, top] = [(w - size) / 2, 28 + (h - 40 - size) / 2];
  const values = frameOf(FIELDS, outputs * side * side);
  if (outputs > 1) field.mix(values, theme.mixed);
  else field.paint(values, theme.colors);
  context.imageSmoothingEnabled = true;
  context.drawImage(field.canvas, left, top, size, size);
  const step = size / (side - 1);
  context.beginPath();
  const line = (x0, y0, x1, y1) => {
    context.moveTo(left + x0 * step, top + y0 * step);
    context.lineTo(left + x1 * step, top + y1 * step);
  };
  const out = new Float32Array(side * side);
  if (outputs > 1) for (let k = 0; k < outputs; k++) crossings(lead(values, side * side, outputs, k, out), side, 0, line);
  else if (scene.task === 'binary') crossings(values, side, 127.5, line);
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  context.stroke();
  const [x1, x2, y1, y2] = scene.bounds;
  context.lineWidth = 1.2;
  scene.points.forEach(([x, y], k) => {
    context.beginPath();
    context.arc(left + ((x - x1) / (x2 - x1)) * size, top + ((y2 - (y ?? (y1 + y2) / 2)) / (y2 - y1)) * size, 3.2, 0, 2 * Math.PI);
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

// The cost: both lines as far as they go, strong up to this frame; epochs stand as close as the frames.

function drawCost() {
  const { context, w, h } = boardOf('cost');
  const box = { l: 52, r: 16, t: 34, b: 28 };
  const known = costs.flat().filter((cost) => cost !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 1e-9)];
  const x = (k) => box.l + (last ? k / last : 0) * (w - box.l - box.r);
  const y = (cost) => h - box.b - ((cost - low) / (high - low)) * (h - box.t - box.b);
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = theme.muted;
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const part of [0, 0.5, 1]) {
    const cost = low + part * (high - low);
    context.beginPath();
    context.moveTo(box.l, y(cost));
    context.lineTo(w - box.r, y(cost));
    context.stroke();
    context.fillText(Number(cost.toPrecision(2)).toString(), box.l - 8, y(cost));
  }
  context.textBaseline = 'alphabetic';
  [0, 0.5, 1].forEach((part) => {
    const k = Math.round(part * last);
    context.textAlign = ['left', 'center', 'right'][2 * part];
    context.fillText(part ? epochs[k].toLocaleString('en') : `epoch ${epochs[k]}`, x(k), h - 9);
  });
  [[1, theme.negative, [5, 4]], [0, theme.positive, []]].forEach(([part, color, dash]) => {
    for (const [upTo, alpha] of [[last, 0.25], [at, 1]]) {
      context.beginPath();
      for (let k = 0; k <= upTo; k++) if (costs[k][part] !== null) context.lineTo(x(k), y(costs[k][part]));
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
  context.moveTo(x(at), box.t);
  context.lineTo(x(at), h - box.b);
  context.stroke();
}

// The network: a box for each unit, with its map inside, and a line for each weight.

const starts = sizes.slice(1).reduce((sum, n, l) => [...sum, sum.at(-1) + (sizes[l] + 1) * n], [0]);

function drawNetwork() {
  const { context, w, h } = boardOf('network');
  const most = Math.max(...sizes);
  const cell = Math.max(5, Math.min(52, (h - 70) / most - 6, (w - 40) / sizes.length - 18));
  const place = (layer, unit) => [
    30 + cell / 2 + (sizes.length > 1 ? layer / (sizes.length - 1) : 0.5) * (w - 60 - cell),
    h / 2 + 8 + (unit - (sizes[layer] - 1) / 2) * Math.min(cell + 26, (h - 70) / sizes[layer]),
  ];
  const weights = frameOf(WEIGHTS, edges.length);
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  let layer = 0;
  edges.forEach((edge, k) => {
    while (edge >= starts[layer + 1]) layer++;
    const inside = edge - starts[layer];
    const [from, to] = [place(layer, Math.floor(inside / sizes[layer + 1])), place(layer + 1, inside % sizes[layer + 1])];
    const share = Math.abs(weights[k]) / largest;
    const middle = (from[0] + to[0]) / 2;
    context.beginPath();
    context.moveTo(from[0] + cell / 2, from[1]);
    context.bezierCurveTo(middle, from[1], middle, to[1], to[0] - cell / 2, to[1]);
    context.setLineDash(weights[k] < 0 ? [6, 4] : []);
    Object.assign(context, { strokeStyle: weights[k] < 0 ? theme.negative : theme.positive, lineWidth: 0.4 + 4 * share, globalAlpha: 0.25 + 0.75 * share });
    context.stroke();
  });
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (map) map.paint(frameOf(MAPS, hidden * mapSide * mapSide), theme.colors);
  context.font = `${Math.min(13, cell * 0.55)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let unit = 0;
  sizes.forEach((n, layer) => {
    const inner = layer > 0 && layer < sizes.length - 1;
    for (let k = 0; k < n; k++) {
      const [x, y] = place(layer, k);
      context.fillStyle = theme.paper;
      context.fillRect(x - cell / 2, y - cell / 2, cell, cell);
      if (inner && map) context.drawImage(map.canvas, 0, unit++ * mapSide, mapSide, mapSide, x - cell / 2, y - cell / 2, cell, cell);
      else if (layer && outputs === 1 && n === 1) context.drawImage(field.canvas, x - cell / 2, y - cell / 2, cell, cell);
      else if (cell > 16) {
        context.fillStyle = theme.ink;
        context.fillText(layer ? (scene.task === 'multiclass' ? `${k}` : 'ŷ') : `x${subscript(k + 1)}`, x, y);
      }
      context.lineWidth = 1.2;
      context.strokeStyle = layer === sizes.length - 1 && outputs > 1 ? theme.classes[k] : theme.muted;
      context.strokeRect(x - cell / 2, y - cell / 2, cell, cell);
    }
    const words = layer ? scene.functions[layer - 1] : 'inputs';
    const [x] = place(layer, 0);
    context.save();
    context.fillStyle = theme.muted;
    context.font = '12px system-ui, sans-serif';
    context.textAlign = ['left', 'right', 'center'][layer === 0 ? 0 : layer === sizes.length - 1 ? 1 : 2];
    const edge = context.textAlign === 'left' ? x - cell / 2 : context.textAlign === 'right' ? x + cell / 2 : x;
    if ((w - 60) / sizes.length > context.measureText(words).width || layer === 0) context.fillText(words, edge, h - 14);
    context.restore();
  });
}

const subscript = (n) => [...`${n}`].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]).join('');

function draw() {
  const shown = (cost) => (cost === null ? '–' : cost.toPrecision(4));
  find('epoch').textContent = epochs[at].toLocaleString('en');
  find('train').textContent = shown(costs[at][0]);
  find('test').textContent = shown(costs[at][1]);
  find('at').value = at;
  find('at').setAttribute('aria-valuetext', `epoch ${epochs[at]}, train cost ${shown(costs[at][0])}`);
  drawBoundary(); // first: its field is the output's map
  drawCost();
  drawNetwork();
  document.body.dataset.epoch = epochs[at];
}

function go(place) {
  at = Math.min(last, Math.max(0, place));
  draw();
}

function play(on) {
  playing = on;
  if (on && at === last) at = 0;
  find('play').textContent = on ? 'Pause' : 'Play';
  then = performance.now();
  if (on) requestAnimationFrame(tick);
}

function tick(now) {
  if (!playing) return;
  if (now - then >= 1000 / Number(find('speed').value)) {
    then = now;
    go(at + 1);
    if (at === last) return play(false);
  }
  requestAnimationFrame(tick);
}

const KEYS = { ' ': () => play(!playing), ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(last) };
window.addEventListener('keydown', (event) => {
  const typed = event.target.matches('select') || (event.key === ' ' && event.target.matches('button'));
  if (typed || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});
find('play').addEventListener('click', () => play(!playing));
find('at').addEventListener('input', (event) => go(Number(event.target.value)));
find('theme').addEventListener('click', () => dress(theme === scene.themes.dark ? 'light' : 'dark'));
dark.addEventListener('change', () => dress(dark.matches ? 'dark' : 'light'));
new ResizeObserver(draw).observe(document.querySelector('main'));

find('at').max = last;
find('layers').textContent = scene.title;
find('note').textContent = scene.note;
find('note').hidden = !scene.note;
at = last;
dress(dark.matches ? 'dark' : 'light');
