// What a step's drawing is made of: what dnn/ui/lessons/drawing.py brings, and what a kind of drawing computes.

import type { Language } from '../i18n.js';

/** What dnn/ui/lessons/drawing.py brings. */
export interface Data {
  /** the name of a kind, as in kinds.js */
  kind: string;
  /** of the kind, from dnn/lessons/drawings */
  settings: object;
  /** CSS colours: of class 0 and negative numbers, of class 1 and positive ones, and of further parts */
  colors: { negative: string; positive: string; ramp: string[]; parts: string[] };
  language: Language;
}

/** The numbers that a visitor may change, by the names of their handles. */
export type Values = Record<string, number>;

/** A number with a slider, or with `options` a choice: then its value is a place in them. */
export interface Handle {
  name: string;
  label: string;
  low: number;
  high: number;
  step: number;
  options?: string[];
}

export type Tag = 'line' | 'path' | 'circle' | 'rect' | 'text';

/** An element of the picture. With a `part` the text can point at it; with a `drag` it can be dragged. */
export interface Shape {
  tag: Tag;
  attributes: Record<string, string | number>;
  text?: string;
  part?: string;
  drag?: string;
}

/** A kind of drawing: pure functions of its settings and of the values of its handles. */
export interface Kind<Settings = object> {
  title(settings: Settings): string;
  handles(settings: Settings): Handle[];
  start(settings: Settings): Values;
  /** what is computed of the values, equal to what dnn/ computes */
  numbers(settings: Settings, values: Values): Record<string, number | number[]>;
  /** the numbers of which the step's text speaks, by the part that shows them */
  marked(settings: Settings): Record<string, number>;
  shapes(settings: Settings, values: Values): Shape[];
  /** the picture in words, with its numbers */
  words(settings: Settings, values: Values): string;
  /** the values after `name` has been dragged to a place of the picture */
  drag?(settings: Settings, values: Values, name: string, at: { x: number; y: number }): Values;
  /** the colours of a field behind the picture */
  field?(settings: Settings, values: Values): Field;
}

/** A field that changes along one direction: from one place of the picture to another, as shares of the second class. */
export interface Field {
  from: { x: number; y: number };
  to: { x: number; y: number };
  shares: number[];
}
