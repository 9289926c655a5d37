import { softTargetBinaryCrossEntropy, softTargetCrossEntropy } from '@downhill/tfjs';
import { batches, train, type Loss } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model as modelOf, sequential, type Sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { descend } from '../../test/descend.ts';
import { onEachBackend } from '../../test/each-backend.ts';
import { gradientError } from '../../test/finite-differences.ts';
import {
  binaryLabelSmoothing,
  classWeighted,
  confidencePenalty,
  distillation,
  flooding,
  focalSigmoid,
  focalSoftmax,
  labelSmoothing,
  rDrop,
  twoPasses,
  withTeacher,
} from '../index.ts';

const rows = [
  [0.3, -1.2, 0.8],
  [-0.4, 0.1, 1.7],
];
const soft = [
  [0.6, 0.3, 0.1],
  [0, 0.25, 0.75],
];
const logits = (): tf.Tensor => tf.tensor2d(rows);
const targets = (): tf.Tensor => tf.tensor2d(soft);
const teacher = (): tf.Tensor => tf.mul(logits(), -0.5);
const passes = (): tf.Tensor => tf.stack([logits(), teacher()], 1);

/** Every loss, what it is compared with and predictions that it takes. */
const losses: readonly [string, Loss, () => tf.Tensor, () => tf.Tensor][] = [
  ['softTargetCrossEntropy', softTargetCrossEntropy, targets, logits],
  ['softTargetBinaryCrossEntropy', softTargetBinaryCrossEntropy, targets, logits],
  ['labelSmoothing', labelSmoothing({ smoothing: 0.2 }), targets, logits],
  ['binaryLabelSmoothing', binaryLabelSmoothing({ smoothing: 0.2 }), targets, logits],
  ['confidencePenalty', confidencePenalty({ beta: 0.7 }), targets, logits],
  ['focalSoftmax', focalSoftmax({ gamma: 1.5 }), targets, logits],
  ['focalSoftmax below 1', focalSoftmax({ gamma: 0.5 }), targets, logits],
  ['focalSigmoid', focalSigmoid({ alpha: 0.3, gamma: 1.5 }), targets, logits],
  ['distillation', distillation({ temperature: 2, alpha: 0.6 }), () => withTeacher(targets(), teacher()), logits],
  ['rDrop', rDrop({ alpha: 2 }), targets, passes],
  ['classWeighted', classWeighted(labelSmoothing(), [1, 0, 3]), targets, logits],
  ['flooding', flooding(labelSmoothing(), { level: 0.3 }), targets, logits],
  ['flooding under its level', flooding(labelSmoothing(), { level: 5 }), targets, logits],
];

const number = (loss: Loss, ys: tf.Tensor, predictions: tf.Tensor): number => tf.tidy(() => tf.mean(loss(ys, predictions)).dataSync()[0]!);

onEachBackend('losses', () => {
  test.each(losses)('the gradient of %s is that of its values', (_, loss, ys, predictions) => {
    const [y, z] = [ys(), predictions()];
    expect(gradientError((x) => loss(y, x), z)).toBeLessThan(5e-4);
    tf.dispose([y, z]);
  });

  test.each(losses.filter(([name]) => !/distillation|classWeighted|flooding/.test(name)))(
    'the gradient of %s by its targets is that of its values',
    (_, loss, ys, predictions) => {
      const [y, z] = [ys(), predictions()];
      expect(gradientError((x) => loss(x, z), y)).toBeLessThan(5e-4);
      tf.dispose([y, z]);
    },
  );

  test.each(losses)('%s leaves its value and no other tensor', (_, loss, ys, predictions) => {
    const [y, z] = [ys(), predictions()];
    const before = tf.memory().numTensors;
    const value = loss(y, z);
    expect(tf.memory().numTensors).toBe(before + 1);
    tf.dispose([y, z, value]);
  });

  test.each(losses)('%s is finite, gradient too, where logits are saturated', (_, loss, ys, predictions) => {
    for (const scale of [100, 1e4, -1e4]) {
      const numbers = tf.tidy(() => {
        const z = tf.mul(predictions(), scale);
        const y = ys();
        return [
          ...loss(y, z).dataSync(),
          ...tf
            .grad((x: tf.Tensor) => tf.mean(loss(y, x)))(z)
            .dataSync(),
        ];
      });
      expect(numbers.every(Number.isFinite)).toBe(true);
    }
  });

  test.each(losses.filter(([name]) => !/distillation|inary|Sigmoid/.test(name)))(
    '%s takes class numbers as one-hot rows',
    (_, loss, _ys, predictions) => {
      tf.tidy(() => {
        const z = predictions();
        const [numbers, column, oneHot] = [tf.tensor1d([2, 0], 'int32'), tf.tensor2d([[2], [0]]), tf.oneHot([2, 0], 3)];
        expect(number(loss, numbers, z)).toBe(number(loss, oneHot, z));
        expect(number(loss, column, z)).toBe(number(loss, oneHot, z));
      });
    },
  );

  const untrained = (): Sequential => sequential({ layers: [layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'zeros' })] });
  test.each(losses)('%s trains in the loop and leaves no tensor', async (_, loss, ys, predictions) => {
    const before = tf.memory().numTensors;
    const [y, z, model] = [tf.tidy(ys), tf.tidy(predictions), untrained()];
    const targetsOf = { values: y.dataSync<'float32'>().slice(), shape: y.shape.slice(1) };
    const { history } = await train({
      model: z.rank === 3 ? twoPasses(model) : model,
      loss,
      transform: descend(0.1),
      batches: batches({ xs: { values: Float32Array.of(1, 0, 0, 1), shape: [2] }, ys: targetsOf }, { batchSize: 2, shuffle: false }),
      epochs: 10,
    });
    expect(history.at(-1)!.metrics['loss']!).toBeLessThan(history[0]!.metrics['loss']!);
    model.dispose();
    tf.dispose([y, z]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(losses)('%s trains in fit', async (name, loss, ys) => {
    const model = untrained();
    const distilled = name === 'distillation';
    const logitsTwice = (): SymbolicTensor => layers.concatenate().apply([model.outputs[0]!, model.outputs[0]!]) as SymbolicTensor;
    const fitted = distilled ? modelOf({ inputs: model.inputs, outputs: logitsTwice() }) : model;
    fitted.compile({ loss: distilled ? distillation({ doubled: true }) : loss, optimizer: tf.train.sgd(0.1) });
    const [xs, y] = [tf.tensor2d([[1, 0], [0, 1]]), ys()]; // prettier-ignore
    const { history } = await fitted.fit(xs, y, { epochs: 10, batchSize: 2, shuffle: false, verbose: 0 });
    expect(history['loss']!.at(-1)).toBeLessThan(history['loss']![0] as number);
    tf.dispose([xs, y]);
    fitted.dispose();
  });
});

describe('what the losses mean', () => {
  test('focal losses at gamma 0, no penalty, no flood and equal passes are the cross-entropy', () => {
    tf.tidy(() => {
      const expected = number(softTargetCrossEntropy, targets(), logits());
      const twins = tf.stack([logits(), logits()], 1);
      expect(number(focalSoftmax({ gamma: 0 }), targets(), logits())).toBeCloseTo(expected, 6);
      expect(number(confidencePenalty({ beta: 0 }), targets(), logits())).toBeCloseTo(expected, 6);
      expect(number(labelSmoothing({ smoothing: 0 }), targets(), logits())).toBeCloseTo(expected, 6);
      expect(number(flooding(softTargetCrossEntropy, { level: 0 }), targets(), logits())).toBeCloseTo(expected, 6);
      expect(number(rDrop({ alpha: 9 }), targets(), twins)).toBeCloseTo(expected, 6);
      expect(number(rDrop(), targets(), logits())).toBeCloseTo(expected, 6);
      expect(number(distillation({ alpha: 0 }), withTeacher(targets(), teacher()), logits())).toBeCloseTo(expected, 6);
    });
  });

  test('a student that gives the teacher’s logits has nothing left to learn from it', () => {
    tf.tidy(() => {
      const ys = withTeacher(targets(), logits());
      const gradient = tf.grad((z: tf.Tensor) => tf.sum(distillation({ alpha: 1, temperature: 4 })(ys, z)))(logits());
      expect(Math.max(...tf.abs(gradient).dataSync())).toBeLessThan(1e-6);
    });
  });

  test('smoothing is what mixing the targets with even ones gives, whatever the logits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 3, maxLength: 3 }),
        (s, z) => {
          tf.tidy(() => {
            const [row, y] = [tf.tensor2d([z]), tf.tensor1d([1], 'int32')];
            const even = number(softTargetCrossEntropy, tf.div(tf.ones([1, 3]), 3), row);
            const hard = number(softTargetCrossEntropy, y, row);
            expect(number(labelSmoothing({ smoothing: s }), y, row)).toBeCloseTo((1 - s) * hard + s * even, 4);
          });
        },
      ),
    );
  });

  test('class weights multiply, and soft rows are weighted as they are mixed', () => {
    tf.tidy(() => {
      const plain = softTargetCrossEntropy(targets(), logits()).dataSync();
      const weighted = classWeighted(softTargetCrossEntropy, [1, 2, 4])(targets(), logits()).dataSync();
      expect(weighted[0]).toBeCloseTo(plain[0]! * (0.6 + 0.6 + 0.4), 5);
      expect(weighted[1]).toBeCloseTo(plain[1]! * (0.5 + 3), 5);
    });
  });

  test('a student in fit is judged by the first half of its doubled logits', () => {
    tf.tidy(() => {
      const ys = withTeacher(targets(), teacher());
      const doubled = number(distillation({ doubled: true }), ys, tf.concat([logits(), teacher()], -1));
      expect(doubled).toBe(number(distillation(), ys, logits()));
      expect(() => distillation({ doubled: true })(ys, logits())).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    });
  });

  test('two passes and mixing are the loop’s: fit, which would run one plain pass, is refused', async () => {
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
    model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
    const unsupported = expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('train') }) as Error;
    await expect(twoPasses(model).fit(tf.zeros([2, 2]), tf.zeros([2, 3]))).rejects.toThrow(unsupported);
    await expect(twoPasses(model).trainOnBatch(tf.zeros([2, 2]), tf.zeros([2, 3]))).rejects.toThrow(unsupported);
    model.dispose();
  });

  test('two passes of a model see the same batch, and one outside training', () => {
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
    const twice = twoPasses(model);
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 2], [3, 4]]); // prettier-ignore
      const once = [...(model.apply(x) as tf.Tensor).dataSync()];
      const both = twice.apply(x, { training: true }) as tf.Tensor;
      expect(both.shape).toEqual([2, 2, 3]);
      expect([...tf.slice(both, [0, 1, 0], [2, 1, 3]).dataSync()]).toEqual(once);
      expect((twice.apply(x) as tf.Tensor).shape).toEqual([2, 3]);
      expect(twice.trainableWeights[0]).toBe(model.trainableWeights[0]);
    });
    model.dispose();
  });

  test.each([
    [() => labelSmoothing({ smoothing: 1 }), '`smoothing`'],
    [() => binaryLabelSmoothing({ smoothing: -0.1 }), '`smoothing`'],
    [() => confidencePenalty({ beta: Number.NaN }), '`beta`'],
    [() => focalSoftmax({ gamma: -1 }), '`gamma`'],
    [() => focalSigmoid({ alpha: 2 }), '`alpha`'],
    [() => flooding(labelSmoothing(), { level: -1 }), '`level`'],
    [() => distillation({ temperature: 0 }), '`temperature`'],
    [() => distillation({ alpha: 1.1 }), '`alpha`'],
    [() => rDrop({ alpha: -1 }), '`alpha`'],
    [() => classWeighted(labelSmoothing(), [1, -1]), '`weights[1]`'],
    [() => classWeighted(labelSmoothing(), { 0: 1 } as never), '`weights`'],
    [() => classWeighted('meanSquaredError' as never, [1]), '`loss`'],
    [() => flooding('meanSquaredError' as never, { level: 1 }), '`loss`'],
  ])('%o refuses what it cannot take', (make, argument) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(argument) }));
  });

  test.each(losses)('%s refuses labels of another batch, and leaves no tensor', (_, loss, _ys, predictions) => {
    const [y, z] = [tf.zeros([5]), predictions()];
    const before = tf.memory().numTensors;
    expect(() => loss(y, z)).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([y, z]);
  });
});
