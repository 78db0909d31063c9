// What the server sends of a trainability map, and what its picture asks the page to do. dnn/ui/live/map_player.py sends
// it, dnn/ui/trainability/actions.py reads it; tests/ui/live/test_map_player.py compares both sides with this file.

/** One message: a header, and the arrays that it names. */
export interface MapFrame {
  header: MapHeader;
  /** the last level that is complete; JSON as bytes, parsed when it arrives */
  scene?: MapScene;
  /** with a scene: the colour of each shade, (256, 3) */
  palette?: Uint8Array;
  /** with a scene: the shade of each of its pixels, (side, side), from the lower left corner; 0: not computed */
  pixels?: Uint8Array;
  /** new pixels of the next level: row · side + column, from the lower left corner */
  places?: Uint32Array;
  /** and their shades: 1 to 127 converged, the quickest first; 129 to 255 diverged, the quickest last */
  shades?: Uint8Array;
}

export interface MapHeader {
  /** grows whenever the visitor changes something */
  revision: number;
  kind: 'map';
  state: 'playing' | 'paused' | 'ended';
  /** why nothing more is computed for now; empty: it is, or all is there */
  reason: string;
  /** the number of the window that is shown */
  window: number;
  /** pixels on a side of the level that is being computed */
  side: number;
  /** share of its new pixels that are there */
  done: number;
  /** trained in this window so far */
  networks: number;
  /** whether float64 has no numbers for a deeper zoom */
  deepest: boolean;
  /** name, type and shape of each array */
  parts: [string, 'u1' | 'u2' | 'u4' | 'f4', number[]][];
}

export interface MapScene {
  id: number;
  window: number;
  /** pixels on a side, 0 for none yet */
  side: number;
  /** learning rates at the left and the right edge */
  rates: [number, number];
  /** scales of the starting weights at the lower and the upper edge */
  scales: [number, number];
  across: MapAxis;
  up: MapAxis;
  /** the picture in words */
  alt: string;
}

export interface MapAxis {
  title: string;
  /** share of the axis, and what stands there */
  ticks: [number, string][];
}

export type MapAction = MapZoom | MapOpen | MapBack | MapWhole;

/** Show the part of a window between these shares of its width and height. */
export interface MapZoom {
  do: 'zoom';
  window: number;
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** Open the network of one pixel in the playground. */
export interface MapOpen {
  do: 'open';
  window: number;
  column: number;
  row: number;
  side: number;
}

/** Show the window before this one. */
export interface MapBack {
  do: 'back';
  window: number;
}

/** Show the window in which zooming began. */
export interface MapWhole {
  do: 'whole';
  window: number;
}
