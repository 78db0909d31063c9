// What the server sends of many runs at once. dnn/ui/live/group*.py packs it; tests/ui/live/test_group_contract.py compares
// both sides with this file, so it has one field a line.

import type { Color, Colors, State, Task } from './contract.d.ts';

/** One message. Its arrays have one entry for each cell of the layer that is shown. */
export interface GroupFrame {
  header: GroupHeader;
  /** (cells, side, side), row by row from the top: numbers of colours in the ramp of the cell */
  maps: Uint8Array;
  /** (cells, 7): epoch, train cost, test cost, train accuracy, test accuracy, validation cost, validation accuracy; NaN where there is none */
  numbers: Float32Array;
  /** 0: it goes on, 1: it has stopped early, 2: it has diverged, 3: there is no run */
  states: Uint8Array;
  /** the map of one cell large, (side, side) */
  large?: Uint8Array;
  /** of all cells, one after the other: the places of the strongest weights in the parameter vector */
  edges?: Uint32Array;
  /** the numbers there */
  weights?: Float32Array;
  /** how many of them belong to each cell */
  edge_counts?: Uint32Array;
  /** (4, k), of all cells, one after the other: epoch, train cost, test cost, validation cost */
  curves?: Float32Array;
  /** how many of the k points belong to each cell */
  curve_lengths?: Uint32Array;
  /** JSON as bytes; parsed when it arrives */
  scene?: GroupScene;
}

export interface GroupHeader {
  kind: 'group';
  /** grows whenever the visitor changes something */
  revision: number;
  /** of the runs that go on */
  epoch: number;
  state: State;
  /** why all have stopped, or why they paused by themselves; else empty */
  reason: string;
  /** the cells of the best runs, the best first */
  best: number[];
  /** the run whose map is sent large */
  large?: number;
  /** name, type and shape of each array */
  parts: [string, 'u1' | 'u2' | 'u4' | 'f4', number[]][];
}

/** What stays while the runs train. */
export interface GroupScene {
  id: number;
  /** points on a side of a map */
  side: number;
  /** and of the map that is large */
  large: number;
  /** which layer of the runs this is */
  layer: number;
  layers: number;
  /** 256 colours each */
  ramps: Color[][];
  planes: GroupPlane[];
  cells: GroupCell[];
  colors: Colors;
}

export interface GroupCell {
  /** its place among all runs */
  run: number;
  /** which of the ramps */
  ramp: number;
  /** which of the planes; -1 without a run */
  plane: number;
  task: Task | null;
  /** units of each layer, the inputs first; empty without a run */
  sizes: number[];
  /** why there is no run; else empty */
  problem: string;
}

/** The plane of one data set, and some of its examples. */
export interface GroupPlane {
  /** left, right, low, high */
  bounds: [number, number, number, number];
  /** whether a step across is as long as a step up */
  square: boolean;
  /** titles of the axes */
  axes: string[];
  points: [number, number][];
  /** the place of each example's colour in `strong` */
  labels: number[];
  strong: string[];
  /** how many of the examples are for training: the first ones */
  trained: number;
}
