import type { StudyView } from '@downhill/core';
import { pictureSvg } from './picture-svg.ts';
import { slice } from './pictures/slice.ts';

/**
 * The values of the complete trials over each parameter on its own, one panel a parameter, as the text of an SVG picture. The later a trial, the
 * stronger its colour. Conditional parameters show the trials that have them.
 *
 * @example
 * const view = { name: 'first', direction: 'minimize', seed: 1, space: space({ rate: float(0, 1) }), trials: [] };
 * sliceSvg(view).startsWith('<svg role="img"'); // true
 */
export const sliceSvg = (study: StudyView): string => pictureSvg(slice, study);
