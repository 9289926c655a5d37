import { checkNumber, complete, copyOfParameter, DownhillError, show, zeros, type Transform } from '@downhill/core';
import { integerPower, pow } from '@downhill/core/math';
import { averagingRule, type KeptAverage } from './averaging-rule.ts';

/** Options of {@link emaWeights}; names and defaults of the warm-up from timm's `ModelEmaV3`. */
export interface EmaWeightsOptions {
  /** The share of the old average that stays at each step, in [0, 1). @defaultValue 0.999 (PyTorch's `get_ema_avg_fn`; timm has 0.9999) */
  decay?: number;
  /** Several averages at once, one for each decay, named by it: `emaWeights/0.99`. Instead of `decay`. @defaultValue only the one of `decay` */
  decays?: readonly number[];
  /** The decay rises from `minDecay` to what it is to be. @defaultValue false (timm) */
  useWarmup?: boolean;
  /** Steps after which averaging begins; until then the average is a copy of the weights. @defaultValue 0 (timm) */
  updateAfterStep?: number;
  /** γ of the warm-up, above 0: a larger one rises more slowly. @defaultValue 1 (timm) */
  warmupGamma?: number;
  /** p of the warm-up, above 0: 2/3 reaches 0.999 after 31,600 steps, 3/4 after 10,000. @defaultValue 2/3 (timm) */
  warmupPower?: number;
  /** Where the warm-up begins, from 0 to the decay. @defaultValue 0 (timm) */
  minDecay?: number;
  /** Start from zeros and divide by 1 − dᵗ, as Adam does, instead of starting from the first weights. @defaultValue false (timm; optax's `ema` has true) */
  biasCorrection?: boolean;
}

/**
 * An exponential moving average of the weights, kept beside them in the optimizer's kernel: last in a chain.
 *
 *     aₜ = d aₜ₋₁ + (1 − d) wₜ        a₀ = w₀
 *     useWarmup:  dₜ = max(min(1 − (1 + s/γ)⁻ᵖ, d), minDecay)  with s = t − updateAfterStep − 1,  and a copy while s ≤ 0
 *     biasCorrection:  a₀ = 0, and what is read is aₜ / (1 − dᵗ)
 *
 * timm's `ModelEmaV3` (its train loop counts steps from 1); the correction as in Kingma & Ba 2015, algorithm 1. Slots: `average`, or one named by each of
 * `decays`, shaped like the parameter; they are saved with the optimizer. `withAveragedWeights` swaps one in.
 *
 * @example
 * const rule = emaWeights({ decays: [0.99, 0.999] });
 * rule.parts[0].rule.averages.map(({ slot }) => slot); // ['0.99', '0.999']
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, or options exclude each other.
 */
export function emaWeights(options: EmaWeightsOptions = {}): Transform {
  const { decay, decays, ...rest } = complete('emaWeights', options, {
    decay: undefined,
    decays: undefined,
    useWarmup: false,
    updateAfterStep: 0,
    warmupGamma: 1,
    warmupPower: 2 / 3,
    minDecay: 0,
    biasCorrection: false,
  });
  const { updateAfterStep, warmupGamma, warmupPower, minDecay, useWarmup, biasCorrection } = rest;
  const horizons = horizonsOf(decay, decays);
  checkNumber('emaWeights', { updateAfterStep }, { min: 0, integer: true });
  checkNumber('emaWeights', { warmupGamma, warmupPower }, { above: 0 });
  checkNumber('emaWeights', { minDecay }, { min: 0, max: Math.min(...horizons) });
  if (biasCorrection && (useWarmup || updateAfterStep > 0))
    throw wrong(
      '`biasCorrection` cannot go with `useWarmup` or `updateAfterStep`, which begin with a copy of the weights',
      'Leave one of them out.',
    );
  const copies = useWarmup || updateAfterStep > 0;
  return averagingRule(
    'emaWeights',
    { ...(decays === undefined ? { decay: horizons[0] } : { decays: horizons }), ...rest },
    horizons.map((target): KeptAverage => ({
      slot: decays === undefined ? 'average' : String(target),
      start: biasCorrection ? zeros : copyOfParameter,
      ...(biasCorrection ? { factor: (steps: number) => 1 / (1 - integerPower(target, steps)) } : {}),
      decayAt(t) {
        const s = t - updateAfterStep - 1;
        if (copies && s <= 0) return 0;
        return useWarmup ? Math.max(Math.min(1 - pow(1 + s / warmupGamma, -warmupPower), target), minDecay) : target;
      },
    })),
  );
}

/** The decays of all averages. */
function horizonsOf(decay: number | undefined, decays: readonly number[] | undefined): readonly number[] {
  const range = { min: 0, below: 1 };
  if (decays === undefined) {
    const only = decay === undefined ? 0.999 : decay;
    checkNumber('emaWeights', { decay: only }, range);
    return [only];
  }
  if (decay !== undefined) throw wrong('`decay` and `decays` were both given', 'Put all of them into `decays`.');
  if (!Array.isArray(decays) || decays.length === 0)
    throw wrong(`\`decays\` must be a list of numbers, got ${show(decays)}`, 'Write { decays: [0.99, 0.999] }.');
  decays.forEach((each: unknown, i) => checkNumber('emaWeights', { [`decays[${i}]`]: each }, range));
  if (new Set(decays).size < decays.length) throw wrong(`\`decays\` has one twice, got ${show(decays)}`, 'Each must be different.');
  return Object.freeze([...decays]);
}

const wrong = (problem: string, advice: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'emaWeights', problem, advice });
