import type { Factory, Transform } from '@downhill/core';
import { describe, test } from 'vitest';

/** Options of {@link testTransform}. */
export interface TestTransformOptions {
  /**
   * The factories that the transform's JSON names, as `register` takes them: its own, and those of the plugins in it.
   * @defaultValue none: they were registered before, or it is a `chain` or `masked` alone
   */
  factories?: Readonly<Record<string, Factory>>;
}

/**
 * Tests of the transform contract, for vitest, on the backends `cpu` and `wasm` and by tfjs's own operations: shapes kept,
 * deterministic, saved and loaded with the same bits, no leaks, missing, zero, huge and tiny gradients, the same numbers
 * everywhere, chains and masks, nothing else changed in place, and readable errors for bad numbers.
 *
 * A rule that looks at the loss is run by `minimize`. What a rule cannot take it declares itself, as `cannotTake`.
 *
 * @param name The factory's name, under which the transform saves itself.
 * @param make Makes the transform anew at each call.
 *
 * @example
 * testTransform('adamw', () => adamw({ learningRate: 0.1 }), { factories: { adamw } });
 */
export function testTransform(name: string, make: () => Transform, { factories = {} }: TestTransformOptions = {}): void {
  describe.each([
    { backend: 'cpu', execution: 'fused' },
    { backend: 'wasm', execution: 'fused' },
    { backend: 'cpu', execution: 'ops' },
  ] as const)(`the transform contract: ${name} on $backend, $execution`, async (place) => {
    // Loaded here, so that tests of other plugins need no tfjs.
    await Promise.all([import('@tensorflow/tfjs-backend-cpu'), import('@tensorflow/tfjs-backend-wasm')]);
    const [{ register }, { transformChecks }] = await Promise.all([import('@downhill/tfjs'), import('./transform-checks.ts')]);
    register(factories);
    for (const [title, check] of Object.entries(transformChecks(name, make, place))) test(title, check);
  });
}
