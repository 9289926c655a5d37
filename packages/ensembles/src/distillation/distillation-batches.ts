import { checkNumber, complete, DownhillError } from '@downhill/core';
import { disposeBatch, withTeacher, type Batch, type BatchSource } from '@downhill/training';
import { dispose, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { samplesOf, type Teacher } from './predict-teacher.ts';
import { logits, softened } from './soft-targets.ts';

/** Options of {@link distillationBatches}. */
export interface DistillationBatchesOptions {
  /** Softens the teacher's probabilities, above 0; the loss is then `softenedCrossEntropy` at the same temperature. @defaultValue 1 */
  readonly temperature?: number;
  /** Whether the student learns from the labels too: the targets are those of `distillation`, which has a temperature of its own. @defaultValue false */
  readonly labels?: boolean;
}

/**
 * A student's batches with what a teacher says in place of the labels, for `train`, or `model.fitDataset(batchDataset(...))` (Hinton et al.
 * 2015, "Distilling the knowledge in a neural network", arXiv:1503.02531, section 2).
 *
 * - As it stands, `ys` are the teacher's rows: probabilities for any cross-entropy, or the values of a regression.
 * - With a `temperature`, the probabilities qₖ = pₖ^(1/T) / Σ pⱼ^(1/T), for {@link softenedCrossEntropy}.
 * - With `labels: true`, labels and the teacher's logits side by side, for `distillation` of `@downhill/training`.
 *
 * The teacher looked at the examples as they are; what an augmentation makes of them later has the same targets.
 *
 * @example
 * const source = batches({ xs: { values: new Float32Array(2), shape: [1] }, ys: { values: new Int32Array(2), shape: [] } }, { shuffle: false });
 * const teacher = { outputs: { values: new Float32Array([0.9, 0.1, 0.2, 0.8]), shape: [2, 2] }, samples: new Int32Array([0, 1]) };
 * distillationBatches(source, teacher).examples; // 2
 *
 * @throws DownhillError `invalid-argument` for options out of range; `data-invalid` for outputs that should be probabilities and are none, and,
 * when a batch is made, for an example that the teacher has not seen; `unsupported` where batches do not say which examples they hold.
 */
export function distillationBatches(source: BatchSource, teacher: Teacher, options: DistillationBatchesOptions = {}): BatchSource {
  const { temperature, labels } = complete('distillationBatches', options, { temperature: 1, labels: false });
  checkNumber('distillationBatches', { temperature }, { above: 0 });
  if (labels && temperature !== 1)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'distillationBatches',
      problem: `\`temperature\` is of targets without labels, got ${temperature} and labels: true`,
      advice: 'Give it to the loss: distillation({ temperature }).',
    });
  const targets = targetsOf(teacher, temperature, labels);
  return {
    ...source,
    async *batches(epoch, from) {
      for await (const batch of source.batches(epoch, from)) yield taught(batch, targets, labels);
    },
  };
}

/** Picks the rows of some examples. */
type Targets = (samples: Int32Array) => Tensor2D;

function targetsOf({ outputs, samples }: Teacher, temperature: number, labels: boolean): Targets {
  const width = outputs.shape[1];
  const values = labels
    ? logits('distillationBatches', outputs)
    : temperature === 1
      ? outputs.values
      : softened('distillationBatches', outputs, temperature);
  const rowOf = new Map(Array.from(samples, (sample, row) => [sample, row]));
  return (wanted) => {
    const picked = new Float32Array(wanted.length * width);
    wanted.forEach((sample, at) => {
      const row = rowOf.get(sample);
      if (row === undefined) throw unseen(sample);
      picked.set(values.subarray(row * width, (row + 1) * width), at * width);
    });
    return tensor2d(picked, [wanted.length, width]);
  };
}

function taught(batch: Batch, targets: Targets, labels: boolean): Batch {
  const samples = samplesOf('distillationBatches', batch);
  let rows: Tensor2D | undefined;
  try {
    rows = targets(samples);
    const ys = labels ? withTeacher(batch.ys, rows) : rows;
    dispose(labels ? [batch.ys, rows] : [batch.ys]);
    return { ...batch, ys };
  } catch (error) {
    rows?.dispose();
    disposeBatch(batch);
    throw error;
  }
}

function unseen(sample: number): DownhillError {
  return new DownhillError({
    code: 'data-invalid',
    source: 'distillationBatches',
    problem: `the teacher has not seen example ${sample}`,
    advice: 'Let it predict the same data set: predictTeacher(members, source).',
  });
}
