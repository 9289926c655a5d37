import { register, type Factory, type Pruner } from '@downhill/core';
import { beforeAll, describe, test } from 'vitest';
import { prunerChecks } from './pruner-checks.ts';

/** Options of {@link testPruner}. */
export interface TestPrunerOptions {
  /** The factories that the pruner's JSON names, as `register` takes them: its own, and those of the pruners in it. */
  factories: Readonly<Record<string, Factory>>;
}

/**
 * Tests of the pruner contract, for vitest: the same answer to the same view, nothing of chance or the clock, the view left alone, trials
 * without reports, NaN, infinity, gaps between steps, repeats and trials that go on borne, gains as losses, no better trial ended where a worse
 * one goes on, promotions of trials that can be promoted, serializable, and readable errors for bad numbers.
 *
 * A pruner whose answer has nothing to do with what is better declares that itself, as `ignoresDirection`.
 *
 * @param name The factory's name, under which the pruner saves itself.
 * @param make Makes the pruner anew at each call.
 *
 * @example
 * testPruner('median', () => median({ startupTrials: 1 }), { factories: { median } });
 */
export function testPruner(name: string, make: () => Pruner, { factories }: TestPrunerOptions): void {
  describe(`the pruner contract: ${name}`, () => {
    beforeAll(() => register(factories));
    for (const [title, check] of Object.entries(prunerChecks(name, make))) test(title, check);
  });
}
