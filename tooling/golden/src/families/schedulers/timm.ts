import type { Schedule } from '@downhill/core';
import {
  cosine,
  kDecay,
  multiStep,
  polynomial,
  restarts,
  step,
  sum,
  tanh,
  warmup,
  type MultiStepOptions,
  type StepOptions,
} from '@downhill/schedulers';
import { from, type Build } from './builder.ts';

interface Warmup {
  readonly warmup: number;
  readonly start: number;
  readonly prefix: boolean;
}

interface Cycles extends Warmup {
  readonly steps: number;
  readonly to: number;
  readonly stretch: number;
  readonly decay: number;
  readonly limit: number;
}

const warmed = (next: Schedule, { warmup: steps, start, prefix }: Warmup, to: number): Schedule =>
  warmup(next, { steps, from: start, to, prefix });

/** timm's `cycle_decay` lowers the top alone: a way down to 0 that it lowers, and one up to the floor that it leaves. */
function cycled(shape: (from: number, to: number) => Schedule, { steps, to, stretch, decay, limit }: Cycles, base: number): Schedule {
  const again = { steps, stretch, limit };
  return sum([restarts(shape(base, 0), { ...again, decay }), restarts(shape(0, to), again)]);
}

/** timm's schedulers, which are ours combined. By the names of the mapping. */
export const timmBuilders: Readonly<Record<string, Build>> = {
  timm_cosine: from(({ power, ...options }: Cycles & { power: number }, base) => {
    const { steps } = options;
    return warmed(
      cycled((first, to) => kDecay(cosine({ from: first, to, steps }), { steps, power }), options, base),
      options,
      base,
    );
  }),
  timm_poly: from(({ power, exponent, ...options }: Cycles & { power: number; exponent: number }, base) => {
    const { steps } = options;
    return warmed(
      cycled((first, to) => kDecay(polynomial({ from: first, to, steps, power: exponent }), { steps, power }), options, base),
      options,
      base,
    );
  }),
  timm_tanh: from(({ lower, upper, ...options }: Cycles & { lower: number; upper: number }, base) => {
    const { steps } = options;
    const cycles = cycled((first, to) => tanh({ from: first, to, steps, lower, upper }), options, base);
    // Without a warm-up timm asks its schedule from step 1 on: the optimizer begins with the rate that it was made with.
    if (options.warmup === 0) return warmup(cycles, { steps: 1, from: base, prefix: false });
    return warmed(cycles, options, options.prefix ? base : cycles.at(options.warmup));
  }),
  timm_step: from(({ every, factor, ...options }: Required<StepOptions> & Warmup, base) =>
    warmed(step({ from: base, every, factor }), options, base),
  ),
  timm_multistep: from(({ milestones, factor, ...options }: Required<MultiStepOptions> & Warmup, base) => {
    const early = milestones.map((milestone) => Math.max(0, milestone - 1)); // timm falls one step before PyTorch
    return warmed(multiStep({ from: base, milestones: early, factor }), options, base);
  }),
};
