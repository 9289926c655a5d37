import { DownhillError } from '@downhill/core';
import { disposeBatch, type Batch, type BatchSource } from '@downhill/training';
import type { Outputs } from '../outputs.ts';
import type { Member } from '../members/member.ts';
import { predictMembers, type PredictMembersOptions } from '../members/predict-members.ts';

/** What a teacher says of each example of a data set. */
export interface Teacher {
  readonly outputs: Outputs;
  /** The index in the data set of the example that each row is of. */
  readonly samples: Int32Array;
}

/** Options of {@link predictTeacher}. */
export interface PredictTeacherOptions extends Pick<PredictMembersOptions, 'onProgress' | 'signal'> {
  /** Makes one of the members' outputs, such as their mean. */
  readonly combine: (outputs: readonly Outputs[]) => Outputs;
}

/**
 * Has an ensemble predict a training set, once, in batches and one member after the other, so that a student can learn from it in any
 * number of epochs.
 *
 * @param source The student's own batches; the teacher sees its first epoch.
 *
 * @example
 * const data = { xs: { values: new Float32Array(4), shape: [2] }, ys: { values: new Int32Array(2), shape: [] } };
 * const members = [functionMember((xs) => tf.softmax(xs))];
 * const teacher = await predictTeacher(members, batches(data, { shuffle: 7 }), { combine: ([first]) => first });
 * teacher.outputs.shape; // [2, 2]
 *
 * @throws DownhillError as `predictMembers`; `unsupported` where the batches do not say which examples they hold; `shape-mismatch` where
 * `combine` does not give one row an example.
 */
export async function predictTeacher(
  members: readonly Member[],
  source: BatchSource,
  { combine, ...options }: PredictTeacherOptions,
): Promise<Teacher> {
  const samples: number[] = [];
  let passes = 0;
  const outputs = await predictMembers(
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
  const combined = combine(outputs);
  if (combined?.shape?.[0] === samples.length) return { outputs: combined, samples: Int32Array.from(samples) };
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'predictTeacher',
    problem: `\`combine\` must give one row an example (${samples.length}), got [${combined?.shape?.join(', ')}]`,
  });
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
