import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { useBackend, variableOf } from '../../test/train.ts';
import { isCpuBackend, readValuesOf, valuesOf } from './cpu.ts';

/** The backend as what it is known to be once it was looked at. */
function cpu(): Parameters<typeof valuesOf>[0] {
  const active: unknown = tf.backend();
  if (!isCpuBackend(active)) throw new Error('tfjs’s cpu backend no longer looks as it did in 4.22: mend internals/cpu.ts');
  return active;
}

// The fence around what we know of tfjs's insides: when one of these fails, tfjs has changed and internals/cpu.ts must too.
describe('tfjs’s cpu backend', () => {
  beforeEach(() => useBackend('cpu'));

  test('is known by its parts, and no other is taken for it', async () => {
    expect(isCpuBackend(tf.backend())).toBe(true);
    await useBackend('wasm');
    expect(isCpuBackend(tf.backend())).toBe(false);
    for (const other of [undefined, null, 3, {}, { data: {} }, { data: new Map(), gpgpu: {} }]) expect(isCpuBackend(other)).toBe(false);
  });

  test('keeps a tensor in one array: what is written there is in the tensor', () => {
    const tensor = tf.tensor1d([1, 2, 3]);
    valuesOf(cpu(), tensor)[1] = 7;
    expect([...tensor.dataSync()]).toEqual([1, 7, 3]);
    tensor.dispose();
  });

  test('gives away that array as dataSync(), so that weights must never change in place', () => {
    const variable = variableOf([1, 2], [2]);
    expect(variable.dataSync()).toBe(valuesOf(cpu(), variable));
    variable.dispose();
  });

  test('makes a tensor of an array without copying it', () => {
    const values = Float32Array.of(1, 2);
    const tensor = tf.tensor(values, [2]);
    expect(valuesOf(cpu(), tensor)).toBe(values);
    tensor.dispose();
  });

  test('leaves the integers in a tensor that is cast to float32: for reading they are converted', () => {
    const whole = tf.tensor1d([1, 2], 'int32');
    const cast = tf.cast(whole, 'float32');
    expect(() => valuesOf(cpu(), cast)).toThrow('keeps float32 tensors otherwise');
    expect(readValuesOf(cpu(), cast)).toEqual(Float32Array.of(1, 2));
    tf.dispose([whole, cast]);
  });

  test('counts who holds the data', () => {
    const tensor = tf.tensor1d([1]);
    const counts = [tf.backend().refCount(tensor.dataId)];
    const [clone, reshaped] = [tf.clone(tensor), tf.reshape(tensor, [1, 1])];
    counts.push(tf.backend().refCount(tensor.dataId));
    tf.dispose([clone, reshaped]);
    counts.push(tf.backend().refCount(tensor.dataId));
    expect(counts).toEqual([1, 3, 1]);
    tensor.dispose();
  });

  test('that kept values otherwise would stop the step, not spoil it', () => {
    const backend = { data: { get: () => ({ values: [1, 2, 3] }), has: () => true } };
    expect(() => valuesOf(backend, { dataId: {} })).toThrow('keeps float32 tensors otherwise than 4.22 did');
  });
});
