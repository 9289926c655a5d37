import type { Factory, SmallProblem, Transform } from '@downhill/core';
import { describe, test } from 'vitest';

/** Options of {@link testTransform}. */
export interface TestTransformOptions {
  /**
   * The factories that the transform's JSON names, as `register` takes them: its own, and those of the plugins in it.
   * @defaultValue none: they were registered before, or it is a `chain` or `masked` alone
   */
  factories?: Readonly<Record<string, Factory>>;
  /**
   * How to make the transform for small problems: by a problem's name, `{ rosenbrock: () => myRule({ learningRate: 2 }) }`, or at a learning
   * rate, of which a few are tried, `(learningRate) => myRule({ learningRate })`.
   * @defaultValue what `make` makes, as it is and at some multiples of its learning rate, which fall to 0
   */
  problems?: Readonly<Partial<Record<SmallProblem, () => Transform>>> | ((learningRate: number) => Transform);
}

/**
 * Tests of the transform contract, for vitest, on the backends `cpu` and `wasm` and by tfjs's own operations: shapes kept,
 * deterministic, saved and loaded with the same bits, no leaks, missing, zero, huge and tiny gradients, the same numbers
 * everywhere, chains and masks, nothing else changed in place, and readable errors for bad numbers. Then, on `cpu`: it comes down small
 * problems (a quadratic with a condition number of 1000, the Rosenbrock valley, a saddle, a noisy regression, softmax regression on real
 * digits), and works in `model.fit` and in a model that is saved and loaded.
 *
 * A rule that looks at the loss is run by `minimize`. What a rule cannot do it declares itself, as `cannotTake` and `cannotSolve`.
 *
 * @param name The factory's name, under which the transform saves itself.
 * @param make Makes the transform anew at each call.
 *
 * @example
 * testTransform('adamw', () => adamw({ learningRate: 0.1 }), { factories: { adamw } });
 */
export function testTransform(name: string, make: () => Transform, { factories = {}, problems = {} }: TestTransformOptions = {}): void {
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

  describe(`the transform contract: ${name} at work`, async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    const [{ register }, { problemChecks }, { modelChecks }] = await Promise.all([
      import('@downhill/tfjs'),
      import('./problem-checks.ts'),
      import('./model-checks.ts'),
    ]);
    register(factories);
    const checks = { ...problemChecks(name, make, problems), ...modelChecks(make) };
    for (const [title, check] of Object.entries(checks)) test(title, check);
  });
}
