import { DownhillError } from '@downhill/core';
import { air, batches, disposeBatch, type ArrayData } from '@downhill/training';
import { argMax, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { CLASSES } from './mnist.ts';

/** What a model makes of pictures that it has not seen. */
export interface Verdict {
  readonly accuracy: number;
  readonly correct: number;
  readonly examples: number;
  /** `confusion[digit][answer]` counts. */
  readonly confusion: readonly (readonly number[])[];
}

/** @throws DownhillError `aborted` when the signal says so. */
export async function judge(model: LayersModel, data: ArrayData, signal?: AbortSignal): Promise<Verdict> {
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  const source = batches(data, { batchSize: 100, shuffle: false });
  for await (const batch of source.batches(0)) {
    const answers = tidy(() => argMax(model.apply(batch.xs, { training: false }) as Tensor, -1));
    try {
      const [digits, given] = [await batch.ys.data(), await answers.data()];
      digits.forEach((digit, i) => {
        const row = confusion[digit];
        const answer = given[i] ?? 0;
        if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1;
      });
    } finally {
      answers.dispose();
      disposeBatch(batch);
    }
    await air();
    if (signal?.aborted === true) throw new DownhillError({ code: 'aborted', source: 'judge', problem: 'the signal asked to stop' });
  }
  const correct = confusion.reduce((sum, row, digit) => sum + (row[digit] ?? 0), 0);
  return { accuracy: correct / source.examples, correct, examples: source.examples, confusion };
}
