import type { KernelBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { compileKernels } from './native.ts';
import { prepareRuntime, runtimeOf } from './runtime.ts';

afterEach(() => vi.restoreAllMocks());

/** A backend whose memory a kernel can be linked to, and no more. */
const backend = (shared: boolean): KernelBackend => {
  const none = (): number => 0;
  return {
    wasm: {
      wasmMemory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared }),
      _malloc: none,
      _free: none,
      tfjs: { registerTensor: none, disposeData: none },
    },
    dataIdMap: new Map(),
    getMemoryOffset: none,
    makeOutput: none,
  } as unknown as KernelBackend;
};

describe('the runtime of a backend', () => {
  test.each([false, true])('links to its memory, whether threads share it: %s', async (shared) => {
    const modules = await compileKernels();
    const ready = backend(shared);
    await prepareRuntime(ready, modules);
    expect(runtimeOf(ready, modules).memory.shared).toBe(shared);
    expect(runtimeOf(backend(shared), modules).native.gemm).toBeTypeOf('function'); // at once, when the backend came later
  });

  test('is the same object for the same backend', async () => {
    const modules = await compileKernels();
    const ready = backend(false);
    const first = runtimeOf(ready, modules);
    await prepareRuntime(ready, modules);
    expect(runtimeOf(ready, modules)).toBe(first);
  });

  test('says so when the memory is out of reach', async () => {
    const error = { code: 'unsupported', message: expect.stringContaining('out of reach') };
    await expect(prepareRuntime({} as KernelBackend, await compileKernels())).rejects.toMatchObject(error);
  });

  test('says what an engine needs that cannot compile the kernels', async () => {
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('no SIMD'));
    await expect(compileKernels()).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/SIMD.*wasm-unsafe-eval/) });
  });
});
