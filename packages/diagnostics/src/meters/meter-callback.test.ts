import { adamw } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import { softmaxCrossEntropy } from '@downhill/training';
import { batchDataset } from '@downhill/training/layers';
import { dispose, oneHot, tensor, tensor1d, tensor2d, tidy, train as tfTrain, type Optimizer } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { net, notebook, points, source, type Notebook } from '../../test/small-run.ts';
import {
  cheapMeters,
  confusionMeter,
  lossMeter,
  measured,
  meter,
  scalar,
  updateRatioMeter,
  type Meter,
  type MeterProblem,
  type OnProblem,
} from '../index.ts';
import { meterCallback, type MeterCallbackOptions } from '../layers.ts';

interface Fitted {
  readonly sink: Notebook;
  readonly off: readonly string[];
  readonly weights: readonly number[];
  readonly history: Readonly<Record<string, readonly unknown[]>>;
}

/** Two epochs of seven batches. */
async function fitted(list: readonly Meter[], made: Optimizer, options: MeterCallbackOptions = {}): Promise<Fitted> {
  const model = net();
  const start = model.weights.map(({ shape }, i) => tensor(values(shape as number[], i), shape as number[]));
  model.setWeights(start);
  dispose(start);
  model.compile({ optimizer: made, loss: softmaxCrossEntropy });
  const { xs, ys } = points();
  const [inputs, targets] = [tensor2d(xs.values as Float32Array, [26, 4]), tidy(() => oneHot(tensor1d(ys.values, 'int32'), 3))];
  const [sink, off] = [notebook(), [] as string[]];
  const onProblem = ({ source: name }: MeterProblem): void => void off.push(name);
  try {
    const callbacks = list.length === 0 ? [] : [meterCallback(list, { every: 2, sinks: [sink], onProblem, ...options })];
    const { history } = await model.fit(inputs, targets, { epochs: 2, batchSize: 4, shuffle: false, callbacks, verbose: 0 });
    return { sink, off, weights: weightsOf(model), history };
  } finally {
    dispose([inputs, targets]);
    made.dispose();
    model.dispose();
  }
}

const values = (shape: readonly number[], seed: number): number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(3 * i + seed) / 2);
const weightsOf = (model: Sequential): number[] => model.weights.flatMap((weight) => [...weight.read().dataSync()]);

onEachBackend('meterCallback', () => {
  test('measures what fit shows, and changes no bit of it', async () => {
    const { weights } = await fitted([], tfTrain.rmsprop(0.02));
    const watched = await fitted(cheapMeters(), tfTrain.rmsprop(0.02));
    expect(watched.weights).toEqual(weights);
    expect(watched.off).toEqual(['accuracy', 'top-5 accuracy', 'confusion', 'f1', 'auc', 'gradient norm', 'gradients histogram']);
    const { sink, history } = watched;
    expect(sink.course('loss').map(([step]) => step)).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(sink.course('epoch/loss')).toEqual([
      [7, history['loss']![0]],
      [14, history['loss']![1]],
    ]);
    expect(sink.course('update ratio/1/kernel')).toHaveLength(7);
    expect(sink.course('learningRate').at(-1)).toEqual([14, 0.02]);
    expect(sink.calls).toEqual(['open', 'close']);
  });

  test('shows the gradients’ norms of an optimizer that is measured, and the updates as they are', async () => {
    const byHand = await fitted([updateRatioMeter()], optimizer(adamw({ learningRate: 0.05 })));
    const inKernel = await fitted(cheapMeters({ task: 'regression' }), optimizer(measured(adamw({ learningRate: 0.05 }))));
    expect(inKernel.off).toEqual(['gradients histogram']);
    expect(inKernel.sink.course('gradient norm')).toHaveLength(7);
    expect(inKernel.weights).toEqual(byHand.weights);
    expect(inKernel.sink.course('update ratio/0/kernel')).toEqual(
      byHand.sink.course('update ratio/0/kernel').map(([step, value]) => [step, expect.closeTo(value, 5)]),
    );
  });

  test('predicts a validation of its own after each epoch', async () => {
    const { sink, off } = await fitted([confusionMeter({ of: 'validation' })], tfTrain.sgd(0.1), { validation: source() });
    expect(off).toEqual([]);
    const totals = sink.readings.map(
      (reading) => reading.kind === 'matrix' && [reading.step, reading.values.flat().reduce((a, b) => a + b)],
    );
    expect(totals).toEqual([
      [7, 26],
      [14, 26],
    ]);
  });

  test("measures at the last step of each epoch with 'epoch'", async () => {
    const { sink } = await fitted([lossMeter()], tfTrain.sgd(0.1), { every: 'epoch' });
    expect(sink.course('loss').map(([step]) => step)).toEqual([7, 14]);
  });

  test('goes on when a meter fails, and when one looks at what fit hides without saying so', async () => {
    const hidden = meter({ name: 'hidden', begin: () => ({ afterStep: ({ predictions }) => [scalar('hidden', predictions.size)] }) });
    const { sink, off } = await fitted([hidden, lossMeter()], tfTrain.sgd(0.1));
    expect(off).toEqual(['hidden']);
    expect(sink.course('loss')).toHaveLength(7);
  });

  test('works with fitDataset', async () => {
    const model = net();
    const made = tfTrain.sgd(0.1);
    model.compile({ optimizer: made, loss: softmaxCrossEntropy });
    const sink = notebook();
    const { xs } = points();
    const soft = { values: Float32Array.from({ length: 78 }, (_, i) => Number(i % 3 === Math.floor(i / 3) % 3)), shape: [3] };
    const { batches } = await import('@downhill/training');
    const dataset = batchDataset(batches({ xs, ys: soft }, { batchSize: 4, shuffle: 7 }));
    const onProblem = vi.fn<OnProblem>();
    const callbacks = meterCallback([lossMeter()], { every: 7, sinks: [sink], onProblem });
    await model.fitDataset(dataset as never, { epochs: 2, callbacks, verbose: 0 });
    expect(onProblem).not.toHaveBeenCalled();
    expect(sink.course('loss').map(([step]) => step)).toEqual([7, 14]);
    made.dispose();
    model.dispose();
  });

  test('refuses what meters refuses', () => {
    expect(() => meterCallback([], { every: -1 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => meterCallback([lossMeter(), lossMeter()])).toThrow("two meters are named 'loss'");
  });
});
