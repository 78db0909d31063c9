// @ts-check
// What a lesson opens when one of its steps is entered: the cost chart, the health of the layers, or the landscape; and
// which axes of the cost chart are logarithmic.

/**
 * @typedef {object} Opens
 * @property {string} step
 * @property {'cost' | 'health' | 'landscape'} shows
 * @property {Logarithmic[]} logarithmic
 */
/** @typedef {'epochs' | 'cost'} Logarithmic */

const AXES = /** @type {const} */ ({ epochs: 'xaxis', cost: 'yaxis' });

export class Opening {
  /**
   * @param {{ choose: (picture: 'boundary' | 'landscape') => void }} plane
   * @param {object} cost
   * @param {(view: 'cost' | 'health') => void} cost.show
   * @param {(axis: 'xaxis' | 'yaxis', type: 'linear' | 'log') => void} cost.choose
   */
  constructor(plane, cost) {
    this.plane = plane;
    this.cost = cost;
    this.step = '';
    this.staged = false;
    /** @type {Opens | null} what is still to be opened */
    this.next = null;
    /** @type {Logarithmic[]} what a step has made logarithmic: the visitor's own choice is left alone */
    this.logarithmic = [];
  }

  /** @param {Opens | null} opens once for each step: after that the visitor may open something else */
  open(opens) {
    if (!opens || opens.step === this.step) return;
    this.step = opens.step;
    this.next = opens;
    if (this.staged) this.choose();
  }

  // There is a scene: before the first one there are no views.
  stage() {
    this.staged = true;
    this.choose();
  }

  choose() {
    if (!this.next) return;
    const { shows, logarithmic } = this.next;
    this.next = null;
    this.plane.choose(shows === 'landscape' ? 'landscape' : 'boundary');
    this.cost.show(shows === 'health' ? 'health' : 'cost');
    for (const name of /** @type {const} */ (['epochs', 'cost'])) {
      const wanted = logarithmic.includes(name);
      if (wanted !== this.logarithmic.includes(name)) this.cost.choose(AXES[name], wanted ? 'log' : 'linear');
    }
    this.logarithmic = logarithmic;
  }
}
