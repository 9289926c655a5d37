import { chain, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { adamLike, clip, distance, factored, kernels, noisy, others } from '../../test/rules.ts';
import { stepWith, train, useBackend, variableOf } from '../../test/train.ts';

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

describe('where a content-security policy forbids compiling', () => {
  test.each(RULES)('%s runs as tfjs operations on cpu, with one warning', async (_, rule) => {
    const fused = await train(rule(), SHAPES, ['cpu', 'fused']);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Memory: WebAssembly.Memory,
      CompileError: WebAssembly.CompileError,
      Module: vi.fn<() => never>().mockImplementation(function forbidden() {
        throw new WebAssembly.CompileError('violates the policy');
      }),
    });
    vi.resetModules();
    const afresh = await import('../../test/train.ts');
    const operations = await afresh.train(rule(), SHAPES, ['cpu', 'fused']);
    expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('may not compile a kernel (violates the policy)')]);
    for (const [name, values] of Object.entries(fused.values))
      values.forEach((value, i) => expect(operations.values[name]![i], name).toBeCloseTo(value, 4));
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
      ["Downhill: the wasm backend's memory is out of reach, so that kernels run as tfjs operations: right, but many times slower."],
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
