import { checkNumber, complete } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import type { CategoricalParameter, Choice, FloatParameter, IntParameter } from '../../space/parameter.ts';
import type { Settings } from '../../space/settings.ts';
import { jointWidths, neighbourWidths, type BandwidthOptions } from './bandwidths.ts';
import { addChoiceDensities, choiceFrom, choiceKernels, indexFrom, type ChoiceKernels } from './choice-kernels.ts';
import { addNumberDensities, numberFrom, type NumberKernels } from './number-kernels.ts';
import { scaleOf } from './scale.ts';
import { oldDecay } from './weights.ts';

/** What has a density: a parameter that is sampled. */
export type SampledParameter = FloatParameter | IntParameter | CategoricalParameter;

/** How observations become a density. */
export interface ParzenOptions extends Partial<BandwidthOptions> {
  /** The prior's weight, above 0, where an observation's is 1. @defaultValue 1, Optuna's */
  readonly priorWeight?: number;
  /** Whether the widths of kernels suit all parameters together, or each alone. @defaultValue false */
  readonly multivariate?: boolean;
  /** The weights of that many observations, from the oldest to the newest. @defaultValue 1 for the newest 25, less for older ones: Optuna's */
  readonly weights?: (observations: number) => readonly number[];
}

/** A density over settings: a mixture of one kernel an observation and, last, the prior. */
export interface ParzenEstimator {
  /** They add up to 1. */
  readonly weights: readonly number[];
  /** By the name of the parameter. */
  readonly kernels: Readonly<Record<string, NumberKernels | ChoiceKernels>>;
  /**
   * The logarithm of the density at settings: of the chance, in parameters that have steps or choices; of the density of the logarithm, in
   * logarithmic ones. −Infinity outside the space.
   */
  logPdf(settings: Settings): number;
  /** Settings from the mixture. @param draw An even number from between 0 and 1 for each place: 0 for the kernel, then one a parameter. */
  sample(draw: (place: number) => number): Settings;
}

export const PARZEN_DEFAULTS: Required<ParzenOptions> = {
  priorWeight: 1,
  considerMagicClip: true,
  considerEndpoints: false,
  multivariate: false,
  weights: oldDecay,
};

/**
 * The density of good or of bad trials, which {@link tpe} compares: truncated normal kernels around the observed numbers, smoothed counts of
 * the observed choices, and a prior as wide as the space.
 *
 *     p(x) = Σᵢ wᵢ Πⱼ Kᵢⱼ(xⱼ)
 *
 * Bergstra et al. 2011, section 4; the conventions are Optuna's 3.1. Watanabe 2023 (arXiv:2304.11127) names and compares them.
 *
 * @param parameters The parameters that the observations have, without fixed ones.
 * @param observations From the oldest to the newest. Conditions are not looked at.
 *
 * @example
 * const density = parzenEstimator({ rate: float(0, 1) }, [{ rate: 0.2 }, { rate: 0.3 }]);
 * density.logPdf({ rate: 0.25 }) > density.logPdf({ rate: 0.9 }); // true
 *
 * @throws DownhillError `invalid-argument` for a prior without weight, or a name that is no option.
 */
export function parzenEstimator(
  parameters: Readonly<Record<string, SampledParameter>>,
  observations: readonly Settings[],
  options: ParzenOptions = {},
): ParzenEstimator {
  const full = complete('parzenEstimator', options, PARZEN_DEFAULTS);
  checkNumber('parzenEstimator', { priorWeight: full.priorWeight }, { above: 0 });
  return mixture(parameters, observations, full);
}

/** {@link parzenEstimator} with checked options. */
export function mixture(
  parameters: Readonly<Record<string, SampledParameter>>,
  observations: readonly Settings[],
  options: Required<ParzenOptions>,
): ParzenEstimator {
  const names = Object.keys(parameters);
  const weights = normalized([...options.weights(observations.length), options.priorWeight]);
  const logWeights = Float64Array.from(weights, log);
  const kernels: Record<string, NumberKernels | ChoiceKernels> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const observed = observations.map((settings) => settings[name] ?? null);
    kernels[name] =
      parameter.kind === 'categorical'
        ? choiceKernels(parameter.choices, observed, options.priorWeight)
        : numberKernels(parameter, observed, names.length, options);
  }
  const adders = Object.entries(kernels).map(([name, found]) => ({ name, add: adderOf(found) }));
  return {
    weights,
    kernels,
    logPdf(settings) {
      const sums = Float64Array.from(logWeights);
      for (const { name, add } of adders) add(settings[name] ?? null, sums);
      return logSumExp(sums);
    },
    sample(draw) {
      const i = indexFrom(weights, draw(0));
      return Object.fromEntries(Object.entries(kernels).map(([name, found], place) => [name, valueFrom(found, i, draw(place + 1))]));
    },
  };
}

function numberKernels(
  parameter: FloatParameter | IntParameter,
  observed: readonly Choice[],
  dimensions: number,
  options: Required<ParzenOptions>,
): NumberKernels {
  const scale = scaleOf(parameter);
  const { low, high } = scale;
  const mus = Float64Array.from([...observed.map((value) => scale.positionOf(Number(value))), 0.5 * (low + high)]);
  const sigmas = options.multivariate
    ? jointWidths(mus.length, dimensions, high - low, options)
    : neighbourWidths(mus, [low, high], options);
  return { kind: 'number', scale, mus, sigmas };
}

function adderOf(kernels: NumberKernels | ChoiceKernels): (value: Choice, sums: Float64Array) => void {
  if (kernels.kind === 'choice') return addChoiceDensities(kernels);
  const add = addNumberDensities(kernels);
  return (value, sums) => add(Number(value), sums);
}

const valueFrom = (kernels: NumberKernels | ChoiceKernels, i: number, q: number): Choice =>
  kernels.kind === 'choice' ? choiceFrom(kernels, i, q) : numberFrom(kernels, i, q);

function normalized(numbers: readonly number[]): readonly number[] {
  const sum = numbers.reduce((total, number) => total + number, 0);
  return numbers.map((number) => number / sum);
}

/** ln Σ e^x, with the largest taken out so that nothing overflows. */
function logSumExp(numbers: Float64Array): number {
  const largest = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest === -Infinity) return largest;
  return largest + log(numbers.reduce((sum, number) => sum + exp(number - largest), 0));
}
