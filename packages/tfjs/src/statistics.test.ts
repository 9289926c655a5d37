import { add, mul, norm, transform, zeros, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { describe, expect, test } from 'vitest';
import { optimizer } from './optimizer.ts';

const momentum = (): Transform =>
  transform({
    name: 'momentum',
    config: {},
    slots: { m: zeros },
    update(g, { slots: { m } }) {
      const next = add(mul(m, 0.9), g);
      return { update: mul(next, 0.1), slots: { m: next }, statistics: { length: norm(next) } };
    },
  });

describe.each([
  ['cpu', 'fused'],
  ['wasm', 'fused'],
  ['cpu', 'ops'],
] as const)('statistics that nobody reads (%s, %s)', (backend, execution) => {
  /** Six steps; `reads` says of each whether its statistics are read. */
  async function run(reads: (step: number) => boolean): Promise<{ values: number[][]; names: string[][] }> {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1, -2, 3, 4, 5]), true, 'w'));
    const made = optimizer(momentum(), { execution });
    const names: string[][] = [];
    for (let step = 0; step < 6; step++) {
      made.readsStatistics = reads(step);
      tf.tidy(() => made.applyGradients({ w: tf.tensor1d([0.1, step, -1, 1 / 3, Math.sin(step)]) }));
      names.push(Object.keys((await made.statistics())['w'] ?? {}));
    }
    const slots = made.state('w');
    const values = [w, ...Object.values(slots)].map((tensor) => [...tensor.dataSync()]);
    tf.dispose(slots);
    made.dispose();
    w.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return { values, names };
  }

  test('are left out, and the weights and slots get the same bits', async () => {
    const always = await run(() => true);
    const sometimes = await run((step) => step % 3 === 2);
    expect(sometimes.values).toEqual(always.values);
    expect(always.names[0]).toEqual(['momentum/length', 'nonFinite']);
    expect(sometimes.names.map((names) => names.includes('momentum/length'))).toEqual([false, false, true, false, false, true]);
    expect(sometimes.names.every((names) => names.includes('nonFinite'))).toBe(true);
  });
});
