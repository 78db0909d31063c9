// @ts-check
// The lines and axes of the cost chart, before Plotly draws them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { layoutOf, withPoints } from '../../../../dnn/ui/live/static/curves.js';

const VIEWS = { cost: { label: 'Cost', axis: 'cost', ticks: '' }, rate: { label: 'Rate', axis: 'rate', ticks: '~g' } };
const SCENE = {
  cost: {
    data: [],
    layout: {
      margin: { l: 48, r: 10, t: 10, b: 40 },
      xaxis: { title: 'epoch' },
      yaxis: { title: { text: '', standoff: 4 } },
      meta: { views: VIEWS },
    },
  },
};

test('lines get their points, and a ghost that follows them keeps its own', () => {
  const lines = [{ name: 'train' }, { name: 'test' }, { name: 'before', x: [0], y: [1] }];
  const drawn = withPoints(lines, {
    x: [
      [0, 1],
      [0, 1],
    ],
    y: [
      [3, 2],
      [5, 4],
    ],
  });
  assert.deepEqual(drawn, [{ name: 'train', x: [0, 1], y: [3, 2] }, { name: 'test', x: [0, 1], y: [5, 4] }, lines[2]]);
  assert.deepEqual(lines[0], { name: 'train' });
});

test('a view has its axes, and at least the room at the left that was needed last', () => {
  const types = { x: 'linear', y: 'log' };
  const layout = layoutOf(/** @type {any} */ (SCENE), 'cost', types, 64);
  assert.deepEqual(layout.margin, { l: 64, r: 10, t: 10, b: 40 });
  assert.deepEqual(layout.xaxis, { title: 'epoch', type: 'linear' });
  assert.deepEqual(layout.yaxis, { title: { text: 'cost', standoff: 4 }, type: 'log', tickformat: '' });
  assert.equal(layout.showlegend, true);
  const rate = layoutOf(/** @type {any} */ (SCENE), 'rate', types, 0);
  assert.equal(rate.margin.l, 48);
  assert.equal(rate.showlegend, false);
  assert.notEqual(rate.uirevision, layout.uirevision); // a zoom into one view is none into another
});
