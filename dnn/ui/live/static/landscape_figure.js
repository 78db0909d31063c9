// @ts-check
// The figure of a landscape in the room that it has.

/** @import { LandscapeFigure, LandscapeScene } from '../landscape_contract.d.ts' */

const NARROW = 560; // pixels
const NEARER = 0.8; // the camera, where titles have room
const SMALL = 11; // pixels, of letters

/**
 * Where it is narrow, letters are smaller, and the surface, whose height has an axis, does without a colour bar.
 *
 * @param {Pick<LandscapeScene, 'figure' | 'view'>} scene
 * @param {number} width
 * @returns {LandscapeFigure}
 */
export function fitted({ figure, view }, width) {
  if (!figure) return { data: [], layout: { margin: { l: 0, r: 0, t: 0, b: 0 } } };
  const narrow = width < NARROW;
  const { data, layout } = figure;
  if (view.form === 'surface') {
    const { eye } = layout.scene.camera;
    const far = narrow ? 1 : NEARER;
    const camera = { center: { x: 0, y: 0, z: -0.12 }, eye: { x: far * eye.x, y: far * eye.y, z: far * eye.z } };
    const scene = { ...layout.scene, camera };
    if (!narrow) return { data, layout: { ...layout, scene } };
    for (const axis of ['xaxis', 'yaxis', 'zaxis']) scene[axis] = small(scene[axis]);
    return { data: [{ ...data[0], showscale: false }, ...data.slice(1)], layout: { ...layout, scene } };
  }
  if (!narrow) return figure;
  const bar = /** @type {object} */ (data[0].colorbar);
  const colorbar = { ...bar, thickness: 10, xpad: 4, tickfont: { size: SMALL }, title: { text: '' } };
  const margin = { ...layout.margin, l: 48, t: 6, b: 40 };
  const axes = { xaxis: small(layout.xaxis), yaxis: small(layout.yaxis) };
  return { data: [{ ...data[0], colorbar }, ...data.slice(1)], layout: { ...layout, ...axes, margin } };
}

/**
 * @param {{ title: object }} axis
 * @returns {object}
 */
const small = (axis) => ({
  ...axis,
  title: { ...axis.title, font: { size: SMALL } },
  tickfont: { size: SMALL },
  nticks: 6,
});
