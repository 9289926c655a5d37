import {
  add,
  checkNumber,
  checkSchedule,
  complete,
  copyOfParameter,
  div,
  greater,
  max,
  mul,
  pow,
  select,
  sub,
  transform,
  zerosOver,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { pow as power } from '@downhill/core/math';

/** Options of {@link scaleByScheduleFree}; names and defaults of the authors' `SGDScheduleFree`. */
export interface ScaleByScheduleFreeOptions {
  /** @defaultValue 1 (the authors) */
  learningRate?: ScheduleLike;
  /** β: where between z and the average x the gradient is taken, in (0, 1]. It ties the three, and stays. @defaultValue 0.9 (the authors) */
  momentum?: number;
  /** Steps in which the rate rises from 1 / warmupSteps of it. @defaultValue 0 (the authors) */
  warmupSteps?: number;
  /** Later steps weigh tʳ as much in the average. @defaultValue 0 (the authors) */
  r?: number;
  /** The power of the largest rate so far in a step's weight: early steps with a small one count less. @defaultValue 2 (the authors) */
  weightLrPower?: number;
}

export const scheduleFreeDefaults: Required<ScaleByScheduleFreeOptions> = {
  learningRate: 1,
  momentum: 0.9,
  warmupSteps: 0,
  r: 0,
  weightLrPower: 2,
};

/**
 * Schedule-free learning: a plain descent z, its average x, and the gradients taken between them. Last in a chain, with the rate in it.
 *
 *     zₜ = zₜ₋₁ − ηₜ uₜ        xₜ = (1 − cₜ) xₜ₋₁ + cₜ zₜ        yₜ = (1 − β) zₜ + β xₜ        cₜ = γₜ / Σ γᵢ,  γₜ = tʳ (max ηᵢ)ᵖ
 *
 * Defazio et al. 2024, equations 3 to 5 (arXiv:2405.15682). The weight is y, where the gradient is taken; the model is judged and kept with
 * x, which is an average of the weights: `withAveragedWeights(model, use)` puts it in, with `reestimate` for batch normalization, and
 * `optimizer.average(...)` reads it. Slots: `z`, and over all parameters `weightSum` and `largestRate`; x is y/β + (1 − 1/β) z.
 *
 * @example
 * const rule = scaleByScheduleFree({ learningRate: 0.1 });
 * rule.name; // 'scaleByScheduleFree'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByScheduleFree(options: ScaleByScheduleFreeOptions = {}): Transform {
  const config = complete('scaleByScheduleFree', options, scheduleFreeDefaults);
  const { learningRate, momentum, warmupSteps, r, weightLrPower } = config;
  checkSchedule('scaleByScheduleFree', { learningRate }, { min: 0 });
  checkNumber('scaleByScheduleFree', { momentum }, { above: 0, max: 1 });
  checkNumber('scaleByScheduleFree', { warmupSteps }, { min: 0, integer: true });
  checkNumber('scaleByScheduleFree', { r, weightLrPower }, { min: 0 });
  return transform<'z' | 'weightSum' | 'largestRate', 'rate' | 'age', unknown, 'learningRate'>({
    name: 'scaleByScheduleFree',
    config,
    numbers: { learningRate },
    slots: { z: copyOfParameter, weightSum: zerosOver('all'), largestRate: zerosOver('all') },
    averages: [{ slot: 'z', factor: () => 1 - 1 / momentum, ofWeight: () => 1 / momentum }],
    scalars: ({ t }, now) => ({ rate: now.learningRate * Math.min(1, t / Math.max(1, warmupSteps)), age: power(t, r) }),
    update(u, { parameter: y, slots: { z, ...slots }, scalars: { rate, age } }) {
      const largestRate = max(slots.largestRate, rate);
      const weight = mul(pow(largestRate, weightLrPower), age);
      const weightSum = add(slots.weightSum, weight);
      const share = select(greater(weightSum, 0), div(weight, weightSum), 0);
      const step = mul(rate, sub(1, mul(momentum, sub(1, share)))); // η (1 − β (1 − c))
      return {
        update: add(mul(share, sub(y, z)), mul(step, u)),
        slots: { z: sub(z, mul(rate, u)), weightSum, largestRate },
      };
    },
  });
}
