import { randomStream, streamKey } from '@downhill/core';
import type { ArrayData, BatchSource } from '@downhill/training';
import { mul } from '@tensorflow/tfjs-core';
import type { Settings } from './settings.ts';

/** Examples of the task from a place on, some of them with a wrong label. */
export function examples({ task, loss, seed }: Settings, from: number, count: number, wrong: number): ArrayData {
  const { bernoulliAt, integerBelow } = randomStream(streamKey(seed, 'wrong labels'));
  const xs = new Float32Array(count * task.features);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const { x, y } = task.example(from + i);
    xs.set(x, i * task.features);
    labels[i] = bernoulliAt(2 * i, wrong) ? (y + 1 + integerBelow(2 * i + 1, task.classes - 1)) % task.classes : y;
  }
  const rows = Float32Array.from({ length: count * task.classes }, (_, i) =>
    labels[Math.floor(i / task.classes)] === i % task.classes ? 1 : 0,
  );
  const ys = loss === 'mse' ? { values: rows, shape: [task.classes] } : { values: labels, shape: [] };
  return { xs: { values: xs, shape: [task.features] }, ys };
}

/** Batches of which the first of one epoch holds a NaN. */
export function spoiled(source: BatchSource, badEpoch: number | undefined): BatchSource {
  if (badEpoch === undefined) return source;
  return {
    ...source,
    async *batches(epoch, from = 0) {
      let first = epoch === badEpoch && from === 0;
      for await (const batch of source.batches(epoch, from)) {
        if (first && !Array.isArray(batch.xs)) {
          const xs = mul(batch.xs, Number.NaN);
          batch.xs.dispose();
          yield { ...batch, xs };
        } else yield batch;
        first = false;
      }
    },
  };
}
