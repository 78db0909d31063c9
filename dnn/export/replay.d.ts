// What dnn/export/replay.py writes into the file for the scripts in dnn/export/static.

import type { Color } from '../web/paint.js';

export interface ReplayTheme {
  ink: string;
  muted: string;
  grid: string;
  paper: string;
  negative: string;
  positive: string;
  /** a colour for each class, and its pale form for the field */
  classes: string[];
  soft: string[];
  /** 256 colours as red, green and blue */
  ramp: Color[];
}

export interface Replay {
  sizes: number[];
  task: 'binary' | 'multiclass' | 'regression';
  /** whether the field has a square for each class */
  several: boolean;
  /** left, right, low, high */
  bounds: [number, number, number, number];
  /** names of the axes: across, and up where there is one */
  axes: string[];
  /** the least and the largest number of the colours, in regression */
  heights: [number, number];
  inputs: string[];
  names: string[];
  target: string;
  tested: boolean;
  points: [number, number][];
  /** classes, or in regression numbers */
  labels: number[];
  /** 1 for training examples, 0 for others */
  training: number[];
  /** 1 for validation examples */
  validation: number[];
  epochs: number[];
  /** train and test cost of each frame; null where there is none */
  costs: [number | null, number | null][];
  /** the validation cost of each frame; empty without a validation set */
  validation_costs: (number | null)[];
  note: string;
  title: string;
  /** names of the activations, layer by layer */
  functions: string[];
  /** points on a side of the field, and of a unit's map (0: no maps) */
  side: number;
  mapSide: number;
  /** base64 of bytes, frame after frame */
  field: string;
  maps: string;
  /** base64 of bytes: maps of the inputs, which stay as they are */
  seen: string;
  /** places of the drawn weights in the parameter vector */
  edges: number[];
  /** base64 of float32, frame after frame */
  weights: string;
  themes: { light: ReplayTheme; dark: ReplayTheme };
}
