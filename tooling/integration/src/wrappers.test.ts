import { controlled, everySteps, schedule, type Transform } from '@downhill/core';
import { withAveragedWeights } from '@downhill/ensembles';
import {
  accumulate,
  adamw,
  applyIfFinite,
  chain,
  freeze,
  layerDecay,
  lookahead,
  muon,
  partition,
  sam,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  wsam,
} from '@downhill/optimizers';
import { optimizer, register, type DownhillOptimizer } from '@downhill/tfjs';
import { layerGroups, seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, memoryStore, train } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

const net = (): LayersModel => {
  const model = sequential({
    layers: [
      layers.conv2d({ name: 'stem', filters: 4, kernelSize: 3, strides: 2, activation: 'relu', inputShape: [9, 9, 1] }),
      layers.flatten(),
      layers.dense({ name: 'body', units: 8, activation: 'tanh' }),
      layers.dense({ name: 'head', units: 2, activation: 'softmax' }),
    ],
  });
  seedModel(model, 3);
  return model;
};

/** Pictures of waves along either axis. */
const EXAMPLES = 32;
const xs = Float32Array.from({ length: EXAMPLES * 81 }, (_, i) => {
  const [picture, y, x] = [Math.floor(i / 81), Math.floor(i / 9) % 9, i % 9];
  return Math.sin((picture % 2 === 0 ? x : y) * (1 + (picture % 5) / 10) + picture);
});
const ys = Float32Array.from({ length: EXAMPLES * 2 }, (_, i) => (Math.floor(i / 2) % 2 === i % 2 ? 1 : 0));
const withData = async <T>(use: (x: tf.Tensor, y: tf.Tensor) => Promise<T>): Promise<T> => {
  const [x, y] = [tf.tensor4d(xs, [EXAMPLES, 9, 9, 1]), tf.tensor2d(ys, [EXAMPLES, 2])];
  try {
    return await use(x, y);
  } finally {
    tf.dispose([x, y]);
  }
};

const halving = (): ReturnType<typeof schedule> => schedule({ name: 'halving', config: {}, at: (step) => 0.1 / 2 ** step });
register({ accumulate, adamw, applyIfFinite, halving, lookahead, sgd });

const ours = (model: LayersModel): DownhillOptimizer => model.optimizer as DownhillOptimizer;
const compiled = (transform: Transform, metrics: string[] = []): LayersModel => {
  const model = net();
  model.compile({ loss: 'categoricalCrossentropy', metrics, optimizer: optimizer(transform) });
  return model;
};
const valuesOf = (model: LayersModel): number[] => model.getWeights().flatMap((weight) => [...weight.dataSync()]);
const bitsOf = (model: LayersModel): string => JSON.stringify([...new Uint32Array(Float32Array.from(valuesOf(model)).buffer)]);

beforeAll(() => useBackend('cpu'));

describe('in model.fit', () => {
  const adam = adamw({ learningRate: 0.01 });
  const plain = sgd({ learningRate: 0.1, momentum: 0.9 });
  test.each<[string, (model: LayersModel) => Transform]>([
    ['accumulate', () => accumulate(adamw({ learningRate: 0.02 }), { steps: 2 })],
    ['applyIfFinite', () => applyIfFinite(adam)],
    ['freeze and layerDecay', (model) => chain(adam, layerDecay({ layers: layerGroups(model) }), freeze({ names: ['stem/*'] }))],
    ['lookahead', () => lookahead(adamw({ learningRate: 0.02 }))],
    ['muon', () => muon({ learningRate: 0.02 })],
    ['partition', () => partition({ kernels: muon({ learningRate: 0.02 }), rest: plain }, { kernels: { minRank: 2, minSide: 4 } })],
    ['sam', () => sam(plain)],
    ['sam of accumulate', () => sam(accumulate(plain, { steps: 2 }))],
    ['scheduleFreeAdamw', () => scheduleFreeAdamw({ learningRate: 0.02 })],
    ['scheduleFreeSgd', () => scheduleFreeSgd({ learningRate: 0.3 })],
    ['wsam', () => wsam(plain)],
  ])('%s trains, and leaves no tensor behind', async (_, make) => {
    await withData(async (x, y) => {
      const model = net();
      model.compile({ loss: 'categoricalCrossentropy', optimizer: optimizer(make(model)) });
      const fit = (epochs: number) => model.fit(x, y, { batchSize: 8, epochs, shuffle: false, verbose: 0 });
      await fit(1);
      const before = tf.memory().numTensors;
      const { history } = await fit(12);
      expect(tf.memory().numTensors).toBe(before);
      const losses = history['loss'] as number[];
      expect(losses.at(-1)).toBeLessThan(0.6 * losses[0]!);
      ours(model).dispose();
      model.dispose();
    });
  });

  test('accumulate takes four small batches as one large one, with its schedule', async () => {
    await withData(async (x, y) => {
      const inner = (): Transform => sgd({ learningRate: halving(), momentum: 0.9 });
      const [large, small] = [compiled(inner()), compiled(accumulate(inner(), { steps: 4 }))];
      await large.fit(x, y, { batchSize: 32, epochs: 4, shuffle: false, verbose: 0 });
      await small.fit(x, y, { batchSize: 8, epochs: 4, shuffle: false, verbose: 0 });
      expect([ours(large).iterations, ours(small).iterations]).toEqual([4, 16]);
      expect(ours(small).scalars['learningRate']).toBe(0.1 / 8);
      const [wanted, start] = [valuesOf(large), valuesOf(net())];
      valuesOf(small).forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(2e-6));
      expect(Math.max(...wanted.map((value, i) => Math.abs(value - start[i]!)))).toBeGreaterThan(0.01);
    });
  });

  test('freeze keeps a layer to the bit, and layerDecay moves the lower ones less', async () => {
    await withData(async (x, y) => {
      const model = net();
      const rule = chain(
        sgd({ learningRate: 0.01 }),
        layerDecay({ layers: layerGroups(model), decay: 0.1 }),
        freeze({ names: ['stem/*'] }),
      );
      model.compile({ loss: 'categoricalCrossentropy', optimizer: optimizer(rule) });
      const before = model.getWeights().map((weight) => [...weight.dataSync()]);
      await model.fit(x, y, { batchSize: 32, epochs: 1, verbose: 0 });
      const same = model.getWeights().map((weight, i) => [...weight.dataSync()].every((value, j) => Object.is(value, before[i]![j])));
      expect(same).toEqual([true, true, false, false, false, false]);
    });
  });

  test('a controlled number changes at once, by a callback', async () => {
    await withData(async (x, y) => {
      const rate = controlled(0.1);
      const model = compiled(sgd({ learningRate: rate }));
      const at: string[] = [];
      const onEpochEnd = async (epoch: number): Promise<void> => {
        at.push(bitsOf(model));
        if (epoch === 1) rate.value = 0;
        await Promise.resolve();
      };
      await model.fit(x, y, { epochs: 4, verbose: 0, callbacks: { onEpochEnd } });
      expect(at[1]).not.toBe(at[0]);
      expect(at.slice(2)).toEqual([at[1], at[1]]);
    });
  });

  test('the average of a schedule-free rule takes the place of the weights, for as long as one looks', async () => {
    await withData(async (x, y) => {
      const model = compiled(scheduleFreeAdamw({ learningRate: 0.05 }));
      await model.fit(x, y, { batchSize: 8, epochs: 10, shuffle: false, verbose: 0 });
      const own = bitsOf(model);
      const loss = (): number => tf.tidy(() => (model.evaluate(x, y) as tf.Scalar).dataSync()[0] ?? Number.NaN);
      const averaged = await withAveragedWeights(model, () => [bitsOf(model) === own, loss()] as const);
      expect(averaged[0]).toBe(false);
      expect(averaged[1]).toBeLessThan(0.2);
      expect(bitsOf(model)).toBe(own);
    });
  });
});

describe('saved and loaded', () => {
  /** A step on a part of the data. */
  const step = (model: LayersModel, i: number): Promise<void> =>
    withData(async (x, y) => {
      const [a, b] = [tf.slice(x, [(i % 4) * 8, 0, 0, 0], [8, 9, 9, 1]), tf.slice(y, [(i % 4) * 8, 0], [8, 2])];
      await model.trainOnBatch(a, b);
      tf.dispose([a, b]);
    });

  test('between micro-batches a model goes on with the same bits', async () => {
    const make = (): LayersModel =>
      compiled(applyIfFinite(accumulate(lookahead(sgd({ learningRate: halving(), momentum: 0.9 }), { syncPeriod: 2 }), { steps: 3 })));
    const straight = make();
    for (let i = 0; i < 12; i++) await step(straight, i);
    let model = make();
    for (let i = 0; i < 12; i++) {
      if (i % 4 === 1) {
        let artifacts: tf.io.ModelArtifacts = {};
        const save = (given: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
          artifacts = given;
          return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
        };
        await model.save({ save }, { includeOptimizer: true });
        model = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
      }
      await step(model, i);
    }
    expect(bitsOf(model)).toBe(bitsOf(straight));
  });
});

describe('a run that is stopped and resumed', () => {
  const data = { xs: { values: xs, shape: [9, 9, 1] }, ys: { values: ys, shape: [2] } };

  test.each<[string, (rate: ReturnType<typeof controlled>) => Transform]>([
    ['adamw, its numbers changed while it trains', (rate) => adamw({ learningRate: rate, beta1: rate, weightDecay: rate })],
    ['accumulate', (rate) => accumulate(adamw({ learningRate: rate }), { steps: 3 })],
    ['lookahead, now and then', (rate) => everySteps(lookahead(sgd({ learningRate: rate }), { syncPeriod: 2 }), 2)],
    ['schedule-free', (rate) => scheduleFreeSgd({ learningRate: rate, warmupSteps: 3 })],
    ['wsam', (rate) => wsam(sgd({ learningRate: rate, momentum: 0.9 }), { rho: rate })],
    ['muon beside a frozen stem', (rate) => chain(muon({ learningRate: rate }), freeze({ names: ['stem/*'] }))],
  ])('%s: has the same bits', async (_, make) => {
    const run = async (model: LayersModel, rate: ReturnType<typeof controlled>, rest: object): Promise<void> => {
      const lower = ({ step }: { readonly step: number }): void => {
        if (step % 2 === 0) rate.value *= 0.75;
      };
      const hooks = [{ kind: 'hook' as const, name: 'lower', onStep: lower }];
      const all = { model, transform: make(rate), loss: meanSquaredError, hooks, seed: 5, epochs: 2 } as const;
      await train({ ...all, batches: batches(data, { batchSize: 8, shuffle: 1 }), ...rest });
    };
    const straight = net();
    await run(straight, controlled(0.5), {});
    const store = memoryStore();
    const stop = new AbortController();
    const model = net();
    await run(model, controlled(0.5), {
      checkpoints: { store },
      signal: stop.signal,
      onEvent: ({ type, ...event }: { readonly type: string; readonly step?: number }) =>
        void (type === 'step' && event.step === 5 && stop.abort()),
    });
    const again = net();
    await run(again, controlled(0.5), { checkpoints: { store, resume: true } });
    expect(bitsOf(again)).toBe(bitsOf(straight));
    expect(bitsOf(model)).not.toBe(bitsOf(straight));
  });

  test('leaves batches out whose loss is no number, where the chain has applyIfFinite', async () => {
    const bad = { ...data, xs: { ...data.xs, values: data.xs.values.map((x, i) => (i < 81 ? Number.NaN : x)) } };
    const given = { model: net(), loss: meanSquaredError, batches: batches(bad, { batchSize: 8, shuffle: false }), epochs: 1 } as const;
    await expect(train({ ...given, transform: sgd() })).rejects.toMatchObject({ code: 'non-finite' });
    const { step } = await train({ ...given, transform: applyIfFinite(sgd()) });
    expect(step).toBe(4);
    expect(valuesOf(given.model).every(Number.isFinite)).toBe(true);
    await expect(train({ ...given, transform: applyIfFinite(sgd(), { maxConsecutive: 0 }) })).rejects.toMatchObject({ code: 'non-finite' });
  });
});
