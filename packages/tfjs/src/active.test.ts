import { add, chain, everySteps, mul, schedule, transform, zeros, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizer } from './optimizer.ts';
import type { Execution } from './execute/choose.ts';

/** Adds up the gradients that it sees. */
const memory = (): Transform =>
  transform({
    name: 'memory',
    config: {},
    slots: { sum: zeros },
    update: (g, { slots }) => ({ update: add(g, slots.sum), slots: { sum: add(g, slots.sum) } }),
  });

const counted = schedule({ name: 'counted', config: {}, at: (step) => step + 1 });
const scale = (): Transform =>
  transform({ name: 'scale', config: {}, numbers: { rate: counted }, update: (g, { numbers }) => mul(g, numbers.rate) });

const places: readonly { backend: string; execution: Execution }[] = [
  { backend: 'cpu', execution: 'fused' },
  { backend: 'wasm', execution: 'fused' },
  { backend: 'cpu', execution: 'ops' },
];

describe.each(places)('a part that acts at every third step ($backend, $execution)', ({ backend, execution }) => {
  beforeAll(() => tf.setBackend(backend));

  /** How far a weight moves at each step, with gradients of 1. */
  async function moves(rule: Transform, steps: number, reloadAt?: number): Promise<readonly number[]> {
    const w = tf.tidy(() => tf.variable(tf.tensor1d([0]), true, 'w'));
    let ours = optimizer(rule, { execution });
    const found: number[] = [];
    for (let step = 0; step < steps; step++) {
      if (step === reloadAt) {
        const next = optimizer(rule, { execution });
        await next.setWeights(await ours.getWeights());
        ours.dispose();
        ours = next;
      }
      const before = w.dataSync()[0]!;
      tf.tidy(() => ours.applyGradients({ w: tf.ones([1]) }));
      found.push(before - w.dataSync()[0]!);
    }
    ours.dispose();
    w.dispose();
    return found;
  }

  test('sees the gradients of those steps alone, and hands on the others', async () => {
    expect(await moves(everySteps(memory(), 3), 9)).toEqual([1, 1, 1, 1, 1, 2, 1, 1, 3]);
  });

  test('counts those steps alone', async () => {
    expect(await moves(everySteps(scale(), 3), 9)).toEqual([1, 1, 1, 1, 1, 2, 1, 1, 3]);
  });

  test('keeps its state beside parts that act always, also when it is saved and loaded before it has acted', async () => {
    const rule = chain(everySteps(memory(), 3), memory());
    const straight = await moves(rule, 9);
    expect(straight).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 12]);
    for (const at of [1, 4]) expect(await moves(rule, 9, at)).toEqual(straight);
  });

  test('leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    await moves(everySteps(memory(), 2), 5);
    expect(tf.memory().numTensors).toBe(before);
  });
});
