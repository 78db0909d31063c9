// What the server sends to the panel and what the panel sends back. dnn/ui/live packs it, dnn/ui/session reads it;
// tests/ui/live/test_contract.py compares both sides with this file, so it has one field a line.

export type Color = [number, number, number];
/** where a number is not finite it is null */
export type Row = (number | null)[];
export type Task = 'binary' | 'multiclass' | 'regression';
export type State = 'playing' | 'paused' | 'ended' | 'diverged';
export type View = 'cost' | 'accuracy' | 'error' | 'rate' | 'numbers' | 'health';

/** One message: a header, and the arrays that it names. */
export interface Frame {
  header: Header;
  /** (side, side) from 0 to 65535; for several classes (classes, side, side) from 0 to 255 */
  field: Uint16Array | Uint8Array;
  /** (inputs and hidden units, side, side) */
  maps: Uint8Array;
  /** places of the drawn weights in the parameter vector */
  edges: Uint32Array;
  /** the numbers there */
  weights: Float32Array;
  /** of every layer */
  biases: Float32Array;
  /** 1 for what training leaves alone: of the drawn weights, then of all biases */
  frozen?: Uint8Array;
  /** one unit large, (side, side) */
  unit?: Uint8Array;
  /** its weights and then its bias */
  incoming?: Float32Array;
  /** 1 for those that training leaves alone */
  held?: Uint8Array;
  /** where edges show it: the gradient of each of the drawn weights */
  edge_gradients?: Float32Array;
  /** where one example is followed: activations of all units, the inputs first */
  example_a?: Float32Array;
  /** weighted sums, and ∂J/∂z, of the units after the inputs */
  example_z?: Float32Array;
  example_dz?: Float32Array;
  /** of each of the drawn weights: ∂J/∂w, and what it would be after an update with this example alone */
  example_dw?: Float32Array;
  new_weights?: Float32Array;
  /** of the units after the inputs */
  new_biases?: Float32Array;
  /** of each hidden unit: 1 dead, 2 saturated, 0 neither; only where one is */
  inactive?: Uint8Array;
  /** (3, k): epoch, train cost, test cost */
  curves?: Float32Array;
  /** (3, k): epoch, train accuracy, test accuracy */
  accuracies?: Float32Array;
  /** (2, k): epoch, learning rate */
  rates?: Float32Array;
  /** (1 + layers, k): epoch, gradient norm of each layer */
  norms?: Float32Array;
  /** histograms, (layers, bins): counts of activations, and of gradients of weights and biases */
  activations?: Float32Array;
  gradients?: Float32Array;
  /** for each drawn example the probability of class 1 from 0 to 255, or of several classes the likeliest */
  answers?: Uint8Array;
  /** how far the run is, for the tab to keep; only when it was asked for, empty where that is too large */
  snapshot?: Uint8Array;
  /** JSON as bytes; parsed when it arrives */
  scene?: Scene;
}

export interface Header {
  /** grows whenever the visitor changes something */
  revision: number;
  /** grows whenever the page shall run again */
  notice: number;
  epoch: number;
  state: State;
  /** why training stopped or paused by itself; else empty */
  reason: string;
  batch: Batch | null;
  numbers: Numbers;
  time: Time;
  unit?: Unit;
  chart?: Chart;
  /** only while its tab is open */
  health?: Health;
  /** only while one is followed */
  example?: Example;
  /** what is wrong, the most telling first */
  findings: Finding[];
  /** name, type and shape of each array */
  parts: [string, 'u1' | 'u2' | 'u4' | 'f4', number[]][];
}

/** Which epoch of the run is shown. */
export interface Time {
  /** the first and the last epoch that can be shown */
  first: number;
  newest: number;
  /** whether it is the newest */
  live: boolean;
  /** the epoch that the picture is on its way to */
  wanted: number | null;
  /** whether training waits while one looks at the past */
  waits: boolean;
  replays: boolean;
  /** settings that were changed since the epoch that is shown, in words */
  since: string;
}

/** An update within an epoch. */
export interface Batch {
  done: number;
  of: number;
  /** its examples, where one was asked for by itself */
  rows: number[];
}

/** Where a number is not finite it is null. */
export interface Numbers {
  epoch: number;
  train_cost: number | null;
  test_cost: number | null;
  train_accuracy: number | null;
  test_accuracy: number | null;
  learning_rate: number | null;
  /** with a validation set only */
  validation_cost?: number | null;
  validation_accuracy?: number | null;
}

/** The unit shown large: its place among all units, and its least and largest value on the plane. */
export interface Unit {
  place: number;
  low: number | null;
  high: number | null;
}

/** One training example, forward and back, and the update that it alone would make. */
export interface Example {
  /** its row of the data */
  row: number;
  /** what is right for each output */
  target: number[];
  /** its loss now, and after the update */
  loss: number | null;
  loss_after: number | null;
  /** learning rate */
  rate: number;
  /** whether each weight moves by just the rate times its gradient */
  plain: boolean;
  /** name of what makes the update */
  optimizer: string;
  /** how many examples an update of the run has */
  batch: number;
}

/** What a rule found, in words. */
export interface Finding {
  /** its name */
  rule: string;
  title: string;
  evidence: string;
  /** empty where nothing is to be put right */
  advice: string;
  /** whether the cure changes the run that goes on or starts it anew; null where none may be applied */
  cure: 'on' | 'anew' | null;
}

export interface Chart {
  views: View[];
  /** epoch, and what was changed there */
  marks: [number, string][];
  report: Classification | Regression | null;
}

/** What the network looks like inside, measured over so many training examples. */
export interface Health {
  examples: number;
  layers: LayerHealth[];
}

/** The last layer is the output layer. Where a number is not finite it is null. */
export interface LayerHealth {
  /** size of the next update over the size of the weights */
  ratio: number | null;
  units: number;
  /** how many units return 0 for every example */
  dead: number;
  saturated: number;
  /** the ends of the histograms */
  activations: [number, number];
  gradients: [number, number];
}

export interface Classification {
  part: 'test' | 'train';
  examples: number;
  /** true classes in rows, predicted classes in columns */
  confusion: number[][];
  precision: (number | null)[];
  recall: (number | null)[];
}

export interface Regression {
  part: 'test' | 'train';
  examples: number;
  /** of each output */
  r2: (number | null)[];
  rmse: (number | null)[];
}

/** What stays while a run trains: the plane, the figures around it, names and colours. */
export interface Scene {
  id: number;
  /** units of each layer, the inputs first */
  sizes: number[];
  /** left, right, low, high */
  bounds: [number, number, number, number];
  task: Task;
  /** how large letters and marks are */
  scale: number;
  threshold: number | null;
  /** whether a step across is as long as a step up */
  square: boolean;
  /** whether a single input is drawn against a number */
  curve: boolean;
  /** the least and the largest number, in regression */
  heights: [number, number] | null;
  /** pale colours of the classes, "#rrggbb" */
  classes: string[];
  /** names of what the network sees */
  inputs: string[];
  /** what it could see */
  offered: Offer[];
  names: string[];
  /** the probability of each class, in words */
  chances: string[];
  /** Plotly's names of the classes' marks */
  symbols: string[];
  /** colours of the classes' marks */
  strong: string[];
  another: Mark | null;
  /** how many there are; drawn are perhaps fewer */
  examples: number;
  /** places on the plane of the drawn examples */
  points: [number, number][];
  labels: number[] | null;
  /** of the data: the training examples are the first */
  rows: number[];
  /** how many examples are for training */
  trained: number;
  /** the first row of a test example; those between are for validation */
  first_test: number;
  /** 256 colours */
  ramp: Color[];
  colors: Colors;
  /** names of the activations in formulas, layer by layer */
  functions: string[];
  /** name of the hidden layers' activation */
  hidden: string;
  boundary: BoundaryFigure;
  cost: CostFigure;
  plane: Plane;
  /** the run before this one, where it stays beside it */
  ghost: Ghost | null;
}

/** A run that was replaced. What cannot be compared with the new one is null. */
export interface Ghost {
  /** what it had, for a legend */
  label: string;
  /** its last numbers, for those who do not see the pictures */
  words: string;
  /** (3, k): epoch, train cost, test cost */
  costs: Row[] | null;
  /** (3, k): epoch, train accuracy, test accuracy */
  accuracies: Row[] | null;
  /** as in a frame, with a side of its own */
  field: number[] | null;
}

/** A formula that the network could see as an input. */
export interface Offer {
  text: string;
  label: string;
  on: boolean;
}

/** How examples of one class more would look. */
export interface Mark {
  symbol: string;
  color: string;
}

export interface Colors {
  ink: string;
  muted: string;
  paper: string;
  grid: string;
  negative: string;
  positive: string;
}

/** The plane through the inputs: which of them go across and up, or whether the principal components do. */
export interface Plane {
  across: number;
  up: number;
  components: boolean;
  /** titles of the axes */
  axes: string[];
  inputs: PlaneInput[];
}

export interface PlaneInput {
  title: string;
  low: number;
  high: number;
  held: number;
}

export interface BoundaryFigure {
  data: PlotlyTrace[];
  layout: PlotlyLayout;
}

export interface CostFigure {
  data: PlotlyTrace[];
  layout: PlotlyLayout & { meta: { views: Record<View, ViewText> } };
}

/** How a view of the cost chart is labelled. */
export interface ViewText {
  label: string;
  axis?: string;
  /** of a number, for d3 */
  format?: string;
  ticks?: string;
}

/** The plane that an action was meant for. */
export interface PlaneView {
  across: number;
  up: number;
  components: boolean;
  held: number[];
}

/** One hidden layer more or less. */
export interface Layers {
  do: 'layers';
  by: 1 | -1;
}

/** One unit more or less in a hidden layer, counted from 0. */
export interface Units {
  do: 'units';
  layer: number;
  by: 1 | -1;
}

/** A formula that the network shall see, or see no more. */
export interface Input {
  do: 'input';
  text: string;
  on: boolean;
}

/** Another value for a number of the parameter vector (null: as it is), frozen or not. */
export interface NumberEdit {
  do: 'number';
  sizes: number[];
  place: number;
  value: number | null;
  frozen: boolean;
}

/** Examples at places of the plane, with a class or number. */
export interface Points {
  do: 'points';
  stroke: number;
  plane: PlaneView;
  at: [number, number][];
  target: number;
}

/** No examples within `radius`, across and up, of places on the plane. */
export interface Erase {
  do: 'erase';
  stroke: number;
  plane: PlaneView;
  at: [number, number][];
  radius: [number, number];
}

/** No examples at all. */
export interface Clear {
  do: 'clear';
  stroke: number;
  plane: PlaneView;
}

/** The cure of what a rule found. */
export interface Cure {
  do: 'cure';
  rule: string;
}

export type Action = Layers | Units | Input | NumberEdit | Points | Erase | Clear | Cure;

/** An action as it is sent: the number grows from action to action. */
export type Sent = Action & { number: number };
