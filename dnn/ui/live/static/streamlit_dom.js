// @ts-check
// All that depends on how Streamlit builds its page and on what Plotly keeps to itself. Neither promises it, so a new
// version may break it: tests/e2e/test_streamlit_dom.py says so.

/**
 * Streamlit gives the element of a widget a class with its key.
 *
 * @param {string} key
 */
const widget = (key) => `.st-key-${key}`;

export const STREAMLIT = {
  /** what can be pressed of the widget with this key: a button, or a slider */
  control: (/** @type {string} */ key) => `${widget(key)} :is(button, [role=slider], input[type=range])`,
  button: (/** @type {string} */ key) => `${widget(key)} button`,
  opensPopover: '[aria-haspopup]',
  popover: '[data-testid=stPopoverBody]',
  popoverField: '[data-testid=stPopoverBody] input',
  pageLink: '[data-testid=stPageLink-NavLink]',
  transport: widget('transport'),
  classTask: widget('link-task'),
  formulasFold: `${widget('fold_inputs_and_weights')} summary`,
  formulasField: `${widget('formulas')} input`,
};

/**
 * A button of a panel that does what the page's button with this key does elsewhere.
 *
 * @param {string} key
 */
const ofPanel = (key) => `[data-pressed-by=${key}]:not([hidden], :disabled)`;

/**
 * Press the page's widget with this key, or give it the focus where that is all that can be done.
 *
 * @param {string} key
 */
export function press(key) {
  /** @type {HTMLElement | null} */
  const target = document.querySelector(STREAMLIT.control(key)) ?? document.querySelector(ofPanel(key));
  if (!target) return;
  const pressed = target.matches('button');
  // what opens gives the focus back to its button
  if (!pressed || target.matches(STREAMLIT.opensPopover)) target.focus();
  if (pressed) target.click();
}

/**
 * Press the page's button with this key, if it is there.
 *
 * @param {string} key
 */
export function pressButton(key) {
  /** @type {HTMLElement | null} */ (document.querySelector(STREAMLIT.button(key)))?.click();
}

// Go to the first field of what has opened: the Tab key would not lead there.
export function focusPopover() {
  /** @type {HTMLElement | null} */ (document.querySelector(STREAMLIT.popoverField))?.focus();
}

/** @param {EventTarget | null} target of a click: whether it is a link to another page of ours */
export function isPageLink(target) {
  return Boolean(/** @type {Element | null} */ (target)?.closest?.(STREAMLIT.pageLink));
}

// What a teacher's link says above the panel.
export function classTask() {
  return /** @type {HTMLElement | null} */ (document.querySelector(STREAMLIT.classTask));
}

// Go to the field for formulas, which is in the settings, perhaps folded away.
export function focusFormulas() {
  const field = () => /** @type {HTMLElement | null} */ (document.querySelector(STREAMLIT.formulasField));
  if (!field()) /** @type {HTMLElement | null} */ (document.querySelector(STREAMLIT.formulasFold))?.click();
  let tries = 40;
  const seek = () => {
    if (field()) field()?.focus();
    else if (tries--) setTimeout(seek, 50);
  };
  seek();
}

/**
 * A property of Streamlit's theme, as "text-color".
 *
 * @param {Element} element in the page
 * @param {string} name
 */
export function themeOf(element, name) {
  return getComputedStyle(element).getPropertyValue(`--st-${name}`);
}

/**
 * @typedef {object} FullLayout what Plotly made of a layout
 * @property {number} width
 * @property {number} height
 * @property {{ l: number }} margin
 * @property {{ l: number, t: number, w: number, h: number }} _size
 * @property {{ d2p: (value: number) => number, p2d: (pixel: number) => number }} xaxis
 */

/**
 * @param {HTMLElement} chart
 * @returns {FullLayout}
 */
function fullLayout(chart) {
  return /** @type {HTMLElement & { _fullLayout: FullLayout }} */ (chart)._fullLayout;
}

/**
 * How large Plotly has drawn a chart.
 *
 * @param {HTMLElement} chart
 */
export function drawnSize(chart) {
  const { width, height } = fullLayout(chart);
  return { width, height };
}

/**
 * Where the area between a chart's axes is.
 *
 * @param {HTMLElement} chart
 */
export function plotArea(chart) {
  const { l, t, w, h } = fullLayout(chart)._size;
  return { l, t, w, h };
}

/**
 * The room that a chart has at its left for the labels of the upright axis, and how much the widest of them needs.
 *
 * @param {HTMLElement} chart
 */
export function leftMargin(chart) {
  const labels = /** @type {NodeListOf<SVGTextElement>} */ (chart.querySelectorAll('.ytick text'));
  const widest = Math.max(0, ...Array.from(labels, (label) => label.getComputedTextLength()));
  return { margin: fullLayout(chart).margin.l, widest };
}

/**
 * Where a value of the axis that goes across is, in pixels from the left of the plot area.
 *
 * @param {HTMLElement} chart
 * @param {number} value
 */
export function acrossAt(chart, value) {
  return fullLayout(chart).xaxis.d2p(value);
}

/**
 * The value of the axis that goes across at so many pixels from the left of the plot area.
 *
 * @param {HTMLElement} chart
 * @param {number} pixel
 */
export function valueAt(chart, pixel) {
  return fullLayout(chart).xaxis.p2d(pixel);
}

/**
 * Whether Plotly has drawn a chart there.
 *
 * @param {HTMLElement} chart
 */
export function isDrawn(chart) {
  return fullLayout(chart) !== undefined;
}
