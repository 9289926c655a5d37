import { chain } from '@downhill/core';
import { disposeAbandonedTape, optimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, train, type ArrayData } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { descend } from '../../test/descend.ts';
import { savedAndLoaded } from '../../test/saved.ts';
import { numbers } from '../../test/step.ts';
import { ActivityRegularization, groupLassoRegularizer, orthogonalRegularizer, penaltiesOf, registerLayers } from '../layers.ts';
import { groupLasso, l2, orthogonality, totalPenalty } from './index.ts';

const { layers, regularizers } = tfl;
const values = (w: tf.Tensor): number[] => [...w.dataSync()];

beforeAll(() => registerLayers());
beforeEach(() => tf.setBackend('wasm').then(() => undefined));

function net(): tfl.Sequential {
  const model = tfl.sequential({
    layers: [
      layers.dense({
        units: 4,
        inputShape: [3],
        activation: 'tanh',
        kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
        name: 'first',
      }),
      layers.dense({
        units: 4,
        kernelRegularizer: groupLassoRegularizer({ factor: 0.03, groupAxis: 0 }),
        biasRegularizer: regularizers.l2({ l2: 0.5 }),
        name: 'second',
      }),
      layers.dense({ units: 2, kernelRegularizer: orthogonalRegularizer({ factor: 0.1, kind: 'doubleSoft' }), name: 'out' }),
    ],
  });
  seedModel(model, 1);
  return model;
}

const data = (): { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D } => ({
  x: tf.tensor2d(numbers(24), [8, 3]),
  y: tf.tensor2d(numbers(16), [8, 2]),
});

describe('penaltiesOf', () => {
  test('is one part for each rule, confined to its weights by name', () => {
    const model = net();
    expect(penaltiesOf(model).parts.map(({ path, masks }) => [path, masks])).toEqual([
      ['elasticNet', [{ names: ['first/kernel'] }]],
      ['groupLasso', [{ names: ['second/kernel'] }]],
      ['elasticNet.2', [{ names: ['second/bias'] }]],
      ['orthogonality', [{ names: ['out/kernel'] }]],
    ]);
    model.dispose();
  });

  test('in a loop without them moves the weights as model.fit, which has them in its loss', async () => {
    const [ours, theirs] = [net(), net()];
    ours.build(); // before that a Sequential knows of no losses
    const { x, y } = data();
    theirs.compile({ loss: 'meanSquaredError', optimizer: optimizer(descend(0.1)) });
    await theirs.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 });
    const given = optimizer(chain(penaltiesOf(ours), descend(0.1)));
    const variables = ours.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const penalties: number[] = [];
    for (let step = 0; step < 3; step++) {
      const wanted = tf.tidy(() => tf.addN(ours.calculateLosses()).dataSync()[0]!);
      given.minimize(() => tf.losses.meanSquaredError(y, ours.apply(x, { training: true }) as tf.Tensor), false, variables);
      penalties.push(totalPenalty(await given.statistics()));
      expect(penalties[step]).toBeCloseTo(wanted, 5);
    }
    ours.getWeights().forEach((w, i) => {
      const other = values(theirs.getWeights()[i]!);
      values(w).forEach((value, k) => expect(value).toBeCloseTo(other[k]!, 6));
    });
    expect(penalties[2]).toBeLessThan(penalties[0]!);
    given.dispose();
    tf.dispose([x, y]);
    ours.dispose();
    theirs.dispose();
  });

  test('is refused for a regularizer that nobody knows', () => {
    class Odd extends (Object.getPrototypeOf(regularizers.l2({ l2: 0 }).constructor) as new () => ReturnType<typeof regularizers.l2>) {
      static get className(): string {
        return 'Odd';
      }
      override apply(): tf.Scalar {
        return tf.scalar(0);
      }
      override getConfig(): tf.serialization.ConfigDict {
        return {};
      }
    }
    const model = tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [3], kernelRegularizer: new Odd(), name: 'odd' })] });
    expect(() => penaltiesOf(model)).toThrow(
      '[unsupported] penaltiesOf: odd/kernel has a Odd, which is none of L1L2, GroupLasso, OrthogonalRegularizer',
    );
    model.dispose();
  });
});

describe('the penalty of a chain', () => {
  const plain = (): tfl.Sequential => {
    const model = tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [3], name: 'out' })] });
    seedModel(model, 1);
    return model;
  };
  const squares = (model: tfl.Sequential): number => values(model.getWeights()[0]!).reduce((total, w) => total + w * w, 0);

  test('is in the log of train', async () => {
    const model = plain();
    const before = squares(model);
    const column = (given: number[], length: number): ArrayData['ys'] => ({ values: Float32Array.from(given), shape: [length] });
    const logged: number[] = [];
    const { history } = await train({
      model,
      loss: meanSquaredError,
      transform: chain(l2(0.25), descend(0.05)),
      batches: batches({ xs: column(numbers(24), 3), ys: column(numbers(16), 2) }, { batchSize: 4, shuffle: false }),
      epochs: 1,
      statistics: { penalty: totalPenalty },
      onEvent: (event) => void (event.type === 'step' && logged.push(event.metrics['penalty']!)),
    });
    expect(logged[0]).toBeCloseTo(0.25 * before, 5);
    expect(history[0]!.metrics['penalty']).toBeCloseTo((logged[0]! + logged[1]!) / 2, 6);
    model.dispose();
  });

  test('can be read in model.fit', async () => {
    const model = plain();
    const { x, y } = data();
    const given = optimizer(chain(l2(0.25), descend(0.05)));
    model.compile({ loss: 'meanSquaredError', optimizer: given });
    const [wanted, logged]: [number[], number[]] = [[], []];
    await model.fit(x, y, {
      epochs: 1,
      batchSize: 4,
      shuffle: false,
      verbose: 0,
      callbacks: {
        onBatchBegin: () => void wanted.push(0.25 * squares(model)),
        onBatchEnd: async () => void logged.push(totalPenalty(await given.statistics())),
      },
    });
    expect(logged).toHaveLength(2);
    logged.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
    tf.dispose([x, y]);
    given.dispose();
    model.dispose();
  });
});

describe('the regularizers that tfjs-layers lacks', () => {
  test('have the value of the penalty', () => {
    const w = tf.tensor2d(numbers(12), [4, 3]);
    tf.tidy(() => {
      expect(values(groupLassoRegularizer({ factor: 0.5, groupAxis: 0 }).apply(w))).toEqual(
        values(groupLasso({ factor: 0.5, groupAxis: 0 }).value(w)),
      );
      expect(values(orthogonalRegularizer({ mode: 'columns' }).apply(w))).toEqual(values(orthogonality({ mode: 'columns' }).value(w)));
    });
    w.dispose();
  });

  test('come back from model.json as they were', async () => {
    const model = net();
    const again = await savedAndLoaded(model);
    expect(JSON.stringify(penaltiesOf(again))).toBe(JSON.stringify(penaltiesOf(model)));
    expect(penaltiesOf(again).parts[3]!.rule.config).toMatchObject({ factor: 0.1, kind: 'doubleSoft', mode: 'rows' });
    model.dispose();
    again.dispose();
  });

  test('load from a model.json of Keras', async () => {
    const kernel_regularizer = { class_name: 'OrthogonalRegularizer', config: { factor: 0.25, mode: 'columns' } };
    const modelTopology = {
      class_name: 'Sequential',
      config: {
        name: 'from_keras',
        layers: [
          { class_name: 'Dense', config: { name: 'dense', units: 2, batch_input_shape: [null, 3], kernel_regularizer } },
          { class_name: 'ActivityRegularization', config: { name: 'quiet', l1: 0.1, l2: 0 } },
        ],
      },
    };
    const model = await tfl.loadLayersModel({ load: () => Promise.resolve({ modelTopology }) });
    expect(penaltiesOf(model).parts[0]!.rule.config).toMatchObject({ factor: 0.25, kind: 'cosine', mode: 'columns' });
    expect(model.getLayer('quiet').getConfig()).toMatchObject({ l1: 0.1, l2: 0, reduction: 'mean' });
    model.dispose();
  });

  test('refuse what the penalty refuses', () => {
    expect(() => groupLassoRegularizer({ factor: -1 })).toThrow(
      '[invalid-argument] groupLasso: `factor` must be a finite number, at least 0, got -1',
    );
    expect(() => orthogonalRegularizer({ kind: 'hard' as never })).toThrow('[invalid-argument] orthogonality: `kind`');
  });
});

describe('ActivityRegularization', () => {
  const active = (config: ConstructorParameters<typeof ActivityRegularization>[0]): tfl.Sequential => {
    const model = tfl.sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [3], activation: 'tanh', name: 'hidden' }),
        new ActivityRegularization({ name: 'activity', ...config }),
        layers.dense({ units: 2, name: 'out' }),
      ],
    });
    seedModel(model, 1);
    return model;
  };
  /** The same written out: the loss with Σ (0.1 |h| + 0.2 h²) / 8 of the hidden activations. */
  const written =
    (model: tfl.Sequential, x: tf.Tensor, y: tf.Tensor, by = 8) =>
    (): tf.Scalar => {
      const [w, b, v, c] = model.weights.map((weight) => weight.read());
      const hidden = tf.tanh(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b!));
      const output = tf.add(tf.matMul(hidden as tf.Tensor2D, v as tf.Tensor2D), c!);
      const penalty = tf.add(tf.mul(0.1, tf.sum(tf.abs(hidden))), tf.mul(0.2, tf.sum(tf.square(hidden))));
      return tf.add(tf.losses.meanSquaredError(y, output), tf.div(penalty, by));
    };

  test.each([
    ['mean', 8],
    ['sum', 1],
  ] as const)('adds the %s over examples to the loss of model.fit', async (reduction, by) => {
    const [ours, plain] = [active({ l1: 0.1, l2: 0.2, reduction }), active({ l1: 0.1, l2: 0.2, reduction })];
    const { x, y } = data();
    const [a, b] = [optimizer(descend(0.05)), optimizer(descend(0.05))];
    ours.compile({ loss: 'meanSquaredError', optimizer: a });
    const before = tf.memory().numTensors;
    const { history } = await ours.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 });
    expect(tf.memory().numTensors).toBe(before);
    const losses = [0, 1, 2].map(() => tf.tidy(() => b.minimize(written(plain, x, y, by), true)!.dataSync()[0]!));
    history['loss']!.forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 5));
    ours.getWeights().forEach((w, i) => values(w).forEach((value, k) => expect(value).toBeCloseTo(values(plain.getWeights()[i]!)[k]!, 6)));
    a.dispose();
    b.dispose();
    tf.dispose([x, y]);
    ours.dispose();
    plain.dispose();
  });

  test('counts in train, too', async () => {
    const model = active({ l1: 0.1, l2: 0.2 });
    const { x, y } = data();
    const column = (values: number[], length: number): ArrayData['ys'] => ({ values: Float32Array.from(values), shape: [length] });
    const wanted = tf.tidy(() => written(model, x, y)().dataSync()[0]!);
    const losses: number[] = [];
    await train({
      model,
      loss: meanSquaredError,
      transform: descend(0.05),
      batches: batches({ xs: column(numbers(24), 3), ys: column(numbers(16), 2) }, { batchSize: 8, shuffle: false }),
      epochs: 1,
      onEvent: (event) => void (event.type === 'step' && losses.push(event.loss)),
    });
    expect(losses[0]).toBeCloseTo(wanted, 5);
    tf.dispose([x, y]);
    model.dispose();
  });

  test('is silent outside training and where no gradient is taken, and keeps nothing', () => {
    const model = active({ l1: 0.1 });
    const { x } = data();
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [quiet, trained] = [model.predict(x) as tf.Tensor, model.apply(x, { training: true }) as tf.Tensor];
      expect(values(trained)).toEqual(values(quiet));
      expect(values(tf.addN(model.calculateLosses()))).toEqual([0]);
    });
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    model.dispose();
  });

  test('counts each place of a layer that stands in a model twice, and forgets a pass that failed', () => {
    const shared = new ActivityRegularization({ l2: 1, reduction: 'sum' });
    const input = tfl.input({ shape: [2] });
    const once = shared.apply(input) as tfl.SymbolicTensor;
    const twice = shared.apply(layers.dense({ units: 2, useBias: false, kernelInitializer: 'identity' }).apply(once)) as tfl.SymbolicTensor;
    const model = tfl.model({ inputs: input, outputs: twice });
    const x = tf.tensor2d([[1, 2]]);
    const loss = (): tf.Scalar => {
      model.apply(x, { training: true });
      return tf.addN(model.calculateLosses());
    };
    const before = tf.memory().numTensors;
    const take = (f: () => tf.Scalar): number => tf.tidy(() => tf.variableGrads(f).value.dataSync()[0]!);
    expect(take(loss)).toBe(10);
    const fails = (): tf.Scalar => {
      model.apply(x, { training: true });
      throw new Error('on purpose');
    };
    expect(() => take(fails)).toThrow('on purpose');
    disposeAbandonedTape();
    expect(take(loss)).toBe(10);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    model.dispose();
  });

  test('comes back from model.json as it was, and as Keras writes it', async () => {
    const model = active({ l1: 0.1, reduction: 'sum' });
    const again = await savedAndLoaded(model);
    expect(again.getLayer('activity').getConfig()).toMatchObject({ l1: 0.1, l2: 0, reduction: 'sum' });
    model.dispose();
    again.dispose();
    expect(() => new ActivityRegularization({ l1: -1 })).toThrow('`l1` must be a finite number, at least 0, got -1');
    expect(() => new ActivityRegularization({ reduction: 'max' as never })).toThrow(
      "ActivityRegularization: `reduction` must be one of 'mean', 'sum'",
    );
  });
});
