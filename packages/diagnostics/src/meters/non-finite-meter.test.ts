import { div, elementIndex, equal, select, transform, type Transform } from '@downhill/core';
import { batches, softmaxCrossEntropy, type BatchSource, type FunctionModel, type Loss, type TrainOptions } from '@downhill/training';
import { log, matMul, mul, sub, tidy, train as tfTrain, variable, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, points, smallRun } from '../../test/small-run.ts';
import { meters, nonFiniteMeter, type OnProblem } from '../index.ts';

/** What the watch says of a run. */
async function said(options: Partial<TrainOptions>, every = 1000): Promise<string[]> {
  const sink = notebook();
  const onProblem = vi.fn<OnProblem>();
  await smallRun({ nonFinite: 'report', ...options, hooks: [meters([nonFiniteMeter()], { every, sinks: [sink], onProblem })] }).catch(
    ({ code }: { code?: string }) => expect(code).toBe('non-finite'),
  );
  expect(onProblem).not.toHaveBeenCalled();
  return sink.readings.map((reading) => (reading.kind === 'text' ? reading.text : reading.kind));
}

/** The points, one number of which is no number. */
function spoilt(): BatchSource {
  const { xs, ys } = points();
  const values = Float32Array.from(xs.values);
  values[41] = Number.NaN;
  return batches({ xs: { ...xs, values }, ys }, { batchSize: 4, shuffle: false });
}

/** A rule of which one step breaks an element of every tensor, or of those with so many elements. */
const breaking = ({ elements, at }: { elements?: number; at: number }): Transform =>
  transform({
    name: 'breaking',
    config: {},
    scalars: ({ step }) => ({ divisor: step === at ? 0 : 1 }),
    update: (g, { info, scalars: { divisor } }) =>
      elements === undefined || info.shape.reduce((a, b) => a * b, 1) === elements
        ? select(equal(elementIndex(), 0), div(g, divisor), g)
        : g,
  });

class Logarithm extends layers.Layer {
  static get className(): string {
    return 'TestLogarithm';
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => log(sub([inputs].flat()[0] as Tensor, 10)));
  }
}

const withModel = async <T>(model: Sequential, work: (model: Sequential) => Promise<T>): Promise<T> => {
  try {
    return await work(model);
  } finally {
    model.dispose();
  }
};

onEachBackend('nonFiniteMeter', () => {
  test('says nothing while all is well', async () => {
    expect(await said({}, 1)).toEqual([]);
  });

  test.each(['error', 'report'] as const)('names the inputs of the batch, also before the run ends for it (%s)', async (nonFinite) => {
    expect(await said({ batches: spoilt(), nonFinite })).toEqual([
      'At step 2 the first to go bad was the batch’s inputs (1 value is not finite).',
    ]);
  });

  test('names the layer whose activation went bad first', async () => {
    const model = sequential({
      layers: [layers.dense({ units: 5, inputShape: [4], name: 'first' }), new Logarithm({ name: 'log' }), layers.dense({ units: 3 })],
    });
    const texts = await withModel(model, (broken) => said({ model: broken, nonFinite: 'error' }));
    expect(texts).toEqual(['At step 0 the first to go bad was the activation of layer 1, log (20 values are not finite).']);
  });

  test('names the loss where the predictions are finite', async () => {
    const loss: Loss = (ys, predictions) => tidy(() => log(mul(softmaxCrossEntropy(ys, predictions), -1)));
    expect(await said({ loss, nonFinite: 'error' })).toEqual([
      'At step 0 the first to go bad was the loss itself (the predictions are finite).',
    ]);
  });

  test('names the tensor whose update was the first that was not finite, and its step, once the loss shows it', async () => {
    expect(await said({ transform: breaking({ elements: 15, at: 1 }), nonFinite: 'error' })).toEqual([
      'At step 1 the first to go bad was the gradient of 1/kernel, or what the rule made of it (1 value is not finite).',
    ]);
  });

  test('of several tensors of one step names the last of the model: gradients run backwards', async () => {
    expect(await said({ transform: breaking({ at: 1 }) })).toEqual([
      'At step 1 the first to go bad was the gradient of 1/bias, or what the rule made of it (1 value is not finite).',
    ]);
  });

  test('finds at a due step what the loss has not shown yet', async () => {
    const rule = breaking({ elements: 20, at: 13 }); // the last step of the run
    expect(await said({ transform: rule }, 5)).toEqual([]);
    expect(await said({ transform: rule }, 7)).toEqual([
      'At step 13 the first to go bad was the gradient of 0/kernel, or what the rule made of it (1 value is not finite).',
    ]);
  });

  test('with an optimizer of tfjs names the first weight that is not finite', async () => {
    const optimizer = tfTrain.sgd(Infinity);
    expect(await said({ optimizer, nonFinite: 'error' })).toEqual([
      expect.stringMatching(/^At step 1 the first to go bad was the weight 0\/kernel/),
    ]);
    optimizer.dispose();
  });

  test('names a weight without a place in layers by its own name, and the predictions of a function', async () => {
    const w = tidy(() => variable(zeros([4, 3]), true, 'w'));
    const model: FunctionModel = {
      variables: [w],
      predict: (x) => tidy(() => log(sub(matMul(x as Tensor2D, w as unknown as Tensor2D), 1))),
    };
    expect(await said({ model, nonFinite: 'error' })).toEqual([
      'At step 0 the first to go bad was the predictions (12 values are not finite).',
    ]);
    w.dispose();
  });
});
