import type { StudyView } from '@downhill/core';
import { pictureSvg } from './picture-svg.ts';
import { intermediateValues } from './pictures/intermediate-values.ts';

/**
 * What the trials of a study reported on the way, one line a trial, as the text of an SVG picture. Pruned trials are dashed and end in a
 * triangle, the best is the thick line. Reports that are not finite leave a gap.
 *
 * @example
 * const view = { name: 'first', direction: 'minimize', seed: 1, space: space({ rate: float(0, 1) }), trials: [] };
 * intermediateValuesSvg(view).startsWith('<svg role="img"'); // true
 */
export const intermediateValuesSvg = (study: StudyView): string => pictureSvg(intermediateValues, study);
