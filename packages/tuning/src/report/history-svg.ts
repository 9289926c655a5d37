import type { StudyView } from '@downhill/core';
import { pictureSvg } from './picture-svg.ts';
import { history } from './pictures/history.ts';

/**
 * The history of a study as the text of an SVG picture: the value of each trial, and the best so far as a line. A pruned trial is marked at its
 * last report, a failed one at the bottom. Values from which the largest is at least a hundred times the smallest have a logarithmic axis.
 * The picture needs no font and no network, and follows the reader's light or dark theme; the same study gives the same bytes.
 *
 * @example
 * const view = { name: 'first', direction: 'minimize', seed: 1, space: space({ rate: float(0, 1) }), trials: [] };
 * historySvg(view).startsWith('<svg role="img"'); // true
 */
export const historySvg = (study: StudyView): string => pictureSvg(history, study);
