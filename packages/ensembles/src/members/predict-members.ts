import { checkNumber, complete, DownhillError } from '@downhill/core';
import { air } from '@downhill/training';
import type { Outputs } from '../outputs.ts';
import { checkMembers } from './check-members.ts';
import { outputCollector, type First } from './collect-outputs.ts';
import { countExamples, exampleBatches, type Examples } from './examples.ts';
import type { Member } from './member.ts';

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
    checkGoesOn(signal);
    const collected = outputCollector(member.name, count, firstOf(members, outputs));
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
        checkGoesOn(signal);
      }
    } finally {
      await open.close();
    }
    outputs.push(collected.outputs());
  }
  return outputs;
}

const firstOf = ([member]: readonly Member[], [outputs]: readonly Outputs[]): First | undefined =>
  member === undefined || outputs === undefined ? undefined : { name: member.name, width: outputs.shape[1] };

function checkGoesOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DownhillError({ code: 'aborted', source: 'predictMembers', problem: 'the signal asked to stop' });
}
