import { DownhillError } from '@downhill/core';
import { disposeBatch, type Batch, type BatchSource } from '@downhill/training';
import type { Outputs } from '../outputs.ts';
import type { Member } from '../members/member.ts';
import { predictEnsemble, type PredictEnsembleOptions } from '../members/predict-ensemble.ts';

/** What a teacher says of each example of a data set. */
export interface Teacher {
  readonly outputs: Outputs;
  /** The index in the data set of the example that each row is of. */
  readonly samples: Int32Array;
}

/** Options of {@link predictTeacher}. */
export type PredictTeacherOptions = Omit<PredictEnsembleOptions, 'batchSize'>;

/**
 * Has an ensemble predict a training set, once, in batches and one member after the other, so that a student can learn from it in any
 * number of epochs.
 *
 * @param source The student's own batches; the teacher sees its first epoch.
 *
 * @example
 * const data = { xs: { values: new Float32Array(4), shape: [2] }, ys: { values: new Int32Array(2), shape: [] } };
 * const members = [functionMember((xs) => tf.softmax(xs))];
 * const teacher = await predictTeacher(members, batches(data, { shuffle: 7 }));
 * teacher.outputs.shape; // [2, 2]
 *
 * @throws DownhillError as `predictEnsemble`; `unsupported` where the batches do not say which examples they hold.
 */
export async function predictTeacher(
  members: readonly Member[],
  source: BatchSource,
  options: PredictTeacherOptions = {},
): Promise<Teacher> {
  const samples: number[] = [];
  let passes = 0;
  const outputs = await predictEnsemble(
    members,
    {
      ...source,
      async *batches(epoch) {
        const isFirst = passes++ === 0;
        for await (const batch of source.batches(epoch)) {
          if (isFirst) samples.push(...samplesOf('predictTeacher', batch));
          yield batch;
        }
      },
    },
    options,
  );
  return { outputs, samples: Int32Array.from(samples) };
}

/** Which examples a batch holds. @throws DownhillError `unsupported`, with the batch disposed of, where it does not say. */
export function samplesOf(source: string, batch: Batch): Int32Array {
  if (batch.samples !== undefined) return batch.samples;
  disposeBatch(batch);
  throw new DownhillError({
    code: 'unsupported',
    source,
    problem: 'the batches do not say which examples they hold (`samples`)',
    advice: 'batches(data, options) of @downhill/training does.',
  });
}
