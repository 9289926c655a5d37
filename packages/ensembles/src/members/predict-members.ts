import { checkNumber, complete, DownhillError } from '@downhill/core';
import { air } from '@downhill/training';
import { clone, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Outputs } from '../outputs.ts';
import { checkMembers } from './check-members.ts';
import { countExamples, exampleBatches, type ExampleBatch, type Examples } from './examples.ts';
import type { Member, OpenMember } from './member.ts';

/** How far {@link predictMembers} has come. */
export interface PredictionProgress {
  /** The member that predicts. */
  readonly member: string;
  /** Its place, from 0 on. */
  readonly index: number;
  readonly members: number;
  /** Examples that it has done. */
  readonly done: number;
  readonly examples: number;
}

/** Options of {@link predictMembers}. */
export interface PredictMembersOptions {
  /** Examples at a time, where tensors are given; a source has its own. @defaultValue 32, as in Keras */
  readonly batchSize?: number;
  /** Hears of every batch. */
  readonly onProgress?: (progress: PredictionProgress) => void;
  /** Ends the work after the batch at hand. */
  readonly signal?: AbortSignal;
}

/**
 * What each member makes of the same examples, one after the other: a member is opened, predicts all batches and is closed before the
 * next one is opened, so that memory holds one member, one batch and the numbers that come out.
 *
 * The rows are those of the tensors, or those of a source's first epoch in its order.
 *
 * @example
 * const members = [functionMember((xs) => tf.softmax(xs)), functionMember((xs) => tf.softmax(tf.neg(xs)))];
 * const outputs = await predictMembers(members, tf.tensor2d([[0, 0], [1, 2]]), { batchSize: 1 });
 * outputs.map(({ shape }) => shape); // [[2, 2], [2, 2]]
 *
 * @returns One `Outputs` a member, in their order.
 * @throws DownhillError `invalid-argument` for an empty ensemble; `data-invalid` where two members have their classes in different order, or
 * a source does not give the examples that it promises; `shape-mismatch` for outputs of different widths, naming both members, and for
 * outputs that are not one row an example; `aborted` when the signal says so.
 */
export async function predictMembers(
  members: readonly Member[],
  examples: Examples,
  options: PredictMembersOptions = {},
): Promise<readonly Outputs[]> {
  const { batchSize, onProgress, signal } = complete('predictMembers', options, {
    batchSize: 32,
    onProgress: () => {},
    signal: undefined,
  });
  checkNumber('predictMembers', { batchSize }, { min: 1, integer: true });
  checkMembers('predictMembers', members);
  const count = countExamples('predictMembers', examples);
  const outputs: Outputs[] = [];
  for (const [index, member] of members.entries()) {
    const collected = collector(member.name, count, firstOf(members, outputs));
    const open = await member.open();
    try {
      for await (const batch of exampleBatches(examples, batchSize)) {
        try {
          await collected.add(batch, open);
        } finally {
          batch.dispose();
        }
        onProgress({ member: member.name, index, members: members.length, done: collected.rows, examples: count });
        await air();
        if (signal?.aborted === true)
          throw new DownhillError({ code: 'aborted', source: 'predictMembers', problem: 'the signal asked to stop' });
      }
    } finally {
      await open.close();
    }
    outputs.push(collected.outputs());
  }
  return outputs;
}

/** Whose width the others must have. */
interface First {
  readonly name: string;
  readonly width: number;
}

const firstOf = ([member]: readonly Member[], [outputs]: readonly Outputs[]): First | undefined =>
  member === undefined || outputs === undefined ? undefined : { name: member.name, width: outputs.shape[1] };

/** Puts the rows of a member's batches under one another. */
function collector(name: string, examples: number, first: First | undefined) {
  let values = new Float32Array();
  let width = first?.width ?? 1;
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    async add({ xs, size }: ExampleBatch, open: OpenMember): Promise<void> {
      const predictions = tidy(() => clone(open.predict(xs))); // a copy: a member may hand out what is not its own
      try {
        const found = widthOf(name, predictions, size);
        if (first !== undefined && found !== first.width) throw differ(name, found, first);
        if (rows === 0) values = new Float32Array(examples * (width = found));
        if (found !== width) throw differ(name, found, { name: `${name}, an earlier batch`, width });
        if (rows + size > examples) throw promised(rows + size, examples);
        values.set(await predictions.data(), rows * width);
        rows += size;
      } finally {
        predictions.dispose();
      }
    },
    outputs(): Outputs {
      if (rows !== examples) throw promised(rows, examples);
      return { values, shape: [examples, width] };
    },
  };
}

function widthOf(name: string, { shape }: Tensor, size: number): number {
  if (shape[0] === size && shape.length <= 2) return shape[1] ?? 1;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'predictMembers',
    problem: `the outputs of '${name}' must be one row an example, [${size}, width], got [${shape.join(', ')}]`,
    advice: 'Reshape or join them in the function of functionMember.',
  });
}

function differ(name: string, width: number, first: First): DownhillError {
  return new DownhillError({
    code: 'shape-mismatch',
    source: 'predictMembers',
    problem: `the outputs of '${name}' have ${width} columns, those of '${first.name}' have ${first.width}`,
    advice: 'All members must predict the same classes or values.',
  });
}

function promised(got: number, examples: number): DownhillError {
  return new DownhillError({
    code: 'data-invalid',
    source: 'predictMembers',
    problem: `the batches hold ${got} examples where \`examples\` promises ${examples}`,
    advice: 'A source must give the same batches at every call.',
  });
}
