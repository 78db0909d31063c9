// What the server sends of the wall of a class, and what the wall asks the page to do. dnn/ui/live/wall_player.py sends it,
// dnn/ui/class_wall/actions.py reads it; tests/ui/live/test_wall_player.py compares both sides with this file.

/** One message: what has changed since the one before it. */
export interface WallFrame {
  header: WallHeader;
  /** of the tiles in the header that are `mapped`, one after the other: numbers of colours, row by row from the top */
  maps?: Uint8Array;
  /** JSON as bytes, parsed when it arrives; the first message has it, and one after a change of colours */
  scene?: WallScene;
}

export interface WallHeader {
  kind: 'wall';
  /** grows whenever the visitor changes something */
  revision: number;
  /** ended: the class is over, or it is not shown to this visitor any more */
  state: 'playing' | 'ended';
  /** why nothing new comes; else empty */
  reason: string;
  /** tiles that are new or have changed */
  tiles: WallTile[];
  /** all tiles that there are */
  ids: number[];
  /** of the tile that is looked at */
  detail?: WallDetail;
  /** name, type and shape of each array */
  parts: [string, 'u1' | 'u2' | 'u4' | 'f4', number[]][];
}

/** A pupil. */
export interface WallTile {
  /** a number of this wall; it says nothing about the pupil elsewhere */
  id: number;
  name: string;
  /** waiting: nothing came of the pupil yet */
  state: 'waiting' | 'playing' | 'paused' | 'ended' | 'diverged';
  /** whether nothing has come of the pupil for some time */
  away: boolean;
  epoch: number;
  /** share of the test examples, or of those for training where there are no others; null for numbers */
  accuracy: number | null;
  /** of the training examples; null where it is unknown or too large */
  cost: number | null;
  /** units of each layer, the inputs first; empty while waiting */
  sizes: number[];
  /** seconds from the beginning of the class to the goal; null before */
  reached: number | null;
  /** which of the ramps */
  ramp: number;
  /** whether there is a map of it in this message */
  mapped: boolean;
}

/** What is said of a tile that is large. */
export interface WallDetail {
  id: number;
  /** title and value of each setting */
  settings: [string, string][];
  /** whether its experiment can be opened: own data may have stayed with the pupil */
  opens: boolean;
}

/** What stays. */
export interface WallScene {
  id: number;
  /** points on a side of a map */
  side: number;
  /** 256 colours each */
  ramps: [number, number, number][][];
}

export type WallAction = WallDo | WallRename | WallCompare;

/** Open a copy of a pupil's experiment, show it on all screens, or remove the pupil. */
export interface WallDo {
  do: 'open' | 'show' | 'remove';
  id: number;
}

export interface WallRename {
  do: 'rename';
  id: number;
  name: string;
}

export interface WallCompare {
  do: 'compare';
  ids: number[];
}
