import { transform, mul, type Transform } from '@downhill/core';
import { randomNormal } from '@downhill/tfjs';
import { batches, memoryStore, softmaxCrossEntropy, train, weightsHash, type ArrayData, type TrainOptions } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model as functional, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { gradientError } from '../../test/finite-differences.ts';
import { forwardMixed, manifoldMixup, mixedLoss, mixHidden } from '../index.ts';

const permutation = [2, 0, 3, 1];
const net = (): Sequential =>
  sequential({
    layers: [
      layers.dense({ units: 5, inputShape: [3], activation: 'tanh' }),
      layers.dense({ units: 4, activation: 'tanh' }),
      layers.dense({ units: 3 }),
    ],
  });

onEachBackend('mixHidden', () => {
  test('has the gradient of its values', () => {
    const [h, to] = [randomNormal([4, 2, 2], { seed: 1 }), randomNormal([4, 2, 2], { seed: 2 })];
    expect(gradientError((x) => tf.mul(mixHidden(x, { lambda: 0.3, permutation }), to), h)).toBeLessThan(1e-3);
    tf.dispose([h, to]);
  });

  test('mixes each row with its partner', () => {
    tf.tidy(() => {
      const mixed = mixHidden(tf.tensor1d([0, 10, 20, 30]), { lambda: 0.75, permutation });
      expect([...mixed.dataSync()]).toEqual([5, 7.5, 22.5, 25]);
    });
  });

  test('with a linear loss of rows, mixing labels is what mixedLoss does', () => {
    tf.tidy(() => {
      const [z, y] = [randomNormal([4, 3], { seed: 1 }), tf.oneHot([0, 1, 2, 1], 3)];
      const mixing = { lambda: 0.4, permutation };
      const byLoss = mixedLoss(softmaxCrossEntropy, mixing)(tf.tensor1d([0, 1, 2, 1], 'int32'), z).dataSync();
      softmaxCrossEntropy(mixHidden(tf.cast(y, 'float32'), mixing), z)
        .dataSync()
        .forEach((value, i) => expect(byLoss[i]).toBeCloseTo(value, 5));
    });
  });

  test('leaves its result and no other tensor, and none when it throws', () => {
    const h = tf.zeros([4, 2]);
    const before = tf.memory().numTensors;
    mixHidden(h, { lambda: 0.5, permutation }).dispose();
    for (const wrong of [
      [0, 1, 2],
      [0, 1, 2, 2],
      [0, 1, 2, 4],
      [0, 1, 2, 0.5],
    ])
      expect(() => mixHidden(h, { lambda: 0.5, permutation: wrong })).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`permutation`') }),
      );
    expect(() => mixHidden(h, { lambda: 1.5, permutation })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('`lambda`') }),
    );
    expect(() => mixedLoss(softmaxCrossEntropy, { lambda: -1, permutation })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('`lambda`') }),
    );
    expect(tf.memory().numTensors).toBe(before);
    h.dispose();
  });
});

onEachBackend('forwardMixed', () => {
  test('at 0 runs the model on mixed inputs, at the end mixes what it gives, and with lambda 1 is the model', () => {
    const model = net();
    tf.tidy(() => {
      const x = randomNormal([4, 3], { seed: 1 });
      const mixing = { lambda: 0.3, permutation };
      const close = (a: tf.Tensor, b: tf.Tensor): void => a.dataSync().forEach((value, i) => expect(b.dataSync()[i]).toBeCloseTo(value, 5));
      close(forwardMixed(model, x, { ...mixing, layer: 0 }), model.apply(mixHidden(x, mixing)) as tf.Tensor);
      close(forwardMixed(model, x, { ...mixing, layer: 3 }), mixHidden(model.apply(x) as tf.Tensor, mixing));
      for (const layer of [0, 1, 2, 3]) close(forwardMixed(model, x, { lambda: 1, permutation, layer }), model.apply(x) as tf.Tensor);
    });
    model.dispose();
  });
});

const data: ArrayData = {
  xs: { values: Float32Array.from({ length: 60 }, (_, i) => ((i * 37) % 19) / 10 - 1), shape: [3] },
  ys: { values: Int32Array.from({ length: 20 }, (_, i) => i % 3), shape: [] },
};
const descent: Transform = transform({ name: 'descent', config: {}, slots: {}, update: (g) => ({ update: mul(g, 0.2), slots: {} }) });

onEachBackend('manifoldMixup in the loop', () => {
  const run = async (
    seed: number,
    more: Partial<TrainOptions> & { epochs?: number } = {},
  ): Promise<{ hash: string; losses: (number | undefined)[] }> => {
    const model = net();
    const mixing = manifoldMixup(model, { layers: [0, 1, 2], seed });
    const { history } = await train({
      model: mixing.model,
      loss: mixing.loss(softmaxCrossEntropy),
      transform: descent,
      batches: batches(data, { batchSize: 8, shuffle: 1 }),
      epochs: 6,
      seed: 3,
      ...more,
      hooks: [mixing.hook, ...(more.hooks ?? [])],
    });
    const result = { hash: await weightsHash(model), losses: history.map(({ metrics }) => metrics.val_loss) };
    model.dispose();
    return result;
  };

  test('is the same for the same seed, another for another, and leaks nothing', async () => {
    const before = tf.memory().numTensors;
    const { hash } = await run(1);
    expect(tf.memory().numTensors).toBe(before);
    expect((await run(1)).hash).toBe(hash);
    expect((await run(2)).hash).not.toBe(hash);
  });

  test('goes on after a resume as if nothing had happened', async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const cut = { kind: 'hook', name: 'cut', onStep: ({ step }: { step: number }) => void (step === 7 && controller.abort()) } as const;
    await run(1, { checkpoints: { store }, signal: controller.signal, hooks: [cut] });
    expect((await run(1, { checkpoints: { store, resume: true }, hooks: [{ kind: 'hook', name: 'cut' }] })).hash).toBe((await run(1)).hash);
  });

  test('does not mix in evaluation', async () => {
    const validation = batches(data, { batchSize: 20, shuffle: false });
    const still: Transform = transform({ name: 'still', config: {}, slots: {}, update: (g) => ({ update: mul(g, 0), slots: {} }) });
    const { losses } = await run(1, { validation, transform: still, epochs: 3 });
    expect(new Set(losses).size).toBe(1);
  });
});

describe('bad input of manifoldMixup', () => {
  test('is refused before anything is computed', () => {
    const model = net();
    const x = input({ shape: [3] });
    const [a, b] = [layers.dense({ units: 3 }).apply(x), layers.dense({ units: 3 }).apply(x)] as never[];
    const branching = functional({ inputs: x, outputs: layers.add().apply([a, b] as never) as never });
    expect(() => manifoldMixup(branching, { layers: [0] })).toThrow(expect.objectContaining({ code: 'unsupported' }));
    for (const places of [[], [4], [-1], [0.5], 2 as never, undefined as never])
      expect(() => manifoldMixup(model, { layers: places })).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`layers`') }),
      );
    expect(() => manifoldMixup(model, { layers: [0], alpha: 0 })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('`alpha`') }),
    );
    expect(() => manifoldMixup(undefined as never, { layers: [0] })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`model`') }),
    );
    const mixing = manifoldMixup(model, { layers: [0] });
    const zeros = tf.zeros([2, 3]);
    expect(() => mixing.model.apply(zeros, { training: true })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('mixing.hook') }),
    );
    zeros.dispose();
  });
});
