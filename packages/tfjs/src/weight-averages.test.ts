import { chain, copyOfParameter, filledWith, lerp, mul, transform, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { optimizer, type DownhillOptimizer } from './optimizer.ts';

const half = (): Transform => transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
const average = (): Transform =>
  transform({
    name: 'average',
    config: {},
    slots: { kept: filledWith(0), seen: filledWith(0) },
    averages: [{ slot: 'kept', factor: (steps) => 1 / (1 - 0.5 ** steps) }, { slot: 'seen' }],
    weights: (next, { slots }) => ({ slots: { kept: lerp(slots.kept, next, 0.5), seen: next } }),
  });

function read(ours: DownhillOptimizer, name: string, variables: readonly tf.Variable[]): number[][] {
  const found = ours.average(name, variables);
  const values = [...found.values()].map((each) => [...each.dataSync()]);
  tf.dispose([...found.values()]);
  return values;
}

describe.each(['cpu', 'wasm'])('averages of the weights (%s)', (backend) => {
  test('are named by rule and slot, multiplied by their factor, and copies', async () => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const [w, still] = tf.tidy(() => [tf.variable(tf.tensor1d([1, 2]), true, 'w'), tf.variable(tf.scalar(3), true, 'still')]);
    const ours = optimizer(chain(half(), average(), average()));
    expect(ours.averageNames).toEqual(['average/kept', 'average/seen', 'average.2/kept', 'average.2/seen']);
    expect(() => ours.average('average/kept', [w])).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    for (let step = 0; step < 2; step++) tf.tidy(() => ours.applyGradients({ w: tf.tensor1d([2, -2]) }));
    expect(read(ours, 'average.2/seen', [w, still])).toEqual([[-1, 4]]); // nobody trained the other one
    expect(read(ours, 'average/kept', [w])[0]).toEqual([-2 / 3, 11 / 3].map((value) => expect.closeTo(value, 6)));
    expect(() => ours.average('average/other', [w])).toThrow('There are average/kept, average/seen, average.2/kept, average.2/seen.');
    tf.tidy(() => void ours.average('average/seen', [w]));
    tf.tidy(() => ours.applyGradients({ w: tf.tensor1d([2, -2]) }));
    expect(read(ours, 'average/seen', [w])).toEqual([[-2, 5]]);
    ours.dispose();
    tf.dispose([w, still]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('may lie between slot and weight', async () => {
    await tf.setBackend(backend);
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1, 2]), true, 'w'));
    const between = transform({
      name: 'between',
      config: {},
      slots: { start: copyOfParameter },
      averages: [{ slot: 'start', factor: () => 0.25, ofWeight: (steps) => 0.75 * steps }],
    });
    const ours = optimizer(between);
    tf.tidy(() => ours.applyGradients({ w: tf.tensor1d([1, -2]) }));
    const before = tf.memory().numTensors;
    expect(read(ours, 'between/start', [w])).toEqual([[0.25, 3.5]]);
    expect(tf.memory().numTensors).toBe(before);
    ours.dispose();
    w.dispose();
  });

  test('are there before the first step after their state was loaded', async () => {
    await tf.setBackend(backend);
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1, 2]), true, 'w'));
    const [first, second] = [optimizer(average()), optimizer(average())];
    tf.tidy(() => first.applyGradients({ w: tf.tensor1d([2, -2]) }));
    await second.setWeights(await first.getWeights());
    expect(read(second, 'average/kept', [w])).toEqual(read(first, 'average/kept', [w]));
    for (const each of [first, second]) each.dispose();
    w.dispose();
  });
});
