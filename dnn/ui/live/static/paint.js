// Painting on canvas: fields of numbers through a colour ramp, and the line where a field crosses the threshold.

export function palette(ramp) {
  return Uint32Array.from(ramp, ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0);
}

// A canvas as large as its values, row by row from the top. `count` squares stand under one another.
export class Field {
  constructor(side, count = 1) {
    this.side = side;
    this.canvas = document.createElement('canvas');
    this.canvas.width = side;
    this.canvas.height = side * count;
    this.context = this.canvas.getContext('2d');
    this.image = this.context.createImageData(side, side * count);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // `shift` brings values of more than eight bits down to the 256 colours
  paint(values, colors, shift = 0) {
    const { pixels } = this;
    for (let i = 0; i < pixels.length; i++) pixels[i] = colors[values[i] >> shift];
    this.context.putImageData(this.image, 0, 0);
  }
}

// Pieces of the line where `values` (side × side) cross `level`, by marching squares, in cells from the top left.
export function crossings(values, side, level, emit) {
  for (let row = 0; row < side - 1; row++) {
    for (let col = 0; col < side - 1; col++) {
      const i = row * side + col;
      const a = values[i] - level, b = values[i + 1] - level;
      const c = values[i + side + 1] - level, d = values[i + side] - level;
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const points = [];
      if (a > 0 !== b > 0) points.push(col + a / (a - b), row);
      if (b > 0 !== c > 0) points.push(col + 1, row + b / (b - c));
      if (d > 0 !== c > 0) points.push(col + d / (d - c), row + 1);
      if (a > 0 !== d > 0) points.push(col, row + a / (a - d));
      for (let p = 0; p + 3 < points.length; p += 4) emit(points[p], points[p + 1], points[p + 2], points[p + 3]);
    }
  }
}

// Give a canvas as many pixels as it covers on the screen; the context then draws in CSS pixels.
export function fit(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
