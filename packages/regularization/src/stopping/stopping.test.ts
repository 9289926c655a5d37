import { add, mul, transform, zeros, type Transform } from '@downhill/core';
import {
  batches,
  memoryStore,
  softmaxCrossEntropy,
  accuracy,
  train,
  weightsHash,
  type ArrayData,
  type TrainOptions,
} from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { earlyStopping, keepBest, restoreBest, stoppingRule, type EarlyStopping, type Stopping } from '../index.ts';
import { earlyStoppingCallback, keepBestCallback } from '../layers.ts';

const runRule = (values: readonly number[], options: Parameters<typeof stoppingRule>[0]): Stopping => {
  const rule = stoppingRule(options);
  let state = rule.start;
  for (const [epoch, value] of values.entries()) {
    state = rule.next(state, { epoch, value });
    if (state.stoppedEpoch !== null) break;
  }
  return state;
};

describe('stoppingRule', () => {
  test('waits for patience epochs and remembers the best', () => {
    expect(runRule([3, 2, 2.5, 2, 1], { patience: 2 })).toEqual({ wait: 2, best: 2, bestEpoch: 1, stoppedEpoch: 3 });
  });

  test('goes by the name of the metric', () => {
    expect(runRule([0.1, 0.2, 0.15], { monitor: 'val_accuracy' }).stoppedEpoch).toBe(2);
    expect(runRule([0.1, 0.2, 0.15], { monitor: 'meanSquaredError' }).stoppedEpoch).toBe(1);
    expect(() => stoppingRule({ monitor: 'val_score' })).toThrow(
      expect.objectContaining({ message: expect.stringContaining("'val_score'") }),
    );
  });

  test('counts a change of exactly minDelta as none', () => {
    expect(runRule([1, 0.5, 0.25], { minDelta: 0.5, patience: 1 })).toMatchObject({ best: 1, stoppedEpoch: 1 });
    expect(runRule([1, 0.25], { minDelta: 0.5, patience: 1 })).toMatchObject({ best: 0.25, stoppedEpoch: null });
  });

  test('lets patience go on below the baseline, though the best moves', () => {
    expect(runRule([5, 4, 3, 2], { baseline: 1, patience: 3 })).toEqual({ wait: 4, best: 2, bestEpoch: 3, stoppedEpoch: null });
    expect(runRule([5, 4, 3, 3], { baseline: 1, patience: 3 })).toMatchObject({ bestEpoch: 2, stoppedEpoch: 3 });
  });

  test('looks at nothing before startFromEpoch', () => {
    expect(runRule([1, 9, 9, 9, 8], { startFromEpoch: 3, patience: 1 })).toMatchObject({ best: 8, bestEpoch: 4, stoppedEpoch: null });
  });

  test('never stops at a NaN that comes first before patience is over, and nothing beats it', () => {
    expect(runRule([Number.NaN, 1, 1], { patience: 2 })).toEqual({ wait: 2, best: Number.NaN, bestEpoch: 0, stoppedEpoch: 2 });
  });

  test('stops exactly patience epochs after the last improvement, for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (values, patience) => {
          const { stoppedEpoch, bestEpoch, best } = runRule(values, { patience });
          const seen = values.slice(0, stoppedEpoch === null ? undefined : stoppedEpoch + 1);
          expect(best).toBe(Math.min(...seen));
          expect(bestEpoch).toBe(seen.indexOf(Math.min(...seen)));
          if (stoppedEpoch !== null) expect(stoppedEpoch - bestEpoch!).toBe(patience);
        },
      ),
    );
  });

  test.each([
    [{ patience: 0 }, '`patience`'],
    [{ patience: 1.5 }, '`patience`'],
    [{ minDelta: -1 }, '`minDelta`'],
    [{ startFromEpoch: -1 }, '`startFromEpoch`'],
    [{ baseline: Number.NaN }, '`baseline`'],
    [{ mode: 'up' as never }, '`mode`'],
    [{ monitor: 3 as never }, '`monitor`'],
    [{ restoreBestWeight: true } as never, '`restoreBestWeights`'],
    [{ restoreBestWeights: 'yes' as never }, '`restoreBestWeights`'],
    [{ verbose: 2 as never }, '`verbose`'],
  ])('refuses %o', (options, argument) => {
    expect(() => earlyStopping(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(argument) }),
    );
    expect(() => earlyStoppingCallback(options)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  test.each([
    [() => earlyStopping({ model: {} as never, restoreBestWeights: true }), '`model`'],
    [() => keepBest({ model: {} as never, store: memoryStore() }), '`model`'],
    [() => keepBest({ model: { variables: [], predict: (x: tf.Tensor | tf.Tensor[]) => x as tf.Tensor }, store: {} as never }), '`store`'],
    [() => keepBest({ store: memoryStore(), monitr: 'loss' } as never), '`monitor`'],
  ])('refuses what is no model, no store or no option: %o', (make, argument) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(argument) }));
  });

  test('refuses to restore weights of a model that it does not know', () => {
    expect(() => earlyStopping({ restoreBestWeights: true })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('`model`') }),
    );
  });
});

const momentum = (learningRate: number): Transform =>
  transform({
    name: 'momentum',
    config: { learningRate },
    slots: { m: zeros },
    update(g, { slots: { m } }) {
      const next = add(mul(m, 0.9), g);
      return { update: mul(next, learningRate), slots: { m: next } };
    },
  });

const pixels = Float32Array.from({ length: 24 * 4 }, (_, i) => ((i * 37) % 19) / 10 - 1);
const data: ArrayData = { xs: { values: pixels, shape: [4] }, ys: { values: Int32Array.from({ length: 24 }, (_, i) => i % 3), shape: [] } };
const net = (): Sequential =>
  sequential({ layers: [layers.dense({ units: 6, inputShape: [4], activation: 'tanh' }), layers.dense({ units: 3 })] });

// So high a rate that the training loss soon rises again.
const options = (model: Sequential, more: Partial<TrainOptions>): TrainOptions => ({
  model,
  loss: softmaxCrossEntropy,
  transform: momentum(0.6),
  batches: batches(data, { batchSize: 8, shuffle: 3 }),
  epochs: 40,
  seed: 5,
  metrics: { accuracy },
  ...more,
});

onEachBackend('earlyStopping in the loop', () => {
  test('stops the run and gives back the weights of the best epoch', async () => {
    const before = tf.memory().numTensors;
    const model = net();
    const hashes: string[] = [];
    const said = vi.spyOn(console, 'log').mockReturnValue();
    const hook = earlyStopping({ model, restoreBestWeights: true, monitor: 'loss', patience: 3, verbose: 1 });
    const spy = { kind: 'hook', name: 'spy', onEpoch: async () => void hashes.push(await weightsHash(model)) } as const;
    const { stopped, epoch, history } = await train(options(model, { hooks: [spy, hook] }));
    const losses = history.map(({ metrics }) => metrics.loss!);
    const { bestEpoch, stoppedEpoch } = hook.state;
    expect(stopped).toBe('hook');
    expect(losses.indexOf(Math.min(...losses))).toBe(bestEpoch);
    expect(stoppedEpoch).toBe(epoch - 1);
    expect(stoppedEpoch! - bestEpoch!).toBe(3);
    expect(await weightsHash(model)).toBe(hashes[bestEpoch!]);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(said.mock.calls).toEqual([
      [`earlyStopping: stopped after epoch ${epoch}`],
      [`earlyStopping: the weights are those of epoch ${bestEpoch! + 1}`],
    ]);
    said.mockRestore();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a resumed run stops where an uninterrupted one does, with the same weights', async () => {
    const stopping = (model: Sequential): EarlyStopping => earlyStopping({ model, restoreBestWeights: true, monitor: 'loss', patience: 3 });
    const whole = net();
    const wholeHook = stopping(whole);
    await train(options(whole, { hooks: [wholeHook] }));
    const cut = 3 * (wholeHook.state.bestEpoch! + 1) + 4; // within patience: the best weights are older than the checkpoint

    const store = memoryStore();
    const [first, second] = [net(), net()];
    const controller = new AbortController();
    const stop = { kind: 'hook', name: 'cut', onStep: ({ step }: { step: number }) => void (step === cut && controller.abort()) } as const;
    await train(options(first, { hooks: [stopping(first), stop], checkpoints: { store }, signal: controller.signal }));
    const resumedHook = stopping(second);
    await train(options(second, { hooks: [resumedHook, { kind: 'hook', name: 'cut' }], checkpoints: { store, resume: true } }));
    expect(resumedHook.state).toEqual(wholeHook.state);
    expect(await weightsHash(second)).toBe(await weightsHash(whole));
    for (const model of [whole, first, second]) model.dispose();
  });

  test('keeps the best epoch in a store, beside the checkpoints', async () => {
    const [model, other, store] = [net(), net(), memoryStore()];
    const stopping = earlyStopping({ model, restoreBestWeights: true, monitor: 'loss', patience: 2 });
    await train(options(model, { hooks: [keepBest({ model, store, monitor: 'loss' }), stopping], checkpoints: { store } }));
    expect(await restoreBest({ model: other, store })).toEqual({
      epoch: stopping.state.bestEpoch! + 1,
      step: 3 * (stopping.state.bestEpoch! + 1),
    });
    expect(await weightsHash(other)).toBe(await weightsHash(model));
    model.dispose();
    other.dispose();
  });

  test('keeps no NaN, and after a resume only what is better than before', async () => {
    const store = memoryStore();
    const names: number[] = [];
    const spied = {
      ...store,
      write: async (name: string, bytes: Uint8Array) => (name === 'best.safetensors' && names.push(1), store.write(name, bytes)),
    };
    const model = net();
    const kept = async (values: readonly number[], hook = keepBest({ model, store: spied, monitor: 'loss' })) => {
      for (const [i, loss] of values.entries()) await hook.onEpoch!({ step: i, steps: 9, epoch: i + 1, epochs: 9, metrics: { loss } });
      return hook;
    };
    const first = await kept([Number.NaN, 3, Number.NaN, 4, 2]);
    expect(names).toHaveLength(2);
    const second = keepBest({ model, store: spied, monitor: 'loss' });
    second.loadState!(first.saveState!());
    await kept([2.5, 1.5], second);
    expect(names).toHaveLength(3);
    model.dispose();
  });

  test('names the metrics that there are, before the first step', async () => {
    const model = net();
    let steps = 0;
    const count = { kind: 'hook', name: 'count', onStep: () => void steps++ } as const;
    const run = (monitor: string) => train(options(model, { hooks: [count, earlyStopping({ monitor, mode: 'min' })] }));
    await expect(run('val_acuracy')).rejects.toThrow(
      expect.objectContaining({
        code: 'unknown-name',
        message: expect.stringMatching(/'val_acuracy'.*loss, accuracy\./),
      }),
    );
    await expect(run('val_loss')).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-name', message: expect.stringContaining('validation data') }),
    );
    expect(steps).toBe(0);
    model.dispose();
  });
});

onEachBackend('earlyStopping in fit', () => {
  const fit = async (model: Sequential, callbacks: Parameters<Sequential['fit']>[2]): Promise<number[]> => {
    const [xs, ys] = tf.tidy(() => [tf.tensor2d(pixels, [24, 4]), tf.oneHot([...data.ys.values], 3)]);
    try {
      const { history } = await model.fit(xs!, ys!, { epochs: 30, shuffle: false, verbose: 0, ...callbacks });
      return history.loss as number[];
    } finally {
      tf.dispose([xs!, ys!]);
    }
  };

  test('stops, gives back the best weights and keeps them, as tfjs’s own refuses to', async () => {
    const [model, other, store] = [net(), net(), memoryStore()];
    model.compile({ loss: softmaxCrossEntropy, optimizer: tf.train.sgd(20), metrics: [] });
    const losses = await fit(model, {
      callbacks: [
        earlyStoppingCallback({ monitor: 'loss', patience: 3, restoreBestWeights: true }),
        keepBestCallback({ model, store, monitor: 'loss' }),
      ],
    });
    const best = losses.indexOf(Math.min(...losses));
    expect(losses.length - 1 - best).toBe(3);
    await restoreBest({ model: other, store });
    expect(await weightsHash(other)).toBe(await weightsHash(model));
    model.dispose();
    other.dispose();
  });

  test('rejects with the names that there are, before the first step', async () => {
    const model = net();
    model.compile({ loss: softmaxCrossEntropy, optimizer: 'sgd' });
    const [before] = model.getWeights().map((weight) => weight.dataSync());
    await expect(fit(model, { callbacks: earlyStoppingCallback() })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-name', message: expect.stringMatching(/'val_loss'.* are loss\./) }),
    );
    expect(model.getWeights()[0]!.dataSync()).toEqual(before); // no step was taken
    model.dispose();
  });
});
