import { sgd } from '@downhill/optimizers';
import {
  batches,
  captureWeights,
  meanSquaredError,
  memoryStore,
  train,
  type CheckpointStore,
  type FunctionModel,
} from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { averageCheckpoints, averageWeights, greedySoup, withWeights, type Weights } from '../index.ts';

/** Weights of one tensor. */
const of = (...values: number[]): Weights =>
  new Map([['model/w', { dtype: 'float32', shape: [values.length], values: Float32Array.from(values) }]]);
const valuesIn = (weights: Weights): number[] => [...(weights.get('model/w')?.values ?? [])];
const vectors = fc.array(fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 6,
});

describe('averageWeights', () => {
  test('is the mean of each weight, and leaves the members as they are', () => {
    fc.assert(
      fc.property(vectors, (all) => {
        const members = all.map((values) => of(...values));
        const means = [0, 1, 2].map((i) => all.reduce((sum, values) => sum + values[i]!, 0) / all.length);
        expect(valuesIn(averageWeights(members))).toEqual(means.map((mean) => expect.closeTo(mean, 4)));
        expect(members.map(valuesIn)).toEqual(all);
      }),
    );
  });

  test('with shares only their proportions matter', () => {
    const members = [of(1, 2), of(5, -2), of(0, 0)];
    expect(valuesIn(averageWeights(members, { shares: [3, 1, 0] }))).toEqual([2, 1]);
    expect(averageWeights(members, { shares: [6, 2, 0] })).toEqual(averageWeights(members, { shares: [3, 1, 0] }));
  });

  test('takes whole numbers from the last member', () => {
    const counted = (n: number): Weights => new Map([['model/n', { dtype: 'int32', shape: [], values: Int32Array.of(n) }]]);
    expect([...averageWeights([counted(1), counted(4)]).get('model/n')!.values]).toEqual([4]);
  });

  const first = new Map([...of(1, 2), ['model/b', { dtype: 'float32', shape: [], values: Float32Array.of(0) }] as const]);
  test.each<[string, Weights, string]>([
    ['a tensor is missing', of(1, 2), "member 2 is not built like the first one: it has no 'model/b' (float32 [])"],
    ['a shape differs', new Map([...first, ...of(1, 2, 3)]), "its 'model/w' is float32 [3], not float32 [2]"],
    [
      'a type differs',
      new Map([...first, ['model/b', { dtype: 'int32', shape: [], values: Int32Array.of(0) }]]),
      "its 'model/b' is int32 []",
    ],
    [
      'a tensor is too many',
      new Map([...first, ['model/c', { dtype: 'float32', shape: [1], values: Float32Array.of(0) }]]),
      "it has a 'model/c' (float32 [1]) more",
    ],
  ])('names the first difference where %s', (_, second, message) => {
    expect(() => averageWeights([first, second])).toThrow(
      expect.objectContaining({ code: 'state-mismatch', message: expect.stringContaining(message) }),
    );
  });

  test('refuses what is no number, naming it', () => {
    expect(() => averageWeights([of(1), of(Number.NaN)])).toThrow(
      expect.objectContaining({ code: 'non-finite', message: expect.stringContaining("'model/w' of member 2 holds NaN") }),
    );
  });

  test.each([
    [[], {}, '`members` must be a list of weights, got []'],
    [[of(1)], { shares: [1, 2] }, '`shares` must be a list of 1 numbers, one a member, got [1,2]'],
    [[of(1)], { shares: [-1] }, '`shares[0]` must be a finite number, at least 0, got -1'],
    [[of(1), of(1)], { shares: [0, 0] }, '`shares` are all 0'],
  ])('refuses %o with %o', (members, options, message) => {
    expect(() => averageWeights(members, options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});

describe('greedySoup', () => {
  const near =
    (target: number) =>
    (weights: Weights): number =>
      -Math.abs(valuesIn(weights)[0]! - target);

  test('is never worse than its best member, and its score is that of its weights', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.float({ noNaN: true, min: -10, max: 10 }), { minLength: 1, maxLength: 6 }), async (all) => {
        const evaluate = near(1.25);
        const members = all.map((value) => of(value));
        const soup = await greedySoup(members, { evaluate });
        expect(soup.score).toBeGreaterThanOrEqual(Math.max(...members.map(evaluate)));
        expect(evaluate(soup.weights)).toBe(soup.score);
        expect(averageWeights(soup.ingredients.map((i) => members[i]!))).toEqual(soup.weights);
      }),
    );
  });

  test('with `min` takes losses, and gives the same soup', async () => {
    const members = [of(0), of(3), of(1), of(1.5)];
    const best = await greedySoup(members, { evaluate: near(1.2) });
    const least = await greedySoup(members, { evaluate: (weights) => -near(1.2)(weights), mode: 'min' });
    expect([least.ingredients, least.weights, -least.score]).toEqual([best.ingredients, best.weights, best.score]);
  });

  test('asks for each member when it needs it, and forgets those that did not help', async () => {
    let [held, most] = [0, 0];
    const member = (value: number) => async () => {
      most = Math.max(most, (held += 1));
      await Promise.resolve();
      held -= 1;
      return of(value);
    };
    const soup = await greedySoup([member(0), member(10), member(2)], { evaluate: async (weights) => Promise.resolve(near(1)(weights)) });
    expect([soup.ingredients, most]).toEqual([[0, 2], 1]);
  });

  test('says what is wrong', async () => {
    const evaluate = near(0);
    await expect(greedySoup([], { evaluate })).rejects.toThrow('`members` must be a list of weights, got []');
    await expect(greedySoup([of(1)], {} as never)).rejects.toThrow('`evaluate` must be a function of weights, got undefined');
    await expect(greedySoup([of(1), of(1, 2)], { evaluate })).rejects.toMatchObject({ code: 'state-mismatch' });
    await expect(greedySoup([of(1)], { evaluate: () => Number.NaN })).rejects.toThrow('`evaluate` gave NaN for member 1');
  });
});

describe('in a model', () => {
  let before = 0;
  beforeAll(() => tf.setBackend('cpu'));
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.disposeVariables();
    expect(tf.memory().numTensors - before, 'tensors that stay behind').toBe(0);
  });

  const line = (): FunctionModel => {
    const w = tf.tidy(() => tf.variable(tf.tensor2d([[0.5]]), true, 'w'));
    return { variables: [w], predict: (x) => tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D) };
  };
  const valueOf = ({ variables }: FunctionModel): number => variables[0]!.dataSync()[0]!;
  const data = batches(
    { xs: { values: Float32Array.of(1, 2, 3, 4), shape: [1] }, ys: { values: Float32Array.of(2, 4, 6, 8), shape: [1] } },
    { batchSize: 2, shuffle: 1 },
  );

  /** The weight after each epoch of a run that keeps so many checkpoints, one an epoch. */
  async function run(store: CheckpointStore, keep: number): Promise<number[]> {
    const model = line();
    const values: number[] = [];
    await train({
      model,
      loss: meanSquaredError,
      transform: sgd({ learningRate: 0.01 }),
      batches: data,
      epochs: 4,
      checkpoints: { store, everyEpochs: 1, everySeconds: 1e6, keep },
      hooks: [{ kind: 'hook', name: 'values', onEpoch: () => void values.push(valueOf(model)) }],
    });
    tf.disposeVariables();
    return values;
  }

  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const averageIn = ({ weights }: { weights: Weights }): number => weights.get('model/w')!.values[0]!;

  test('averageCheckpoints is the mean of the last checkpoints that are picked, without the optimizer’s state', async () => {
    const store = memoryStore();
    const values = await run(store, 10);
    const ends = ({ batch }: { batch: number }): boolean => batch === 0;
    const found = await averageCheckpoints(store, { last: 2, pick: ends });
    expect([...found.weights.keys()]).toEqual(['model/w']);
    expect(averageIn(found)).toBeCloseTo(mean(values.slice(-2)), 6);
    const middle = await averageCheckpoints(store, { last: 2, pick: ({ epoch, batch }) => batch === 0 && (epoch === 2 || epoch === 3) });
    expect(averageIn(middle)).toBeCloseTo(mean(values.slice(1, 3)), 6);
    expect(middle.names).toEqual(['step-000000004.safetensors', 'step-000000006.safetensors']);
  });

  test('averageCheckpoints passes over a damaged one and says so, and refuses to average fewer than asked for', async () => {
    const store = memoryStore();
    await run(store, 3);
    const newest = (await store.list()).toSorted().at(-1)!;
    await store.write(newest, (await store.read(newest)).slice(0, -1));
    const refused: string[] = [];
    const options = { onRefused: (name: string) => void refused.push(name) };
    expect((await averageCheckpoints(store, { last: 2, ...options })).names).not.toContain(newest);
    expect(refused).toEqual([newest]);
    await expect(averageCheckpoints(store, options)).rejects.toThrow('`last` is 3, but of the store');
    await expect(averageCheckpoints(memoryStore())).rejects.toMatchObject({ code: 'data-invalid' });
  });

  test('averageCheckpoints names the first difference of checkpoints of different models', async () => {
    const store = memoryStore();
    await run(store, 3);
    const name = (await store.list())[0]!;
    const other = memoryStore();
    const wide = tf.tidy(() => tf.variable(tf.tensor2d([[0.5, 1]]), true, 'w'));
    await train({
      model: {
        variables: [wide],
        predict: (x: tf.Tensor | tf.Tensor[]) => tf.sum(tf.matMul(x as tf.Tensor2D, wide as unknown as tf.Tensor2D), 1, true),
      },
      loss: meanSquaredError,
      transform: sgd(),
      batches: data,
      epochs: 1,
      checkpoints: { store: other },
    });
    const [mixed] = (await other.list()).toSorted();
    await store.write('step-000000099.safetensors', await other.read(mixed!));
    expect(name).not.toBe(mixed);
    await expect(averageCheckpoints(store, { last: 2 })).rejects.toThrow("its 'model/w' is float32 [1, 1], not float32 [1, 2]");
  });

  test('withWeights leaves what is not given, and puts the old weights back', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
    const read = (): number[] => model.weights.map((weight) => weight.read().dataSync()[0]!);
    const own = read();
    const kernel = new Map([['model/0/kernel', { dtype: 'float32' as const, shape: [1, 1], values: Float32Array.of(7) }]]);
    expect(await withWeights(model, kernel, read)).toEqual([7, own[1]]);
    expect(read()).toEqual(own);
    expect(await withWeights(model, await captureWeights(model), read)).toEqual(own);
    model.dispose();
  });

  test('withWeights refuses the weights of another model, with nothing changed', async () => {
    const model = line();
    await expect(withWeights(model, of(1, 2), () => {})).rejects.toMatchObject({ code: 'state-mismatch' });
    await expect(withWeights(model, new Map([['model/v', of(1).get('model/w')!]]), () => {})).rejects.toMatchObject({
      code: 'state-mismatch',
    });
    expect(valueOf(model)).toBe(0.5);
  });
});
