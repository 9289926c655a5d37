import { cos } from '@downhill/core/math';
import { blend } from './blend.ts';

/** A step, which may be fractional, and the value there. */
export type Corner = readonly [step: number, value: number];

/** How two corners are joined: by half a cosine or a line. */
export type Anneal = 'cos' | 'linear';

/** The value on the way from corner to corner; after the last one its value. A way of no length is left out: at a corner the longer way before it counts. */
export function along(corners: readonly Corner[], t: number, anneal: Anneal): number {
  const end = corners.findIndex(([step], i) => t <= step && step > (corners[i - 1]?.[0] ?? Infinity));
  const [before, after] = [corners[end - 1], corners[end]];
  if (before === undefined || after === undefined) return corners.at(-1)?.[1] ?? Number.NaN;
  const share = (t - before[0]) / (after[0] - before[0]);
  return blend(before[1], after[1], anneal === 'cos' ? 0.5 * (1 + cos(Math.PI * share)) : 1 - share);
}
