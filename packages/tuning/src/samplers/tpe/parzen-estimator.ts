import type { CategoricalParameter, Choice, FloatParameter, IntParameter, Settings } from '@downhill/core';
import { log } from '@downhill/core/math';
import { jointWidths, neighbourWidths } from './bandwidths.ts';
import { addChoiceKernels, choiceFrom, choiceKernels, indexFrom, type ChoiceKernels } from './choice-kernels.ts';
import { completeParzen, type CompleteParzenOptions, type ParzenOptions } from './parzen-options.ts';
import { logSumExp } from './log-sum-exp.ts';
import { addNumberKernels, numberFrom, type AddKernels, type NumberKernels } from './number-kernels.ts';
import { scaleOf } from './scale.ts';
import { observationWeights } from './observation-weights.ts';

/** A parameter that is sampled. */
export type SampledParameter = FloatParameter | IntParameter | CategoricalParameter;

/** How likely settings are, judged by observed ones: a mixture of one kernel an observation and, last, the prior. */
export interface ParzenEstimator {
  /** They add up to 1. */
  readonly weights: readonly number[];
  /** By the name of the parameter. */
  readonly kernels: Readonly<Record<string, NumberKernels | ChoiceKernels>>;
  /** ln p, or −Infinity outside the space. Of a logarithmic parameter it is the density of the logarithm. */
  logPdf(settings: Settings): number;
  /** Settings from the mixture. @param uniformAt Numbers from [0, 1), by place: 0 chooses the kernel, then one a parameter. */
  sample(uniformAt: (place: number) => number): Settings;
}

/**
 * How likely settings are, judged by observed ones: what {@link tpe} makes of good trials, and of bad ones. Truncated normal kernels stand
 * around the observed numbers, smoothed counts for observed choices; the prior is a kernel as wide as the space.
 *
 *     p(x) = Σᵢ wᵢ Πⱼ Kᵢⱼ(xⱼ)
 *
 * Bergstra et al. 2011, section 4; the conventions are those of Optuna 3.1, compared by Watanabe 2023 (arXiv:2304.11127). Where `multivariate`,
 * p is a density. Else kernels are as high as each other, so that wide ones count more, and p is none: in Optuna 3.1 that is an
 * oversight (optuna/optuna#5109, since mended), but one that does TPE good.
 *
 * @param parameters Those that the observations have. Conditions are not looked at.
 * @param observations From the oldest to the newest.
 *
 * @example
 * const good = parzenEstimator({ rate: float(0, 1) }, [{ rate: 0.2 }, { rate: 0.3 }]);
 * good.logPdf({ rate: 0.25 }) > good.logPdf({ rate: 0.9 }); // true
 *
 * @throws DownhillError `invalid-argument` for an option that is not taken.
 */
export function parzenEstimator(
  parameters: Readonly<Record<string, SampledParameter>>,
  observations: readonly Settings[],
  options: ParzenOptions = {},
): ParzenEstimator {
  return mixture(parameters, observations, completeParzen('parzenEstimator', options));
}

/** {@link parzenEstimator} with options that are checked. */
export function mixture(
  parameters: Readonly<Record<string, SampledParameter>>,
  observations: readonly Settings[],
  options: CompleteParzenOptions,
): ParzenEstimator {
  const weights = observationWeights(observations.length, options);
  const dimensions = Object.keys(parameters).length;
  const kernels = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const observed = observations.map((settings) => settings[name] ?? null);
      return [
        name,
        parameter.kind === 'categorical'
          ? choiceKernels(parameter.choices, observed, options.priorWeight)
          : numberKernels(parameter, observed.map(Number), dimensions, options),
      ] as const;
    }),
  );
  const logWeights = Float64Array.from(weights, (weight) => log(weight));
  const adders = Object.entries(kernels).map(([name, found]) => ({ name, add: adderOf(found, options.multivariate) }));
  return {
    weights,
    kernels,
    logPdf(settings) {
      const sums = Float64Array.from(logWeights);
      for (const { name, add } of adders) add(settings[name] ?? null, sums);
      return logSumExp(sums);
    },
    sample(uniformAt) {
      const i = indexFrom(weights, uniformAt(0));
      const values = Object.entries(kernels).map(([name, found], j) => [name, valueFrom(found, i, uniformAt(j + 1))] as const);
      return Object.fromEntries(values);
    },
  };
}

function numberKernels(
  parameter: FloatParameter | IntParameter,
  observed: readonly number[],
  dimensions: number,
  options: CompleteParzenOptions,
): NumberKernels {
  const scale = scaleOf(parameter);
  const { low, high } = scale;
  const mus = Float64Array.from([...observed.map(scale.positionOf), 0.5 * (low + high)]);
  const sigmas = options.multivariate ? jointWidths(mus.length, dimensions, high - low) : neighbourWidths(mus, low, high, options);
  return { kind: 'number', scale, mus, sigmas };
}

function adderOf(kernels: NumberKernels | ChoiceKernels, multivariate: boolean): AddKernels<Choice> {
  if (kernels.kind === 'choice') return addChoiceKernels(kernels);
  const add = addNumberKernels(kernels, !multivariate);
  return (value, sums) => add(Number(value), sums);
}

const valueFrom = (kernels: NumberKernels | ChoiceKernels, i: number, q: number): Choice =>
  kernels.kind === 'choice' ? choiceFrom(kernels, i, q) : numberFrom(kernels, i, q);
