// The part of Plotly that the panel uses. Plotly is a script of the installed Python package, and brings no types.

interface PlotlyTrace {
  opacity?: number;
  line?: { width?: number; dash?: string; shape?: string; color?: string };
  name?: string;
  [option: string]: unknown;
}

interface PlotlyLayout {
  width?: number;
  height?: number;
  margin: { l: number; r: number; t: number; b: number };
  // biome-ignore lint/suspicious/noExplicitAny: Plotly has some hundred options, and checks them itself
  [option: string]: any;
}

interface PlotlyFigure {
  data: PlotlyTrace[];
  layout: PlotlyLayout;
}

/** An element in which Plotly has drawn. */
interface PlotlyElement extends HTMLElement, PlotlyFigure {
  on(event: string, listener: () => void): void;
}

interface PlotlyLibrary {
  react(element: HTMLElement, data: object[], layout: object, config?: object): Promise<unknown>;
  restyle(element: HTMLElement, update: object, traces?: number[]): Promise<unknown>;
  relayout(element: HTMLElement, update: object): Promise<unknown>;
  purge(element: HTMLElement): void;
  Fx: {
    hover(element: HTMLElement, points: { curveNumber: number; pointNumber: number }[]): void;
    unhover(element: HTMLElement): void;
  };
  toImage(
    figure: object,
    options: { format: string; width?: number; height?: number; scale?: number },
  ): Promise<string>;
}

declare const Plotly: PlotlyLibrary;

interface Window {
  Plotly?: PlotlyLibrary;
  /** Plotly on its way */
  __dnnPlotly?: Promise<void> | null;
}
