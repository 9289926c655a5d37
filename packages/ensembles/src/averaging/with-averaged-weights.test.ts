import { chain, mul, transform } from '@downhill/core';
import { adamw, sgd } from '@downhill/optimizers';
import { optimizer, register, type DownhillOptimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, captureWeights, memoryStore, meanSquaredError, train, type BatchSource, type FunctionModel } from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential, type LayersModel, type Sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adoptAveragedWeights, averagedValidation, averagedWeights, emaWeights, swaWeights, withAveragedWeights } from '../index.ts';

const wave = (i: number): number => Math.sin(i * 12.9898);

/** A net with batch normalization, compiled. */
function net(made: DownhillOptimizer): Sequential {
  const model = sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3], activation: 'tanh' }),
      layers.batchNormalization(),
      layers.dense({ units: 1, useBias: false }),
    ],
  });
  seedModel(model, 3);
  model.compile({ optimizer: made, loss: 'meanSquaredError' });
  return model;
}

const source = (shuffle: number | false = 5): BatchSource =>
  batches(
    {
      xs: { values: Float32Array.from({ length: 60 }, (_, i) => wave(i) + (i % 3)), shape: [3] },
      ys: { values: Float32Array.from({ length: 20 }, (_, i) => wave(100 + i)), shape: [1] },
    },
    { batchSize: 4, shuffle },
  );

async function trained(model: LayersModel, epochs = 2): Promise<void> {
  await train({ model, optimizer: model.optimizer, loss: meanSquaredError, batches: source(), epochs });
}

const read = (model: LayersModel): number[][] => model.weights.map((weight) => [...weight.read().dataSync()]);
const slots = (model: LayersModel, key: string): number[][] =>
  model.trainableWeights.map((weight) => {
    const state = (model.optimizer as DownhillOptimizer).state(weight.read() as tf.Variable);
    const values = [...state[key]!.dataSync()];
    tf.dispose(Object.values(state));
    return values;
  });

describe.each(['cpu', 'wasm'])('averaged weights (%s)', (backend) => {
  let before = 0;
  beforeAll(async () => {
    register({ adamw, emaWeights });
    await tf.setBackend(backend);
  });
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.disposeVariables();
    expect(tf.memory().numTensors - before, 'tensors that stay behind').toBe(0);
  });

  const withNet = async (work: (model: Sequential) => Promise<void>, made = chain(adamw({ learningRate: 0.05 }), emaWeights())) => {
    const model = net(optimizer(made));
    try {
      await trained(model);
      await work(model);
    } finally {
      model.optimizer.dispose();
      model.dispose();
    }
  };

  test('are in the model during the call, and its own to the last bit after it', () =>
    withNet(async (model) => {
      const own = read(model);
      const inside = await withAveragedWeights(model, (same) => {
        expect(same).toBe(model);
        return model.trainableWeights.map((weight) => [...weight.read().dataSync()]);
      });
      expect(inside).toEqual(slots(model, 'emaWeights/average'));
      expect(inside[0]).not.toEqual(own[0]);
      expect(read(model)).toEqual(own);
    }));

  test('are kept by model.fit, too', async () => {
    const model = net(optimizer(chain(sgd({ learningRate: 0.1 }), emaWeights({ decay: 0.5, biasCorrection: true }))));
    const [xs, ys] = [tf.ones([4, 3]), tf.ones([4, 1])];
    const seen: number[] = [];
    const kernel = (): number => model.trainableWeights[0]!.read().dataSync()[0]!;
    await model.fit(xs, ys, { epochs: 2, batchSize: 4, verbose: 0, callbacks: { onBatchEnd: () => void seen.push(kernel()) } });
    expect(seen).toHaveLength(2);
    expect(await withAveragedWeights(model, kernel)).toBeCloseTo((seen[0]! + 2 * seen[1]!) / 3, 6);
    tf.dispose([xs, ys]);
    model.optimizer.dispose();
    model.dispose();
  });

  test('training goes on with the same bits as if nobody had looked', async () => {
    const weights: number[][][] = [];
    for (const look of [false, true])
      await withNet(async (model) => {
        if (look) await withAveragedWeights(model, async () => Promise.resolve(read(model)));
        await trained(model, 1);
        weights.push([...read(model), ...slots(model, 'emaWeights/average')]);
      });
    expect(weights[1]).toEqual(weights[0]);
  });

  test('are taken out when the function throws, at once or later', () =>
    withNet(async (model) => {
      const own = read(model);
      const tensors = tf.memory().numTensors;
      const bad = new Error('bad');
      const now = (): never => {
        throw bad;
      };
      const later = async (): Promise<never> => {
        await Promise.resolve();
        throw bad;
      };
      await expect(withAveragedWeights(model, now)).rejects.toBe(bad);
      await expect(withAveragedWeights(model, later)).rejects.toBe(bad);
      expect(read(model)).toEqual(own);
      expect(tf.memory().numTensors).toBe(tensors);
    }));

  test('two calls at once would mix them up: the second is refused, the first goes on', () =>
    withNet(async (model) => {
      const own = read(model);
      const first = withAveragedWeights(model, () => new Promise((resolve) => setTimeout(() => resolve(read(model)), 5)));
      await expect(withAveragedWeights(model, () => {})).rejects.toMatchObject({ code: 'unsupported' });
      expect(((await first) as number[][])[0]).toEqual(slots(model, 'emaWeights/average')[0]);
      expect(read(model)).toEqual(own);
    }));

  test('batch-norm statistics are those of the data with the average, and the old ones again afterwards', () =>
    withNet(async (model) => {
      const own = read(model);
      const normalized = await withAveragedWeights(
        model,
        () => {
          const inner = model.layers[0]!;
          const moments = tf.tidy(() => {
            const all = [...(source(false).batches(0) as Iterable<{ xs: tf.Tensor; ys: tf.Tensor }>)];
            const xs = tf.concat(all.map((batch) => batch.xs));
            tf.dispose(all);
            const { mean, variance } = tf.moments(inner.apply(xs) as tf.Tensor, 0);
            return [[...mean.dataSync()], [...variance.dataSync()]];
          });
          return { moments, kept: read(model).slice(-2) };
        },
        { reestimate: { batches: source(false) } },
      );
      normalized.kept.forEach((values, i) => values.forEach((value, j) => expect(value).toBeCloseTo(normalized.moments[i]![j]!, 5)));
      expect(normalized.kept).not.toEqual(own.slice(-2));
      expect(read(model)).toEqual(own);
    }));

  test('statistics that cannot be computed leave everything as it was', () =>
    withNet(async (model) => {
      const own = read(model);
      const nothing = { *batches() {} };
      await expect(withAveragedWeights(model, () => {}, { reestimate: { batches: nothing } })).rejects.toMatchObject({
        code: 'data-invalid',
      });
      await expect(adoptAveragedWeights(model, { reestimate: { batches: nothing } })).rejects.toMatchObject({ code: 'data-invalid' });
      expect(read(model)).toEqual(own);
    }));

  test('can be kept as a copy, and adopted for good', () =>
    withNet(async (model) => {
      const own = read(model);
      const copy = await averagedWeights(model);
      expect(read(model)).toEqual(own);
      await adoptAveragedWeights(model);
      expect(await captureWeights(model)).toEqual(copy);
      expect(read(model)).not.toEqual(own);
    }));

  test('several at once are told apart by name', () =>
    withNet(
      async (model) => {
        await expect(withAveragedWeights(model, () => {})).rejects.toThrow(
          'the optimizer keeps several averages. Choose with `average`: emaWeights/0.5, emaWeights/0.9, swaWeights/average.',
        );
        await expect(withAveragedWeights(model, () => {}, { average: 'emaWeights' })).rejects.toMatchObject({ code: 'unknown-name' });
        const first = (): number[] => [...model.trainableWeights[0]!.read().dataSync()];
        for (const average of ['emaWeights/0.5', 'emaWeights/0.9', 'swaWeights/average'])
          expect(await withAveragedWeights(model, first, { average })).toEqual(slots(model, average)[0]);
      },
      chain(adamw({ learningRate: 0.05 }), emaWeights({ decays: [0.5, 0.9] }), swaWeights({ start: 2 })),
    ));

  test('of a model that was saved with its optimizer are there again before the first step', () =>
    withNet(async (model) => {
      const averages = await averagedWeights(model);
      let saved: tf.io.ModelArtifacts | undefined;
      await model.save(
        tf.io.withSaveHandler(async (artifacts) => ((saved = artifacts), { modelArtifactsInfo: {} as never })),
        {
          includeOptimizer: true,
        },
      );
      const again = await loadLayersModel(tf.io.fromMemory(saved!));
      expect([...(await averagedWeights(again)).values()]).toEqual([...averages.values()]);
      again.optimizer.dispose();
      again.dispose();
    }));

  test('of variables with a function need the optimizer, and leave what is not averaged as it is', async () => {
    const [w, b] = [tf.tidy(() => tf.variable(tf.scalar(1), true, 'w')), tf.tidy(() => tf.variable(tf.scalar(5), true, 'b'))];
    const model: FunctionModel = { variables: [w, b], predict: (x) => tf.add(tf.mul(x as tf.Tensor, w), b) };
    const ours = optimizer(chain(sgd({ learningRate: 1 }), emaWeights({ decay: 0.75 })));
    tf.tidy(() => ours.applyGradients({ w: tf.scalar(4) }));
    await expect(withAveragedWeights(model, () => {})).rejects.toThrow('`optimizer` must be given');
    expect(await withAveragedWeights(model, () => [w.dataSync()[0], b.dataSync()[0]], { optimizer: ours })).toEqual([0, 5]);
    expect(w.dataSync()[0]).toBe(-3);
    await expect(withAveragedWeights(model, () => {}, { optimizer: ours, reestimate: { batches: source() } })).rejects.toMatchObject({
      code: 'unsupported',
    });
    ours.dispose();
  });

  test('that are not there are said not to be', async () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(1), true, 'w'));
    const model: FunctionModel = { variables: [w], predict: (x) => x as tf.Tensor };
    const other = tf.tidy(() => tf.variable(tf.scalar(1), true, 'other'));
    const fresh = optimizer(emaWeights());
    const stepped = optimizer(emaWeights());
    const none = optimizer(transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) }));
    tf.tidy(() => stepped.applyGradients({ other: tf.scalar(1) }));
    const refused = (ours: tf.Optimizer): Promise<unknown> => withAveragedWeights(model, () => {}, { optimizer: ours });
    await expect(refused(fresh)).rejects.toThrow("there is no 'emaWeights/average' before the first step");
    await expect(refused(stepped)).rejects.toMatchObject({ code: 'state-mismatch' });
    await expect(refused(none)).rejects.toThrow(
      'the optimizer keeps no average of the weights. Train with optimizer(chain(adamw(), emaWeights())).',
    );
    const tfjs = tf.train.sgd(0.1);
    await expect(refused(tfjs)).rejects.toThrow('the optimizer keeps no average of the weights');
    for (const each of [fresh, stepped, none, tfjs]) each.dispose();
    expect([w, other].map((each) => each.dataSync()[0])).toEqual([1, 0]);
  });

  describe('in train', () => {
    const options = (model: LayersModel) => ({ model, loss: meanSquaredError, batches: source(), epochs: 3, seed: 3 });
    const made = (): DownhillOptimizer =>
      optimizer(
        chain(adamw({ learningRate: 0.05 }), emaWeights({ decays: [0.5, 0.9], useWarmup: true }), swaWeights({ start: 4, every: 2 })),
      );

    test('a run resumed in the middle of an epoch ends with the same averages, to the last bit', async () => {
      const ends: Map<string, unknown>[] = [];
      for (const stopAt of [undefined, 8]) {
        const store = memoryStore();
        const stop = new AbortController();
        for (const resume of stopAt === undefined ? [false] : [false, true]) {
          const model = net(made());
          const { step } = await train({
            ...options(model),
            optimizer: model.optimizer,
            checkpoints: { store, resume },
            signal: stop.signal,
            ...(resume ? { signal: new AbortController().signal } : {}),
            onEvent: (event) => event.type === 'step' && event.step === stopAt && stop.abort(),
          });
          if (step === 15)
            for (const average of ['emaWeights/0.5', 'emaWeights/0.9', 'swaWeights/average'])
              ends.push(await averagedWeights(model, { average }));
          model.optimizer.dispose();
          model.dispose();
        }
      }
      expect(ends).toHaveLength(6);
      expect(ends.slice(3)).toEqual(ends.slice(0, 3));
    });

    test('the average is validated beside the weights, and its numbers reach hooks', async () => {
      const model = net(made());
      let names: readonly string[] = [];
      const { history } = await train({
        ...options(model),
        optimizer: model.optimizer,
        validation: source(false),
        validationViews: {
          ema: averagedValidation({ average: 'emaWeights/0.9' }),
          swa: averagedValidation({ average: 'swaWeights/average', reestimate: { batches: source(false) } }),
        },
        hooks: [{ kind: 'hook', name: 'names', onStart: ({ metrics }) => void (names = metrics) }],
      });
      expect(names).toEqual(['loss', 'val_loss', 'val_ema_loss', 'val_swa_loss']);
      const { loss: _loss, ...last } = history.at(-1)!.metrics;
      expect(Object.keys(last)).toEqual(names.slice(1));
      expect(new Set(Object.values(last)).size).toBe(3);
      model.optimizer.dispose();
      model.dispose();
    });
  });
});
