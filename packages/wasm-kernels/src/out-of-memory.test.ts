import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers all gradients
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { tensor } from '../test/tensors.ts';
import type { BackendParts } from './backend-parts.ts';
import { wasmMemory } from './memory.ts';
import { registerWasmTrainingKernels } from './register.ts';

const SHAPE: [number, number, number, number] = [4, 20, 20, 16];
const BYTES = 4 * tf.util.sizeFromShape(SHAPE);

/** What looks at a tensor, and makes none of its size. */
const USERS: readonly { readonly name: string; readonly use: (x: tf.Tensor4D) => tf.Tensor | tf.Tensor[] }[] = [
  { name: 'a convolution', use: (x) => tf.conv2d(x, tensor([3, 3, 16, 24], 4) as tf.Tensor4D, 1, 'same') },
  { name: 'a depthwise convolution', use: (x) => tf.depthwiseConv2d(x, tensor([3, 3, 16, 1], 4) as tf.Tensor4D, 1, 'same') },
  { name: 'a pooling', use: (x) => tf.avgPool(x, 3, 2, 'same') },
  { name: 'a pooling that is trained', use: (x) => tf.grad((y) => tf.maxPool(y as tf.Tensor4D, 2, 2, 'valid'))(tf.add(x, 1)) },
  { name: 'a product', use: (x) => tf.matMul(tf.reshape(x, [1600, 16]), tensor([16, 24], 4)) },
  { name: 'a slice', use: (x) => tf.slice(x, [1, 2], [2, 3]) },
  { name: 'a concatenation', use: (x) => tf.concat([x, tensor([1, 20, 20, 16], 4)]) },
  { name: 'an embedding', use: (x) => tf.gather(x, tf.tensor1d([2, 1], 'int32')) },
];

describe('a call for which memory does not suffice', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });
  afterEach(() => vi.restoreAllMocks());

  test.each(USERS)('leaves nothing behind, and can be made again: $name', ({ use }) => {
    const { wasm } = tf.backend() as unknown as BackendParts;
    const { pending } = wasmMemory(tf.backend())!;
    const [a, b, c] = [1, 2, 3].map((seed) => tensor(SHAPE, seed)) as [tf.Tensor, tf.Tensor, tf.Tensor];
    /** Of more tensors than are worked out part by part: x is stored before it is read. */
    const attempt = (): Float32Array[] =>
      tf.tidy(() => [use(tf.add(tf.mul(a, b), c) as tf.Tensor4D)].flat().map((result) => result.dataSync<'float32'>()));
    const state = (): object => ({ ...tf.memory(), dataIds: tf.backend().numDataIds(), pending: pending.size });
    const before = state();

    const take = wasm._malloc;
    const full = vi.spyOn(wasm, '_malloc').mockImplementation((bytes) => (bytes === BYTES ? 0 : take(bytes)));
    expect(attempt).toThrow(/memory/i);
    expect(state()).toEqual(before);
    full.mockRestore();
    expect(attempt()[0]?.every(Number.isFinite)).toBe(true);
    expect(state()).toEqual(before);
    tf.dispose([a, b, c]);
  });
});
