import { add, checkNumber, checkSchedule, complete, lerp, mul, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';
import { pow } from '@downhill/core/math';

/** Options of {@link asgd}; defaults from PyTorch's `ASGD`. */
export interface AsgdOptions {
  /** Of the first step; it decays from there. @defaultValue 0.01 (PyTorch) */
  learningRate?: ScheduleLike;
  /** λ, at least 0: the weight decays by it, and so does the learning rate. @defaultValue 1e-4 (PyTorch: `lambd`) */
  decay?: ScheduleLike;
  /** How fast the learning rate decays, at least 0. @defaultValue 0.75 (PyTorch: `alpha`) */
  power?: ScheduleLike;
  /** So many steps pass before averaging begins: until then the average is the weight. @defaultValue 1e6 (PyTorch: `t0`) */
  averageFrom?: number;
}

/**
 * Averaged SGD: a slowly decaying rate, and beside the weight the mean of where it has been, to be taken for evaluation.
 *
 *     ηₜ = η / (1 + λ η (t − 1))^power        wₜ = wₜ₋₁ − ηₜ (gₜ + λ wₜ₋₁)        aₜ = aₜ₋₁ + (wₜ − aₜ₋₁) / max(1, t − 1 − averageFrom)
 *
 * Polyak & Juditsky 1992; Bottou 2012, section 5. `optimizer.average('asgd/average', variables)` gives the mean, `withAveragedWeights` of
 * `@downhill/ensembles` puts it in the place of the weights. Slots: `average`, shaped like the parameter.
 *
 * @example
 * const rule = asgd({ learningRate: 0.1, averageFrom: 1000 });
 * rule.name; // 'asgd'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function asgd(options: AsgdOptions = {}): Transform {
  const config = complete('asgd', options, { learningRate: 0.01, decay: 1e-4, power: 0.75, averageFrom: 1e6 });
  const { learningRate, decay, power, averageFrom } = config;
  checkSchedule('asgd', { learningRate });
  checkSchedule('asgd', { decay, power }, { min: 0 });
  checkNumber('asgd', { averageFrom }, { min: 0, integer: true });
  return transform({
    name: 'asgd',
    config,
    numbers: { learningRate, decay, power },
    slots: { average: zeros },
    // Under the name of the option, so that whoever asks for the learning rate gets the one of the step.
    scalars: ({ step }, now) => ({
      learningRate: now.learningRate / pow(1 + now.decay * now.learningRate * step, now.power),
      share: 1 / Math.max(1, step - averageFrom),
    }),
    update: (g, { parameter, scalars, numbers }) => mul(add(g, mul(parameter, numbers.decay)), scalars.learningRate),
    weights: (next, { slots, scalars }) => ({ slots: { average: lerp(slots.average, next, scalars.share) } }),
    averages: [{ slot: 'average' }],
  });
}
