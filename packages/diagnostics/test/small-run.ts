import { adamw } from '@downhill/optimizers';
import {
  batches,
  softmaxCrossEntropy,
  train,
  type ArrayData,
  type BatchSource,
  type TrainOptions,
  type TrainResult,
} from '@downhill/training';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { Reading, ScalarReading, Sink } from '../src/index.ts';

/** Three classes of points in four dimensions. */
export function points(examples = 26): ArrayData {
  const values = Float32Array.from({ length: examples * 4 }, (_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 1 : 0));
  return { xs: { values, shape: [4] }, ys: { values: Int32Array.from({ length: examples }, (_, i) => i % 3), shape: [] } };
}

export const source = (): BatchSource => batches(points(), { batchSize: 4, shuffle: 7 }); // 7 batches an epoch

export const net = (): Sequential =>
  sequential({ layers: [layers.dense({ units: 5, inputShape: [4], activation: 'tanh' }), layers.dense({ units: 3 })] });

export interface SmallRun {
  readonly result: TrainResult;
  readonly weights: readonly number[];
}

/** Trains the net for two epochs from seed 1. */
export async function smallRun(options: Partial<TrainOptions> = {}): Promise<SmallRun> {
  const model = net();
  try {
    const result = await train({
      model,
      loss: softmaxCrossEntropy,
      batches: source(),
      epochs: 2,
      seed: 1,
      ...(options.optimizer === undefined ? { transform: adamw({ learningRate: 0.05 }) } : {}),
      ...options,
    });
    return { result, weights: model.weights.flatMap((weight) => [...weight.read().dataSync()]) };
  } finally {
    model.dispose();
  }
}

export interface Notebook extends Sink {
  readonly readings: Reading[];
  readonly calls: string[];
  /** Steps and values of a scalar. */
  course(name: string): [step: number, value: number][];
}

/** A sink that remembers. */
export function notebook(name = 'notebook'): Notebook {
  const readings: Reading[] = [];
  const calls: string[] = [];
  return {
    kind: 'sink',
    name,
    readings,
    calls,
    open: () => void calls.push('open'),
    write: (found) => void readings.push(...found),
    close: () => void calls.push('close'),
    course: (wanted) =>
      readings
        .filter((reading): reading is ScalarReading => reading.kind === 'scalar' && reading.name === wanted)
        .map(({ step, value }) => [step, value]),
  };
}
