// Plays the frames: draws the network at one of them, has the charts drawn, and moves from one to the next.

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
const SEEN = bytes(scene.seen);
const seen = SEEN.length ? new Field(mapSide, sizes[0]) : null; // the inputs' maps, which stay as they are
const chance = outputs > 1 ? new Field(side, outputs) : null; // a map for each class
const dark = matchMedia('(prefers-color-scheme: dark)');
let theme, at = 0, playing = false, then = 0;

function dress(name) {
  theme = scene.themes[name];
  theme.colors = palette(theme.ramp);
  theme.mixed = theme.soft.map(channels);
  seen?.paint(SEEN, theme.colors);
  document.documentElement.dataset.theme = name;
  document.documentElement.style.colorScheme = name;
  for (const part of ['ink', 'muted', 'grid', 'paper', 'negative', 'positive']) document.documentElement.style.setProperty(`--${part}`, theme[part]);
  explain();
  draw();
}

const frameOf = (values, size) => values.subarray(at * size, (at + 1) * size);

function boardOf(id) {
  const canvas = document.querySelector(`#${id} canvas`);
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const context = fit(canvas, w, h);
  context.clearRect(0, 0, w, h);
  return { context, w, h, top: canvas.nextElementSibling.offsetHeight + 14 }; // under the caption
}

// The network: a box for each unit, with its map inside, and a line for each weight.

const starts = sizes.slice(1).reduce((sum, n, l) => [...sum, sum.at(-1) + (sizes[l] + 1) * n], [0]);

function drawNetwork() {
  const { context, w, h } = boardOf('network');
  const most = Math.max(...sizes);
  const each = (h - 70) / most, captions = each >= 34; // names stand under the boxes where there is room
  const cell = Math.max(5, Math.min(52, each - (captions ? 20 : 6), (w - 40) / sizes.length - 18));
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
  if (chance) chance.paint(frameOf(FIELDS, outputs * side * side), theme.colors);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const names = [scene.inputs, ...sizes.slice(1, -1).map(() => []), outputs > 1 ? scene.names : []];
  let unit = 0;
  sizes.forEach((n, layer) => {
    const inner = layer > 0 && layer < sizes.length - 1;
    for (let k = 0; k < n; k++) {
      const [x, y] = place(layer, k);
      const [picture, step, row] = layer === 0 ? [seen, mapSide, k] : inner ? [map, mapSide, unit++] : chance ? [chance, side, k] : [n === 1 ? field : null, side, 0];
      context.fillStyle = theme.paper;
      context.fillRect(x - cell / 2, y - cell / 2, cell, cell);
      if (picture) context.drawImage(picture.canvas, 0, row * step, step, step, x - cell / 2, y - cell / 2, cell, cell);
      context.fillStyle = theme.ink;
      const name = names[layer][k];
      context.font = captions ? LETTERS : `${Math.min(12, cell * 0.55)}px system-ui, sans-serif`;
      if (name && captions) context.fillText(fitting(context, name, cell + 56), x, y + cell / 2 + 10);
      else if (name && cell > 12) inside(context, name, x, y, cell);
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

// A name in its box, on paper so that it can be read.
function inside(context, name, x, y, cell) {
  const text = fitting(context, name, cell - 4), wide = context.measureText(text).width;
  Object.assign(context, { fillStyle: theme.paper, globalAlpha: 0.8 });
  context.fillRect(x - wide / 2 - 1, y - cell * 0.3, wide + 2, cell * 0.6);
  Object.assign(context, { fillStyle: theme.ink, globalAlpha: 1 });
  context.fillText(text, x, y);
}

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
for (const part of document.querySelectorAll('.test')) part.hidden = !scene.tested;
at = last;
dress(dark.matches ? 'dark' : 'light');
