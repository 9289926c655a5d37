import { checkNumber, complete, copyOfParameter, DownhillError, named, show, type Transform } from '@downhill/core';
import { averagingRule } from './averaging-rule.ts';

/** An epoch as the place where averaging begins. */
export interface FromEpoch {
  /** The first epoch that counts, from 0: so many are finished before it. */
  readonly epoch: number;
  readonly batchesPerEpoch: number;
}

/** Options of {@link swaWeights}. */
export interface SwaWeightsOptions {
  /** The first step that counts, from 0, or the epoch. @defaultValue 0 (PyTorch's `AveragedModel`, which leaves the start to its caller) */
  start?: number | FromEpoch;
  /** Steps from one set of weights to the next; from an epoch on, the last of each `every` steps counts. @defaultValue 1; from an epoch on the epoch's batches: once at its end */
  every?: number;
  /** Instead of the equal average a moving one, begun with a copy: the share of the old average that stays, in [0, 1) (PyTorch's `get_ema_avg_fn`). @defaultValue none: all count the same */
  decay?: number;
}

/**
 * Stochastic weight averaging: the equal average of the weights from a step on, kept in the optimizer's kernel: last in a chain.
 *
 *     aₜ = (n aₜ₋₁ + wₜ) / (n + 1)    at step i where i ≥ start and (i − start) mod every = 0, with n sets of weights in it so far
 *
 * Izmailov et al. 2018, algorithm 1 (arXiv:1803.05407); PyTorch's `AveragedModel`, whose first update copies the weights. Before it the average is the initial
 * weights. Slots: `average`, shaped like the parameter; saved with the optimizer. Its schedule is `swaLearningRate` of @downhill/schedulers; the statistics of
 * batch normalizations fit no average, so re-estimate them when it is swapped in.
 *
 * @example
 * const rule = swaWeights({ start: { epoch: 75, batchesPerEpoch: 100 } });
 * rule.parts[0].rule.scalars({ step: 7599, t: 7600 }); // { averageDecay: 0 }
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function swaWeights(options: SwaWeightsOptions = {}): Transform {
  const config = complete('swaWeights', options, { start: 0, every: undefined, decay: undefined });
  const { decay } = config;
  const { start, every } = steps(config.start, config.every);
  if (decay !== undefined) checkNumber('swaWeights', { decay }, { min: 0, below: 1 });
  return averagingRule('swaWeights', config, [
    {
      slot: 'average',
      start: copyOfParameter,
      decayAt(t) {
        const since = t - 1 - start;
        if (since < 0 || since % every !== 0) return 1;
        const taken = since / every;
        if (decay !== undefined) return taken === 0 ? 0 : decay;
        return taken / (taken + 1);
      },
    },
  ]);
}

/**
 * Polyak averaging: the equal average of the weights of all steps. {@link swaWeights} from the first step on.
 *
 * Polyak & Juditsky 1992, equation 2. Slots: `average`, shaped like the parameter.
 *
 * @example
 * const rule = polyakWeights();
 * rule.parts[0].rule.averages.length; // 1
 */
export const polyakWeights = (): Transform => named('polyakWeights', [], swaWeights());

function steps(start: number | FromEpoch, every: number | undefined): { readonly start: number; readonly every: number } {
  if (typeof start === 'number') {
    const stride = every === undefined ? 1 : every;
    checkNumber('swaWeights', { start }, { min: 0, integer: true });
    checkNumber('swaWeights', { every: stride }, { min: 1, integer: true });
    return { start, every: stride };
  }
  if (typeof start !== 'object' || start === null || Object.keys(start).sort().join() !== 'batchesPerEpoch,epoch')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'swaWeights',
      problem: `\`start\` must be a step or { epoch, batchesPerEpoch }, got ${show(start)}`,
      advice: 'Write 7500 or { epoch: 75, batchesPerEpoch: 100 }.',
    });
  const { epoch, batchesPerEpoch } = start;
  checkNumber('swaWeights', { epoch }, { min: 0, integer: true });
  const stride = every === undefined ? batchesPerEpoch : every;
  checkNumber('swaWeights', { batchesPerEpoch, every: stride }, { min: 1, integer: true });
  return { start: epoch * batchesPerEpoch + stride - 1, every: stride };
}
