import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { DownhillError } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { wasmMemory, type WasmMemory } from './memory.ts';

const reach = (backend: unknown = tf.backend()): WasmMemory => {
  const memory = wasmMemory(backend);
  if (memory === undefined) throw new Error('tfjs has changed: the memory of its wasm backend is out of reach');
  return memory;
};

/** A backend that looks like tfjs's threaded one: a shared memory under another name. */
const threaded = (): object => ({
  wasm: {
    wasmMemory: new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true }),
    _malloc: () => -(2 ** 31),
    _free: () => {},
    tfjs: { registerTensor: () => {}, disposeData: () => {} },
  },
  dataIdMap: new Map(),
  getMemoryOffset: () => -16,
  makeOutput: () => ({}),
});

describe('wasmMemory', () => {
  beforeAll(() => tf.setBackend('wasm'));

  test("finds the memory of tfjs's wasm backend", () => {
    expect(reach().memory).toBeInstanceOf(WebAssembly.Memory);
    expect(reach().shared).toBe(false);
    expect(reach().simd).toBe(true);
  });

  test('gives the same object for the same backend', () => {
    expect(wasmMemory(tf.backend())).toBe(wasmMemory(tf.findBackend('wasm')));
  });

  test("sees a tensor's values at its address", () => {
    const x = tf.tensor1d([1, 2, 3]);
    const { memory, address } = reach();
    expect([...new Float32Array(memory.buffer, address(x.dataId), 3)]).toEqual([1, 2, 3]);
    x.dispose();
  });

  test("writes that go to a tensor's address are the tensor's values", () => {
    const { memory, address, uninitialized } = reach();
    const before = tf.memory().numTensors;
    const x = tf.engine().makeTensorFromTensorInfo(uninitialized([2, 2], 'float32'));
    new Float32Array(memory.buffer, address(x.dataId), 4).set([1, 2, 3, 4]);
    expect([...x.dataSync()]).toEqual([1, 2, 3, 4]);
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<{ name: string; product: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor }>([
    { name: 'matMul', product: (x, w) => tf.matMul(tf.reshape(x, [1, 2]), tf.reshape(w, [2, 1])) },
    {
      name: 'conv2d',
      product: (x, w) => tf.conv2d(tf.reshape(x, [1, 1, 1, 2]) as tf.Tensor4D, tf.reshape(w, [1, 1, 2, 1]) as tf.Tensor4D, 1, 'same'),
    },
    {
      name: 'depthwiseConv2d',
      product: (x, w) =>
        tf.sum(tf.depthwiseConv2d(tf.reshape(x, [1, 1, 1, 2]) as tf.Tensor4D, tf.reshape(w, [1, 1, 2, 1]) as tf.Tensor4D, 1, 'same')),
    },
  ])('$name uses weights written in place once it is told that they changed', ({ product }) => {
    const { memory, address, changed } = reach();
    const [x, w] = [tf.tensor1d([1, 1]), tf.tensor1d([2, 3])];
    const value = (): number | undefined => tf.tidy(() => product(x, w).dataSync()[0]);
    expect(value()).toBe(5);
    new Float32Array(memory.buffer, address(w.dataId), 2).set([20, 30]);
    changed(w.dataId);
    expect(value()).toBe(50);
    expect([...w.dataSync()]).toEqual([20, 30]);
    tf.dispose([x, w]);
  });

  test('allocates blocks on 16-byte boundaries that do not overlap', () => {
    const { allocate, free } = reach();
    const blocks = [1, 3, 17, 100].map((bytes) => ({ bytes, address: allocate(bytes) }));
    for (const { address } of blocks) expect(address % 16).toBe(0);
    blocks.sort((a, b) => a.address - b.address);
    for (const [i, { address, bytes }] of blocks.slice(0, -1).entries())
      expect(address + bytes).toBeLessThanOrEqual(blocks[i + 1]!.address);
    for (const { address } of blocks) free(address);
  });

  test('reuses a freed block', () => {
    const { memory, allocate, free } = reach();
    const grown = memory.buffer.byteLength;
    for (let i = 0; i < 200; i++) free(allocate(2 ** 20));
    expect(memory.buffer.byteLength).toBeLessThanOrEqual(grown + 2 ** 21);
  });

  test('survives growth of the memory', () => {
    const { memory, allocate, free, address } = reach();
    const x = tf.tensor1d([7]);
    const size = memory.buffer.byteLength;
    const block = allocate(size);
    expect(memory.buffer.byteLength).toBeGreaterThan(size);
    expect(new Float32Array(memory.buffer, address(x.dataId), 1)[0]).toBe(7);
    free(block);
    x.dispose();
  });

  test('says so when the memory cannot grow', () => {
    expect(() => reach().allocate(2 ** 32 - 2 ** 16)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('cannot grow') }),
    );
  });

  test('refuses the address of a string tensor', () => {
    const x = tf.tensor1d(['a']);
    expect(() => reach().address(x.dataId)).toThrow(DownhillError);
    x.dispose();
  });

  test('reads addresses above 2 GiB as unsigned, in the shared memory of the threaded build', () => {
    const { shared, allocate, address } = reach(threaded());
    expect(shared).toBe(true);
    expect(allocate(8)).toBe(2 ** 31);
    expect(address({})).toBe(2 ** 32 - 16);
  });

  test("tfjs's threaded build, which does not start in Node, still gives out its shared memory under that name", () => {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
    const source = readFileSync(`${folder}/wasm-out/tfjs-backend-wasm-threaded-simd.js`, 'utf8');
    expect(source).toContain('Module["wasmMemory"]=wasmMemory');
    expect(source).toContain('_malloc=Module["_malloc"]=');
    expect(source).toContain('_free=Module["_free"]=');
  });

  test.each([undefined, null, 1, 'wasm', {}, { wasm: {} }, { wasm: null }])('finds nothing in %j', (backend) => {
    expect(wasmMemory(backend)).toBeUndefined();
  });

  test('finds nothing in the cpu backend', () => {
    expect(wasmMemory(tf.findBackend('cpu'))).toBeUndefined();
  });
});
