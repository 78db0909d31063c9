// What the server sends of a landscape. dnn/ui/live/landscape_*.py packs it; tests/ui/live/test_landscape_player.py
// compares both sides with this file, so it has one field a line.

import type { State } from './contract.d.ts';

/** One message: a header, and with every refresh a scene. */
export interface LandscapeFrame {
  header: LandscapeHeader;
  /** JSON as bytes; parsed when it arrives */
  scene?: LandscapeScene;
}

export interface LandscapeHeader {
  kind: 'landscape';
  /** grows whenever the visitor changes something */
  revision: number;
  /** of the run on screen */
  epoch: number;
  /** epoch that the run has come to */
  newest: number;
  state: State;
  /** null where it is not finite */
  train_cost: number | null;
  /** name, type and shape of each array */
  parts: [string, 'u1' | 'u2' | 'u4' | 'f4', number[]][];
}

export interface LandscapeScene {
  id: number;
  view: LandscapeView;
  /** why there is no landscape; else empty */
  problem: string;
  /** of the weights in the middle */
  epoch: number;
  /** points on a side of the grid; 0 without one */
  side: number;
  /** whether there are test examples */
  tested: boolean;
  figure: LandscapeFigure | null;
  /** all that there is to see, in words */
  alt: string;
  /** the cost here, the lowest one, and the share of the variance */
  words: string;
  /** of each point of the path its epoch, true cost and distance from the plane */
  path: [number, number | null, number][];
  /** what the picture hides */
  notes: string[];
  /** whose path which line is, where there are several */
  runs: LandscapeRun[];
}

export interface LandscapeView {
  directions: 'pca' | 'random';
  /** of the random directions */
  seed: number;
  form: 'contours' | 'surface';
  cost: 'train' | 'test' | 'total';
}

export interface LandscapeFigure {
  data: PlotlyTrace[];
  layout: PlotlyLayout;
}

export interface LandscapeRun {
  name: string;
  dash: string;
}
