import { adamLike, clip } from '../../test/rules.ts';
import { plan, trace, type Kernel, type KernelTrace } from '@downhill/core/compiler';
import { chain, exp, randomNormal, transform, type Transform } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { generateWasm } from './wasm.ts';
import { signed, unsigned } from './wasm-module.ts';

const kernels = (rule: Transform): readonly Kernel[] =>
  plan({ ...(trace(rule, { name: 'w', shape: [4, 5] }).steps[0] as KernelTrace), rank: 2 }).stages.map(({ kernel }) => kernel);

describe('a generated module', () => {
  test.each([false, true])('imports one memory, shared or not, and exports one function (shared: %s)', (shared) => {
    for (const kernel of kernels(chain(clip('all'), adamLike()))) {
      const bytes = generateWasm(kernel, shared);
      expect(WebAssembly.validate(bytes)).toBe(true);
      const module = new WebAssembly.Module(bytes);
      expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
      expect(WebAssembly.Module.exports(module)).toEqual([{ name: 'run', kind: 'function' }]);
      const memory = (isShared: boolean) =>
        new WebAssembly.Memory(isShared ? { initial: 1, maximum: 65536, shared: true } : { initial: 1 });
      expect(() => new WebAssembly.Instance(module, { env: { memory: memory(shared) } })).not.toThrow();
      expect(() => new WebAssembly.Instance(module, { env: { memory: memory(!shared) } })).toThrow(WebAssembly.LinkError);
    }
  });

  test('is small, so that a page’s main thread may compile it at once: a few operations below 2 kB, the longest below 8', () => {
    for (const kernel of kernels(chain(clip('all'), adamLike()))) expect(generateWasm(kernel, false).length).toBeLessThan(2048);
    const noise = transform({ name: 'noise', config: {}, update: () => exp(randomNormal()) });
    for (const kernel of kernels(noise)) expect(generateWasm(kernel, false).length).toBeLessThan(8192);
  });
});

describe('LEB128', () => {
  test.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %d unsigned', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });

  test.each([
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('writes %d signed', (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });
});
