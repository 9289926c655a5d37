import type { StudyView } from '@downhill/core';
import { pictureSvg } from './picture-svg.ts';
import { parallelCoordinates } from './pictures/parallel-coordinates.ts';

/**
 * The complete trials of a study as lines across one axis a parameter (Inselberg 1985), as the text of an SVG picture. The first axis is the
 * value; the better it is, the stronger the colour of the line, with the worst fifth all alike. Logarithmic parameters have logarithmic axes,
 * choices are named, and a conditional parameter that a trial does not have is crossed at "absent".
 *
 * @example
 * const view = { name: 'first', direction: 'minimize', seed: 1, space: space({ rate: float(0, 1) }), trials: [] };
 * parallelCoordinatesSvg(view).startsWith('<svg role="img"'); // true
 */
export const parallelCoordinatesSvg = (study: StudyView): string => pictureSvg(parallelCoordinates, study);
