// @ts-check
// What a lesson opens when one of its steps is entered: the cost chart, the health of the layers, or the landscape.

/**
 * @typedef {object} Opens
 * @property {string} step
 * @property {'cost' | 'health' | 'landscape'} shows
 */

export class Opening {
  /**
   * @param {{ choose: (picture: 'boundary' | 'landscape') => void }} plane
   * @param {{ show: (view: 'cost' | 'health') => void }} cost
   */
  constructor(plane, cost) {
    this.plane = plane;
    this.cost = cost;
    this.step = '';
    this.staged = false;
    /** @type {Opens['shows'] | null} what is still to be opened */
    this.shows = null;
  }

  /** @param {Opens | null} opens once for each step: after that the visitor may open something else */
  open(opens) {
    if (!opens || opens.step === this.step) return;
    this.step = opens.step;
    this.shows = opens.shows;
    if (this.staged) this.choose();
  }

  // There is a scene: before the first one there are no views.
  stage() {
    this.staged = true;
    this.choose();
  }

  choose() {
    const { shows } = this;
    if (!shows) return;
    this.shows = null;
    this.plane.choose(shows === 'landscape' ? 'landscape' : 'boundary');
    this.cost.show(shows === 'health' ? 'health' : 'cost');
  }
}
