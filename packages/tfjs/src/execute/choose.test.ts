import { chain, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { adamLike, clip, distance, factored, kernels, noisy, others } from '../../test/rules.ts';
import { stepWith, train, useBackend, variableOf, type Trained, type Way } from '../../test/train.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.resetModules();
});

const RULES: readonly (readonly [string, () => Transform])[] = [
  ['Adam under the global norm', () => chain(clip('all'), adamLike())],
  ['rows and columns', () => chain(kernels(factored()), others(adamLike()))],
  ['a number over all parameters', distance],
  ['noise', noisy],
];
const SHAPES = [[], [5], [33, 20], [0]];

/** `train` with modules of its own: whether code may be generated is found out once. */
async function trainAfresh(rule: Transform, way: Way): Promise<Trained> {
  vi.resetModules();
  const afresh = await import('../../test/train.ts');
  return afresh.train(rule, SHAPES, way);
}

describe('where a content-security policy forbids generated code', () => {
  test.each(RULES)('the cpu executor gives the same bits of %s by interpreting', async (_, rule) => {
    const generated = await train(rule(), SHAPES, ['cpu', 'fused']);
    const forbidden = vi.fn<() => never>(() => {
      throw new EvalError('Code generation from strings disallowed for this context');
    });
    vi.stubGlobal('Function', forbidden);
    const interpreted = await trainAfresh(rule(), ['cpu', 'fused']);
    expect(forbidden).toHaveBeenCalledOnce();
    expect(interpreted.values).toEqual(generated.values);
    expect(interpreted.statistics).toEqual(generated.statistics);
  });
});

describe('where fused kernels cannot run', () => {
  const stepTwice = async (): Promise<number[]> => {
    vi.resetModules();
    const { optimizer } = await import('../optimizer.ts');
    await useBackend('wasm');
    const [variable, other] = [variableOf([1, 2, 3], [3]), variableOf([1], [1])];
    for (const given of [optimizer(adamLike()), optimizer(adamLike())]) {
      stepWith(given, [[variable, [1, 2, 3]]]);
      stepWith(given, [
        [variable, [1, 2, 3]],
        [other, [1]],
      ]);
      given.dispose();
    }
    const values = [...variable.dataSync()];
    tf.dispose([variable, other]);
    return values;
  };

  test('because the memory is out of reach, steps run as tfjs operations, with one warning in all', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const expected = await stepTwice();
    expect(warn).not.toHaveBeenCalled();
    vi.doMock('@downhill/wasm-kernels/memory', () => ({ wasmMemory: () => undefined }));
    const values = await stepTwice();
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    expect(warn.mock.calls).toEqual([
      [
        "Downhill: the wasm backend's memory is out of reach, so that optimizer steps run as tfjs operations: right, but many times slower.",
      ],
    ]);
    vi.doUnmock('@downhill/wasm-kernels/memory');
  });

  test('because there is no SIMD, the warning says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.doMock('@downhill/wasm-kernels/memory', async (original) => {
      const { wasmMemory } = await original<{ wasmMemory: (backend: unknown) => object | undefined }>();
      return { wasmMemory: (backend: unknown) => ({ ...wasmMemory(backend), simd: false }) };
    });
    await stepTwice();
    expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('this engine has no 128-bit SIMD')]);
    vi.doUnmock('@downhill/wasm-kernels/memory');
  });
});
