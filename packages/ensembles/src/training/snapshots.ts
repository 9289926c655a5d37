import { checkNumber, complete, DownhillError, show, type TrainingHook } from '@downhill/core';
import { memberKeeper, type KeepMembersOptions } from './keep-members.ts';

/** Options of {@link snapshots}. */
export interface SnapshotsOptions extends KeepMembersOptions {
  /**
   * Steps of a cycle of the learning rate, or the steps of each cycle in turn, where they grow. The minimum is the last step of a cycle:
   * the same numbers as of the schedule with restarts.
   */
  readonly cycle: number | readonly number[];
  /** How many of the last snapshots are kept. @defaultValue all of them */
  readonly last?: number;
}

/**
 * A snapshot ensemble: the model as it is at the end of every cycle of the learning rate becomes a member, so that one training budget
 * gives as many members as it has cycles (Huang et al. 2017, "Snapshot ensembles: train 1, get M for free", arXiv:1704.00109, section 3;
 * the paper's learning rate restarts as a cosine, equation 2).
 *
 * Each snapshot is written at once, with the manifest of all so far. A run that is resumed goes on with the snapshots of its checkpoint.
 *
 * @example
 * const hook = snapshots({ model: { variables: [], predict: (x) => x }, store: memoryStore(), cycle: 500 });
 * hook.name; // 'snapshots'
 *
 * @throws DownhillError `invalid-argument` for wrong options, at the start of the run for a store that holds an ensemble already;
 * `checkpoint-invalid` where a resumed run's snapshots are no longer there.
 */
export function snapshots(options: SnapshotsOptions): TrainingHook {
  const defaults = { model: undefined, store: undefined, cycle: undefined, last: undefined, classes: undefined };
  const { cycle, last, ...kept } = complete('snapshots', options, defaults) as unknown as SnapshotsOptions;
  if (last !== undefined) checkNumber('snapshots', { last }, { min: 1, integer: true });
  const isEnd = cycleEnd(cycle);
  const keeper = memberKeeper('snapshots', 'snapshots', { ...kept, ...(last === undefined ? {} : { last }) });
  const { keep, ...hook } = keeper;
  return {
    kind: 'hook',
    name: 'snapshots',
    ...hook,
    async onStep({ step, epoch }) {
      const index = isEnd(step);
      if (index !== undefined) await keep(`snapshot-${String(index).padStart(3, '0')}`, { step, epoch });
    },
  };
}

/** Which cycle ends when so many steps are finished, if one does. */
function cycleEnd(cycle: SnapshotsOptions['cycle']): (finished: number) => number | undefined {
  if (!Array.isArray(cycle)) {
    checkNumber('snapshots', { cycle }, { min: 1, integer: true });
    return (finished) => (finished > 0 && finished % (cycle as number) === 0 ? finished / (cycle as number) - 1 : undefined);
  }
  if (cycle.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'snapshots',
      problem: `\`cycle\` must hold the steps of at least one cycle, got ${show(cycle)}`,
    });
  for (const steps of cycle as readonly number[]) checkNumber('snapshots', { 'cycle[]': steps }, { min: 1, integer: true });
  let end = 0;
  const ends = (cycle as readonly number[]).map((steps) => (end += steps));
  return (finished) => {
    const index = ends.indexOf(finished);
    return index < 0 ? undefined : index;
  };
}
