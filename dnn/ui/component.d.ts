// What Streamlit gives to the script of a component, each time that the page brings it data.

export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  /** a value that Python reads until it is another one */
  setStateValue(name: string, value: unknown): void;
  /** a value that Python reads in one run of the page */
  setTriggerValue(name: string, value: unknown): void;
}
