import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { keepsOnce } from './keeps-once.ts';

/** As tfjs-layers does it. */
function keepIn(list: tf.Tensor[], value: number): void {
  const tensor = tf.scalar(value);
  tf.keep(tensor);
  list.push(tensor);
}

describe('looks of which only the first keeps', () => {
  beforeAll(() => tf.setBackend('cpu').then(() => undefined));

  test('leave a list of kept tensors as the first one left it, and nothing else', () => {
    const before = tf.memory().numTensors;
    const [metrics, others]: [tf.Tensor[], number[]] = [[], []];
    const look = keepsOnce();
    tf.tidy(() => {
      for (let k = 0; k < 3; k++)
        look(() => {
          keepIn(metrics, k);
          others.push(k);
          others.push(k, k);
        });
    });
    expect(metrics.map((each) => each.dataSync()[0])).toEqual([0]);
    expect(others).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(tf.memory().numTensors - before).toBe(1);
    tf.dispose(metrics);
  });

  test('leave alone what a later one keeps elsewhere', () => {
    const before = tf.memory().numTensors;
    const [metrics, own]: [tf.Tensor[], tf.Tensor[]] = [[], []];
    let latest: tf.Tensor | undefined;
    const look = keepsOnce();
    tf.tidy(() => {
      for (let k = 0; k < 2; k++)
        look(() => {
          keepIn(metrics, k);
          latest?.dispose();
          latest = tf.keep(tf.scalar(10 + k));
          if (k > 0) keepIn(own, 20);
        });
    });
    expect([...metrics, ...own, latest!].map((each) => each.dataSync()[0])).toEqual([0, 20, 11]);
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose([...metrics, ...own, latest!]);
  });

  test('put everything back, also where one throws', () => {
    const { push } = Array.prototype;
    const { keep } = tf.engine();
    const look = keepsOnce();
    const kept = look(() => tf.keep(tf.scalar(1)));
    expect(() =>
      look(() => {
        tf.keep(kept);
        throw new Error('no loss');
      }),
    ).toThrow('no loss');
    kept.dispose();
    expect(Array.prototype.push).toBe(push);
    expect(tf.engine().keep).toBe(keep);
    expect(Object.hasOwn(tf.engine(), 'keep')).toBe(false);
  });
});
