import { exp, log } from '@downhill/core/math';

/** Numbers on a scale, and how the widths of their kernels are chosen. */
export interface BandwidthOptions {
  /** Whether no kernel is narrower than 1/100 of the range, or 1 / (1 + kernels) of it where that is more. */
  readonly considerMagicClip: boolean;
  /** Whether the outermost kernels reach to the ends of the range. */
  readonly considerEndpoints: boolean;
}

/** Below this a kernel would be a point: Optuna's. */
const NARROWEST = 1e-12;

/**
 * The widths of kernels of one parameter alone: the distance to the farther of its two neighbours, the prior's kernel in the middle of the
 * range among them. Bergstra et al. 2011, section 4.1, with the clipping of Hyperopt and Optuna.
 *
 * @param mus Where the kernels are, the prior's last.
 */
export function neighbourWidths(mus: Float64Array, [low, high]: readonly [number, number], options: BandwidthOptions): Float64Array {
  const order = Array.from(mus, (_, i) => i).sort((i, j) => (mus[i] ?? 0) - (mus[j] ?? 0) || i - j);
  const sorted = [low, ...order.map((i) => mus[i] ?? 0), high];
  const widths = new Float64Array(mus.length);
  for (const [place, i] of order.entries()) {
    const below = (sorted[place + 1] ?? 0) - (sorted[place] ?? 0);
    const above = (sorted[place + 2] ?? 0) - (sorted[place + 1] ?? 0);
    const alone = order.length === 1 || options.considerEndpoints;
    if (place === 0 && !alone) widths[i] = above;
    else if (place === order.length - 1 && !alone) widths[i] = below;
    else widths[i] = Math.max(below, above);
  }
  return clipped(widths, high - low, options);
}

/**
 * The widths of kernels of `dimensions` parameters together: all the same, by Scott's rule with a fifth of the range as the scatter.
 *
 *     σ = 0.2 · n^(−1 / (d + 4)) · (high − low)
 *
 * Falkner et al. 2018 (BOHB) use Scott's rule; the fifth is Optuna's.
 */
export function jointWidths(kernels: number, dimensions: number, range: number, options: BandwidthOptions): Float64Array {
  const observations = Math.max(kernels - 1, 1);
  const width = 0.2 * exp(-log(observations) / (dimensions + 4)) * range;
  return clipped(new Float64Array(kernels).fill(width), range, options);
}

/** Widths between the narrowest and the whole range; the prior's, the last, is the whole range. */
function clipped(widths: Float64Array, range: number, { considerMagicClip }: BandwidthOptions): Float64Array {
  const narrowest = considerMagicClip ? range / Math.min(100, 1 + widths.length) : NARROWEST;
  return widths.map((width, i) => (i === widths.length - 1 ? range : Math.min(Math.max(width, narrowest), range)));
}
