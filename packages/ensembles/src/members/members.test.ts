import '@tensorflow/tfjs-backend-cpu';
import { batches, memoryStore, type ArrayData, type FunctionModel } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { functionMember } from './function-member.ts';
import { loadedMember } from './loaded-member.ts';
import type { Member } from './member.ts';
import { modelMember } from './model-member.ts';
import { predictMembers, type PredictionProgress } from './predict-members.ts';
import { viewsOf } from './views-of.ts';

const softmax = (factor: number): Member => functionMember((xs) => tf.softmax(tf.mul(xs as tf.Tensor, factor)), { name: `x ${factor}` });
const variable = (make: () => tf.Tensor): tf.Variable => tf.tidy(() => tf.variable(make()));
const scaled = (factor: number): FunctionModel => {
  const weight = variable(() => tf.scalar(factor));
  return { variables: [weight], predict: (xs) => tf.mul(xs as tf.Tensor, weight) };
};
const fixed: FunctionModel = { variables: [], predict: (xs) => xs as tf.Tensor };
const data: ArrayData = {
  xs: { values: Float32Array.from({ length: 14 }, (_, i) => i), shape: [2] },
  ys: { values: Int32Array.from({ length: 7 }, (_, i) => i % 2), shape: [] },
};

describe('members of an ensemble', () => {
  beforeAll(() => tf.setBackend('cpu'));
  let before = 0;
  beforeEach(() => void (before = tf.memory().numTensors));
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  test('predict the same rows whatever the size of a batch', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }), async (examples, batchSize) => {
        const xs = tf.tidy(() => tf.reshape(tf.sin(tf.range(0, examples * 3)), [examples, 3]));
        const [whole] = await predictMembers([softmax(2)], xs, { batchSize: examples });
        const [parts, others] = await predictMembers([softmax(2), softmax(3)], xs, { batchSize });
        expect(parts).toEqual(whole);
        expect(others!.values).not.toEqual(whole!.values);
        expect(whole!.shape).toEqual([examples, 3]);
        xs.dispose();
      }),
      { numRuns: 20 },
    );
  });

  test('take a source of batches, and tensors of several inputs', async () => {
    const [fromSource] = await predictMembers([modelMember(fixed)], batches(data, { batchSize: 3, shuffle: false }));
    expect([...fromSource!.values]).toEqual(Array.from({ length: 14 }, (_, i) => i));
    const two = [tf.tensor2d([[1], [2], [3]]), tf.tensor2d([[10], [20], [30]])];
    const added = functionMember((xs) => tf.addN(xs as tf.Tensor[]));
    expect([...(await predictMembers([added], two, { batchSize: 2 }))[0]!.values]).toEqual([11, 22, 33]);
    tf.dispose(two);
  });

  test('may be layers models, which predict as outside training and stay their owner’s', async () => {
    const model = layers.sequential({
      layers: [layers.layers.dense({ units: 2, inputShape: [2], activation: 'softmax' }), layers.layers.dropout({ rate: 0.9 })],
    });
    const xs = tf.ones<tf.Rank.R2>([5, 2]);
    const member = modelMember(model);
    expect(member.name).toBe(model.name);
    const [a] = await predictMembers([member], xs);
    const [b] = await predictMembers([member], xs);
    expect(a).toEqual(b);
    expect(a!.values[0]! + a!.values[1]!).toBeCloseTo(1, 6);
    xs.dispose();
    model.dispose();
  });

  test('make probabilities of logits where they are told to', async () => {
    const xs = tf.tensor2d([[1, 3]]);
    const expected = tf.tidy(() => [tf.softmax(xs).dataSync(), tf.sigmoid(xs).dataSync()]);
    const outputs = await predictMembers(
      [modelMember(fixed, { activation: 'softmax' }), modelMember(fixed, { activation: 'sigmoid' })],
      xs,
    );
    expect(outputs.map(({ values }) => values)).toEqual(expected);
    expect(() => modelMember(fixed, { activation: 'relu' as never })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('modelMember: `activation`') }),
    );
    xs.dispose();
  });

  test('that are loaded lie in memory one at a time', async () => {
    const seen: number[] = [];
    const names = Array.from({ length: 5 }, (_, i) => `fold ${i}`);
    const members = names.map((name, i) =>
      loadedMember(
        (): FunctionModel => {
          const weight = variable(() => tf.mul(tf.ones([1000]), i));
          return {
            variables: [weight],
            predict: (xs) => {
              seen.push(tf.memory().numBytes);
              return tf.add(xs as tf.Tensor, tf.slice(weight, 0, 1));
            },
          };
        },
        { name },
      ),
    );
    const xs = tf.zeros<tf.Rank.R2>([4, 1]);
    const start = tf.memory().numBytes;
    const outputs = await predictMembers(members, xs, { batchSize: 2 });
    expect(outputs.map(({ values }) => values[3])).toEqual([0, 1, 2, 3, 4]);
    expect(seen.length).toBe(10);
    expect(Math.max(...seen) - start).toBeLessThan(2 * 4000);
    xs.dispose();
  });

  test('say how far they are, and stop when asked', async () => {
    const xs = tf.zeros<tf.Rank.R2>([5, 1]);
    const heard: PredictionProgress[] = [];
    const stop = new AbortController();
    const members = [loadedMember(() => scaled(1), { name: 'a' }), loadedMember(() => scaled(2), { name: 'b' })];
    const predicting = predictMembers(members, xs, {
      batchSize: 2,
      signal: stop.signal,
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.index === 1) setImmediate(() => stop.abort());
      },
    });
    await expect(predicting).rejects.toMatchObject({ code: 'aborted' });
    expect(heard.slice(0, 4).map(({ member, done }) => [member, done])).toEqual([
      ['a', 2],
      ['a', 4],
      ['a', 5],
      ['b', 2],
    ]);
    expect(heard[0]).toMatchObject({ index: 0, members: 2, examples: 5 });
    expect(heard.length).toBeLessThan(6);
    const unopened = loadedMember(() => expect.unreachable());
    await expect(predictMembers([unopened], xs, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    xs.dispose();
  });

  test('whose outputs differ in shape are named, both of them', async () => {
    const xs = tf.zeros<tf.Rank.R2>([5, 2]);
    const narrow = functionMember((x) => tf.sum(x as tf.Tensor, 1), { name: 'narrow' });
    await expect(predictMembers([softmax(1), narrow], xs)).rejects.toMatchObject({
      code: 'shape-mismatch',
      message: expect.stringContaining("'narrow' have 1 columns, those of 'x 1' have 2"),
    });
    const deep = functionMember(() => tf.zeros([5, 2, 2]), { name: 'deep' });
    await expect(predictMembers([deep], xs)).rejects.toMatchObject({
      code: 'shape-mismatch',
      message: expect.stringContaining('[5, 2, 2]'),
    });
    xs.dispose();
  });

  test('whose classes stand in different order are named, both of them', async () => {
    const xs = tf.zeros<tf.Rank.R2>([1, 2]);
    const members = [
      softmax(1),
      functionMember((x) => x as tf.Tensor, { name: 'one', classes: ['cat', 'dog'] }),
      functionMember((x) => x as tf.Tensor, { name: 'two', classes: ['dog', 'cat'] }),
    ];
    await expect(predictMembers(members, xs)).rejects.toMatchObject({
      code: 'data-invalid',
      message: expect.stringMatching(/'two' are \[dog, cat\], those of 'one' are \[cat, dog\]/),
    });
    xs.dispose();
  });

  test.each([
    ['none', []],
    ['what is no list', undefined],
    ['a model in place of a member', [{ variables: [], predict: () => tf.scalar(1) }]],
  ])('an ensemble of %s is refused', async (_, members) => {
    await expect(predictMembers(members as unknown as Member[], memoryStore() as never)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('`members`'),
    });
  });

  test.each([
    ['batchSize', { batchSize: 0 }],
    ['batchSise', { batchSise: 3 }],
  ])('a wrong option %s is named', async (name, options) => {
    await expect(predictMembers([softmax(1)], [], options as object)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(name),
    });
  });

  test('examples that are none, or do not fit together, are refused', async () => {
    await expect(predictMembers([softmax(1)], 'data' as never)).rejects.toMatchObject({ code: 'invalid-argument' });
    const two = [tf.zeros([3, 1]), tf.zeros([4, 1])];
    await expect(predictMembers([softmax(1)], two)).rejects.toMatchObject({ code: 'shape-mismatch' });
    tf.dispose(two);
    const short = { ...batches(data, { shuffle: false }), examples: 9 };
    await expect(predictMembers([modelMember(fixed)], short)).rejects.toMatchObject({ code: 'data-invalid' });
  });

  test('may be the views of one of them', async () => {
    const xs = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const views = viewsOf(modelMember(fixed, { name: 'm', classes: ['a', 'b'] }), [(x) => x, (x) => tf.reverse(x, 1)]);
    expect(views.map(({ name, classes }) => [name, classes])).toEqual([
      ['m, view 1', ['a', 'b']],
      ['m, view 2', ['a', 'b']],
    ]);
    const outputs = await predictMembers(views, xs);
    expect(outputs.map(({ values }) => [...values])).toEqual([
      [1, 2, 3, 4],
      [2, 1, 4, 3],
    ]);
    expect(() => viewsOf(views[0]!, [])).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    await expect(predictMembers(views, [xs])).rejects.toMatchObject({ code: 'unsupported' });
    xs.dispose();
  });

  test('that throw leave nothing behind', async () => {
    const xs = tf.zeros<tf.Rank.R2>([3, 2]);
    const broken = loadedMember((): FunctionModel => ({
      ...scaled(1),
      predict(x) {
        tf.neg(x as tf.Tensor);
        throw new Error('broken');
      },
    }));
    await expect(predictMembers([broken], xs)).rejects.toThrow('broken');
    await expect(predictMembers([broken], batches(data, { shuffle: false }))).rejects.toThrow('broken');
    xs.dispose();
  });
});
