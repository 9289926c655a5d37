import { checkNumber, complete, DownhillError } from '@downhill/core';
import { log } from '@downhill/core/math';

/** Learning rates that a range test speaks for. */
export interface LearningRateSuggestions {
  /** Where the loss falls steepest over the logarithm of the rate: the boldest choice that still learns fast. */
  readonly steepest: number;
  /** The middle of the longest stretch of falling losses: fastai's default, and steady where the curve is noisy. */
  readonly valley: number;
  /** A tenth of the rate of the least loss. */
  readonly minimum: number;
  /** The rate of the least loss itself: there training is about to diverge. */
  readonly minimumAt: number;
}

/** Which end pieces of a range test are left out. */
export interface SuggestOptions {
  /** Losses at the beginning. @defaultValue 0 */
  readonly skipStart?: number;
  /** Losses at the end. @defaultValue 0 */
  readonly skipEnd?: number;
}

/**
 * Suggests learning rates from the losses of a range test, which count up to the first that is not finite.
 *
 *     steepest = rateᵢ with the least (lossᵢ₊₁ − lossᵢ) / (ln rateᵢ₊₁ − ln rateᵢ)
 *     minimum  = rateᵢ / 10 with the least lossᵢ                                        (Smith 2018, arXiv:1803.09820)
 *     valley   = the rate in the middle of the middle third of the longest strictly falling subsequence
 *
 * The three as in fastai's `callback/schedule.py` (`steep`, `minimum`, `valley`).
 *
 * @example
 * const rates = [1e-4, 1e-3, 1e-2, 1e-1, 1];
 * suggestLearningRates(rates, [2, 1.9, 1, 0.8, 9])?.steepest; // 1e-3
 *
 * @returns `undefined` where fewer than two losses are left.
 * @throws DownhillError `shape-mismatch` where there is not one loss per rate, `invalid-argument` for a share to skip out of range.
 */
export function suggestLearningRates(
  rates: readonly number[],
  losses: readonly number[],
  options: SuggestOptions = {},
): LearningRateSuggestions | undefined {
  const { skipStart, skipEnd } = complete('suggestLearningRates', options, { skipStart: 0, skipEnd: 0 });
  checkNumber('suggestLearningRates', { skipStart, skipEnd }, { min: 0, integer: true });
  if (rates.length !== losses.length)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'suggestLearningRates',
      problem: `\`losses\` must have one loss per rate (${rates.length}), got ${losses.length}`,
    });
  const broken = losses.findIndex((loss) => !Number.isFinite(loss));
  const end = Math.min(losses.length - skipEnd, broken === -1 ? Infinity : broken);
  const used = { rates: rates.slice(skipStart, Math.max(end, skipStart)), losses: losses.slice(skipStart, Math.max(end, skipStart)) };
  if (used.losses.length < 2) return undefined;
  const minimumAt = at(used.rates, placeOfLeast(used.losses));
  return {
    steepest: at(used.rates, placeOfLeast(slopes(used.rates, used.losses))),
    valley: at(used.rates, valley(used.losses)),
    minimum: minimumAt / 10,
    minimumAt,
  };
}

const at = (values: readonly number[], i: number): number => values[i] ?? Number.NaN;

const placeOfLeast = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value < (values[best] ?? Infinity) ? i : best), 0);

const slopes = (rates: readonly number[], losses: readonly number[]): readonly number[] =>
  losses.slice(1).map((loss, i) => (loss - at(losses, i)) / (log(at(rates, i + 1)) - log(at(rates, i))));

/** The place in the middle of the middle third of the longest strictly falling subsequence, counted back from its end by its length. */
function valley(losses: readonly number[]): number {
  const lengths: number[] = [];
  for (const loss of losses) lengths.push(1 + Math.max(0, ...lengths.filter((_, j) => at(losses, j) > loss)));
  const length = Math.max(...lengths);
  const end = lengths.indexOf(length);
  const third = length / 3;
  return Math.max(0, end - length) + Math.floor(third) + Math.floor(third / 2);
}
