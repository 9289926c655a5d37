import { DownhillError, show } from '@downhill/core';
import { disposeBatch, type BatchSource } from '@downhill/training';
import { dispose, slice, Tensor } from '@tensorflow/tfjs-core';

/**
 * What to predict: tensors whose first axis counts the examples (several for a model of several inputs), or a source of batches, such as
 * `batches(data, { shuffle: false })` makes it, for data that is not to lie in tensors as a whole.
 */
export type Examples = Tensor | readonly Tensor[] | BatchSource;

/** The inputs of some examples, in the order of the data. */
export interface ExampleBatch {
  readonly xs: Tensor | Tensor[];
  readonly size: number;
  /** Each example's index in the data set, where the source knows it. */
  readonly samples?: Int32Array;
  dispose(): void;
}

/** @throws DownhillError `invalid-argument` for what is neither; `shape-mismatch` for inputs of different numbers of examples. */
export function countExamples(source: string, examples: Examples): number {
  if (isSource(examples)) return examples.examples;
  const inputs = [examples].flat();
  const counts = inputs.map((input) => (input instanceof Tensor ? input.shape[0] : undefined));
  const [count] = counts;
  if (count === undefined || counts.includes(undefined))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `the examples must be a tensor, a list of tensors or a source of batches, got ${show(examples)}`,
      advice: 'batches(data, { shuffle: false }) makes a source.',
    });
  if (counts.every((other) => other === count)) return count;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `all inputs must have the same number of examples, got ${counts.join(', ')}`,
  });
}

/** The examples in batches; a source has its own size of batch, and gives its first epoch. Whoever takes a batch disposes of it. */
export async function* exampleBatches(examples: Examples, batchSize: number): AsyncGenerator<ExampleBatch> {
  if (isSource(examples)) {
    for await (const batch of examples.batches(0)) {
      const { xs, ys, samples } = batch;
      yield { xs, size: ys.shape[0] ?? 1, ...(samples === undefined ? {} : { samples }), dispose: () => disposeBatch(batch) };
    }
    return;
  }
  const inputs = [examples].flat() as Tensor[];
  const count = inputs[0]?.shape[0] ?? 0;
  for (let begin = 0; begin < count; begin += batchSize) {
    const size = Math.min(batchSize, count - begin);
    const parts = inputs.map((input) => slice(input, [begin, ...input.shape.slice(1).map(() => 0)], [size, ...input.shape.slice(1)]));
    yield { xs: Array.isArray(examples) ? parts : (parts[0] as Tensor), size, dispose: () => dispose(parts) };
  }
}

const isSource = (examples: Examples): examples is BatchSource => typeof (examples as Partial<BatchSource> | null)?.batches === 'function';
