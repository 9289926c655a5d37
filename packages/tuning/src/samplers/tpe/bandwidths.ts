import { exp, log } from '@downhill/core/math';
import type { CompleteParzenOptions } from './parzen-options.ts';

type Bandwidths = Pick<CompleteParzenOptions, 'considerMagicClip' | 'considerEndpoints'>;

/** In ranges. Below this a kernel would be a point: Optuna's. */
const NARROWEST = 1e-12;

/** In ranges; see {@link jointWidths}. */
const JOINT = 0.08;
const JOINT_LEAST = 0.01;

/**
 * The widths of kernels of one parameter alone: the distance to the farther of the two neighbours, the prior's kernel in the middle of the
 * range among them. Bergstra et al. 2011, section 4.1; the clipping is that of Hyperopt and Optuna.
 *
 * @param mus Where the kernels are, the prior's last.
 */
export function neighbourWidths(mus: Float64Array, low: number, high: number, options: Bandwidths): Float64Array {
  const order = Array.from(mus, (_, i) => i).sort((i, j) => (mus[i] ?? 0) - (mus[j] ?? 0) || i - j);
  const ends = options.considerEndpoints || order.length === 1;
  const sorted = [ends ? low : Number.NaN, ...order.map((i) => mus[i] ?? 0), ends ? high : Number.NaN];
  const widths = new Float64Array(mus.length);
  for (const [place, i] of order.entries()) {
    const [below = 0, here = 0, above = 0] = sorted.slice(place, place + 3);
    widths[i] = Math.max(...[here - below, above - here].filter((distance) => !Number.isNaN(distance)));
  }
  return clipped(widths, high - low, options);
}

/**
 * The widths of kernels of `dimensions` parameters together: all the same, by Scott's rule; the prior's, the last, is the whole range.
 *
 *     σ = max(0.08 · n^(−1 / (d + 4)), 0.01) · (high − low)
 *
 * Falkner et al. 2018 (BOHB) use Scott's rule. Optuna has 0.2 in front, and the clip of single parameters, which is for neighbours that may be
 * close to each other. Narrower and without it, better settings were found after 100 trials on each of eight functions: the five formulas of
 * `npm run bench -- tuning`, Levy's, Styblinski & Tang's, and one over a mixed space.
 */
export function jointWidths(kernels: number, dimensions: number, range: number): Float64Array {
  const scott = exp(-log(Math.max(kernels - 1, 1)) / (dimensions + 4));
  const widths = new Float64Array(kernels).fill(aboveZero(Math.max(JOINT * scott, JOINT_LEAST) * range));
  return widths.fill(range, -1);
}

/** A share of a range of a few of the smallest numbers may round to 0, and a kernel without width gives NaN. */
const aboveZero = (width: number): number => Math.max(width, Number.MIN_VALUE);

/** Widths between the least and the whole range; the prior's, the last, is the whole range. */
function clipped(widths: Float64Array, range: number, { considerMagicClip }: Bandwidths): Float64Array {
  const least = aboveZero((considerMagicClip ? 1 / Math.min(100, 1 + widths.length) : NARROWEST) * range);
  return widths.map((width, i) => (i === widths.length - 1 ? range : Math.min(Math.max(width, least), range)));
}
