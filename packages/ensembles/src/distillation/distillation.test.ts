import '@tensorflow/tfjs-backend-cpu';
import { adamw } from '@downhill/optimizers';
import { accuracy, batches, disposeBatch, distillation, evaluate, softmaxCrossEntropy, train, type ArrayData } from '@downhill/training';
import { batchDataset } from '@downhill/training/layers';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { net, points } from '../../test/train-member.ts';
import { mean } from '../combining/mean.ts';
import { functionMember } from '../members/function-member.ts';
import { distillationBatches } from './distillation-batches.ts';
import { predictTeacher, type Teacher } from './predict-teacher.ts';
import { softenedCrossEntropy } from './softened-cross-entropy.ts';
import { softened } from './soft-targets.ts';

const source = () => batches(points, { batchSize: 7, shuffle: 3 });
/** Sure of the true class to a degree; the labels of `points` repeat. */
const teacher = (sureness: number): Teacher => ({
  samples: Int32Array.from({ length: 60 }, (_, i) => 59 - i),
  outputs: {
    values: Float32Array.from({ length: 180 }, (_, i) => ((59 - Math.floor(i / 3)) % 3 === i % 3 ? sureness : (1 - sureness) / 2)),
    shape: [60, 3],
  },
});

describe('distillation', () => {
  beforeAll(() => tf.setBackend('cpu'));
  let before = 0;
  beforeEach(() => void (before = tf.memory().numTensors));
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  test('asks each member once, and knows which example is which', async () => {
    let asked = 0;
    const sums = functionMember((xs) => {
      asked += (xs as tf.Tensor).shape[0]!;
      return tf.sum(xs as tf.Tensor, 1);
    });
    const twice = functionMember((xs) => tf.mul(tf.sum(xs as tf.Tensor, 1), 3));
    const { outputs, samples } = await predictTeacher([sums, twice], source(), { combiner: mean({ of: 'values' }) });
    expect(asked).toBe(60);
    expect([...samples].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    samples.forEach((sample, row) => {
      const sum = [...points.xs.values.subarray(sample * 4, sample * 4 + 4)].reduce((total, value) => total + value, 0);
      expect(outputs.values[row]).toBeCloseTo(2 * sum, 4);
    });
  });

  test('hands over the teacher’s rows in place of the labels, in every epoch and from any batch on', async () => {
    const taught = distillationBatches(source(), teacher(0.8));
    for (const [epoch, from] of [
      [0, 0],
      [1, 0],
      [1, 5],
    ] as const) {
      let index = from;
      for await (const batch of taught.batches(epoch, from)) {
        const rows = [...batch.samples!].flatMap((sample) => [0, 1, 2].map((k) => Math.fround(sample % 3 === k ? 0.8 : (1 - 0.8) / 2)));
        expect([...batch.ys.dataSync()]).toEqual(rows);
        disposeBatch(batch);
        index++;
      }
      expect(index).toBe(9);
    }
  });

  test('softens as a softmax at a temperature does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (z, t) => {
          const softmax = (logits: number[]): number[] => {
            const powers = logits.map((value) => Math.exp(value));
            return powers.map((power) => power / powers.reduce((a, b) => a + b));
          };
          const expected = softmax(z.map((value) => value / t));
          const found = softened('test', { values: Float64Array.from(softmax(z)), shape: [1, z.length] }, t);
          found.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 6));
        },
      ),
    );
    const sure = softened('test', { values: Float64Array.of(1, 0), shape: [1, 2] }, 4);
    expect([...sure]).toEqual([1, 0]);
  });

  test('of soft targets has the gradient of the loss with labels whose share is 0', () => {
    tf.tidy(() => {
      const z = tf.tensor2d([
        [1, -2, 0.5],
        [0, 3, 1],
      ]);
      const values = Float32Array.of(0.7, 0.2, 0.1, 0.05, 0.9, 0.05);
      const q = tf.tensor2d(softened('test', { values, shape: [2, 3] }, 4), [2, 3]);
      const wide = tf.concat([tf.zeros([2, 3]), tf.log(tf.tensor2d(values, [2, 3]))], 1);
      const alone = tf.grad((x: tf.Tensor) => tf.sum(softenedCrossEntropy({ temperature: 4 })(q, x)))(z);
      const both = tf.grad((x: tf.Tensor) => tf.sum(distillation({ temperature: 4, alpha: 1 })(wide, x)))(z);
      const equation = tf.mul(4, tf.sub(tf.softmax(tf.div(z, 4)), q));
      alone.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(both.dataSync()[i]!, 5);
        expect(value).toBeCloseTo(equation.dataSync()[i]!, 5);
      });
    });
  });

  test.each([
    ['soft targets', { temperature: 2 }, softenedCrossEntropy({ temperature: 2 })],
    ['the teacher’s rows as they are', {}, softmaxCrossEntropy],
    ['labels too', { labels: true }, distillation({ temperature: 2 })],
  ] as const)('makes a student of %s that does as its teachers do', async (_, options, loss) => {
    const teachers = [];
    for (const seed of [1, 2, 3]) {
      const model = net();
      await train({ model, seed, loss: softmaxCrossEntropy, transform: adamw({ learningRate: 0.03 }), batches: source(), epochs: 20 });
      teachers.push(model);
    }
    const members = teachers.map((model) => functionMember((xs) => tf.softmax(model.predict(xs) as tf.Tensor)));
    const found = await predictTeacher(members, source());
    const student = net();
    const taught = distillationBatches(source(), found, options);
    await train({ model: student, seed: 9, loss, transform: adamw({ learningRate: 0.03 }), batches: taught, epochs: 30 });
    const agreeing: ArrayData = { ...points, ys: { values: said(found), shape: [] } };
    const { agreement } = await evaluate({
      model: student,
      batches: batches(agreeing, { shuffle: false }),
      metrics: { agreement: accuracy },
    });
    expect(agreement).toBeGreaterThan(0.9);
    for (const model of [...teachers, student]) model.dispose();
  });

  /** The class that a teacher gives each example. */
  function said({ outputs: { values }, samples }: Teacher): Int32Array {
    const classes = new Int32Array(60);
    samples.forEach((sample, row) => {
      const scores = values.subarray(row * 3, row * 3 + 3);
      classes[sample] = scores.indexOf(Math.max(...scores));
    });
    return classes;
  }

  test('goes with model.fitDataset', async () => {
    const student = net();
    student.compile({ loss: (ys, z) => tf.mean(softmaxCrossEntropy(ys, z)) as tf.Scalar, optimizer: tf.train.sgd(0.1) });
    const { history } = await student.fitDataset(batchDataset(distillationBatches(source(), teacher(0.9))) as never, {
      epochs: 5,
      verbose: 0,
    });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    student.optimizer.dispose();
    student.dispose();
  });

  test('refuses logits, an example that the teacher has not seen, and batches that do not say what they hold', async () => {
    const raw = { ...teacher(0.8), outputs: { values: new Float32Array(180).fill(2), shape: [60, 3] as const } };
    for (const options of [{ temperature: 2 }, { labels: true }])
      expect(() => distillationBatches(source(), raw, options)).toThrow(
        expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining('got row 0 [2,2,2]') }),
      );
    const { outputs } = teacher(0.8);
    const first = async (data: Parameters<typeof distillationBatches>) => {
      for await (const batch of distillationBatches(...data).batches(0)) disposeBatch(batch);
    };
    await expect(first([source(), { outputs, samples: new Int32Array(60) }])).rejects.toMatchObject({ code: 'data-invalid' });
    const silent = {
      ...source(),
      *batches() {
        yield { xs: tf.zeros([7, 4]), ys: tf.zeros([7]) };
      },
    };
    await expect(first([silent, teacher(0.8)])).rejects.toMatchObject({ code: 'unsupported' });
    await expect(predictTeacher([functionMember((xs) => xs as tf.Tensor)], silent)).rejects.toMatchObject({
      code: 'unsupported',
    });
    const oneColumn = { values: new Float32Array(60).fill(0.5), shape: [60, 1] } as const;
    expect(() => distillationBatches(source(), { outputs: oneColumn, samples: teacher(0.8).samples }, { temperature: 2 })).toThrow(
      expect.objectContaining({ code: 'shape-mismatch' }),
    );
  });

  test.each([
    ['temperature', () => distillationBatches(source(), teacher(0.8), { temperature: 0 })],
    ['temperature', () => distillationBatches(source(), teacher(0.8), { temperature: 2, labels: true })],
    ['labels', () => distillationBatches(source(), teacher(0.8), { labels: 1 as never })],
    ['temperature', () => softenedCrossEntropy({ temperature: -1 })],
  ])('refuses a wrong `%s`', (name, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`\`${name}\``) }));
  });
});
