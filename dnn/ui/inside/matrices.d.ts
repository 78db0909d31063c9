// What dnn/ui/inside/matrices.py gives to the scripts that draw a step of the walkthrough.

/** Numbers; what is not finite comes as a word. */
export type Value = number | string;

export interface Matrix {
  name: string;
  /** of the rows and columns that are drawn */
  values: Value[][];
  rows: string[];
  columns: string[];
  /** rows and columns that there are */
  shape: [number, number];
  largest: number;
  /** what of it lights up with a cell of the result */
  lights: 'row' | 'column' | 'cell' | 'all';
}

export interface NetworkMap {
  sizes: number[];
  names: string[];
  layer: number;
  part: 'units' | 'weights';
  label: string;
  axes: MapAxes;
}

/** Whether the row or the column of a result's cell is the unit of the layer, and the unit that it comes from. */
export interface MapAxes {
  unit: '' | 'row' | 'column';
  from: '' | 'row' | 'column';
}

export interface Step {
  id: string;
  operands: Matrix[];
  result: Matrix;
  /** between the operands */
  signs: string[];
  /** how a cell of the result is made: "product", "mean", "sum", or words with places for the numbers */
  written: string;
  hint: string;
  /** "… {count} more" */
  more: string;
  /** colours */
  negative: string;
  positive: string;
  map: NetworkMap;
}
