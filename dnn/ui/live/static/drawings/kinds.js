// @ts-check
// Every kind of drawing by its name, as in dnn/lessons/drawings. A new kind is a module and a line here.

import { batches } from './batches.js';
import { bestOf } from './best_of.js';
import { costAndAccuracy } from './cost_and_accuracy.js';
import { crossEntropy } from './cross_entropy.js';
import { deadUnits } from './dead_units.js';
import { division } from './division.js';
import { folds } from './folds.js';
import { halves } from './halves.js';
import { line } from './line.js';
import { masks } from './masks.js';
import { ravine } from './ravine.js';
import { rectifier } from './rectifier.js';
import { schedules } from './schedules.js';
import { sigmoid } from './sigmoid.js';
import { slopeProduct } from './slope_product.js';
import { starts } from './starts.js';
import { symptomCurves } from './symptom_curves.js';
import { threshold } from './threshold.js';

/** @import { Kind } from './contract.d.ts' */

/** @type {Record<string, Kind<any>>} */
export const KINDS = {
  line,
  sigmoid,
  cross_entropy: crossEntropy,
  batches,
  best_of: bestOf,
  cost_and_accuracy: costAndAccuracy,
  dead_units: deadUnits,
  division,
  fault_curves: symptomCurves,
  folds,
  halves,
  masks,
  ravine,
  rectifier,
  schedules,
  slope_product: slopeProduct,
  starts,
  symptom_curves: symptomCurves,
  threshold,
};
