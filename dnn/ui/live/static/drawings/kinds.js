// @ts-check
// Every kind of drawing by its name, as in dnn/lessons/drawings. A new kind is a module and a line here.

import { crossEntropy } from './cross_entropy.js';
import { line } from './line.js';
import { ravine } from './ravine.js';
import { sigmoid } from './sigmoid.js';
import { threshold } from './threshold.js';

/** @import { Kind } from './contract.d.ts' */

/** @type {Record<string, Kind<any>>} */
export const KINDS = { line, sigmoid, cross_entropy: crossEntropy, ravine, threshold };
