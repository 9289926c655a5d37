import { register, type Factory, type Sampler } from '@downhill/core';
import { beforeAll, describe, test } from 'vitest';
import { samplerChecks } from './sampler-checks.ts';

/** Options of {@link testSampler}. */
export interface TestSamplerOptions {
  /** The factories that the sampler's JSON names, as `register` takes them: its own, and those of the plugins in it. */
  factories: Readonly<Record<string, Factory>>;
}

/**
 * Tests of the sampler contract, for vitest: settings of the space whatever the space (steps, logarithms, choices, conditions), the same
 * answer to the same view, nothing of chance or the clock, the view left alone, failed and pruned trials, NaN, trials in parallel and repeats
 * borne, gains as losses, serializable, and readable errors for bad numbers.
 *
 * The cases are those of Optuna's kit (`optuna/testing/pytest_samplers.py`), and those of our contract. Spaces that a sampler does not take it
 * declares itself, as `cannotTake`.
 *
 * @param name The factory's name, under which the sampler saves itself.
 * @param make Makes the sampler anew at each call.
 *
 * @example
 * testSampler('grid', () => grid({ points: 3 }), { factories: { grid } });
 */
export function testSampler(name: string, make: () => Sampler, { factories }: TestSamplerOptions): void {
  describe(`the sampler contract: ${name}`, () => {
    beforeAll(() => register(factories));
    for (const [title, check] of Object.entries(samplerChecks(name, make))) test(title, check);
  });
}
