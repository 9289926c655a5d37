import { checkNumber, complete, DownhillError, show, type TrainingHook } from '@downhill/core';
import { memberKeeper, type KeepMembersOptions } from './keep-members.ts';

/** Options of {@link snapshots}. */
export interface SnapshotsOptions extends KeepMembersOptions {
  /**
   * Steps of a cycle of the learning rate, or the steps of each cycle in turn, where they grow. The minimum is the last step of a cycle:
   * the same numbers as of the schedule with restarts.
   */
  readonly cycle?: number | readonly number[];
  /** Instead of `cycle`: after how many steps each cycle ends, in ascending order, such as `cycleEnds` of `@downhill/schedulers` gives. */
  readonly ends?: readonly number[];
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
  const defaults = { model: undefined, store: undefined, cycle: undefined, ends: undefined, last: undefined, classes: undefined };
  const { cycle, ends, last, ...kept } = complete('snapshots', options, defaults) as unknown as SnapshotsOptions;
  if (last !== undefined) checkNumber('snapshots', { last }, { min: 1, integer: true });
  const isEnd = cycleEnd(cycle, ends);
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
function cycleEnd(cycle: SnapshotsOptions['cycle'], ends: SnapshotsOptions['ends']): (finished: number) => number | undefined {
  if ((cycle === undefined) === (ends === undefined))
    throw wrong(
      `one of \`cycle\` and \`ends\` must be given, got ${cycle === undefined ? 'neither' : 'both'}`,
      'Pass cycle: 500, or ends: cycleEnds({ steps, cycles }).',
    );
  if (typeof cycle === 'number') {
    checkNumber('snapshots', { cycle }, { min: 1, integer: true });
    return (finished) => (finished > 0 && finished % cycle === 0 ? finished / cycle - 1 : undefined);
  }
  const all = ends === undefined ? endsOf(cycle) : checkedEnds(ends);
  return (finished) => {
    const index = all.indexOf(finished);
    return index < 0 ? undefined : index;
  };
}

function endsOf(cycle: unknown): readonly number[] {
  if (!Array.isArray(cycle)) checkNumber('snapshots', { cycle }, { min: 1, integer: true });
  const lengths = cycle as readonly number[];
  if (lengths.length === 0) throw wrong(`\`cycle\` must hold the steps of at least one cycle, got ${show(cycle)}`);
  let end = 0;
  return lengths.map((steps) => {
    checkNumber('snapshots', { 'cycle[]': steps }, { min: 1, integer: true });
    return (end += steps);
  });
}

function checkedEnds(ends: readonly number[]): readonly number[] {
  if (!Array.isArray(ends) || ends.length === 0) throw wrong(`\`ends\` must hold the end of at least one cycle, got ${show(ends)}`);
  ends.forEach((end, i) => checkNumber('snapshots', { [`ends[${i}]`]: end }, { min: (ends[i - 1] ?? 0) + 1, integer: true }));
  return [...ends];
}

function wrong(problem: string, advice?: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source: 'snapshots', problem, ...(advice === undefined ? {} : { advice }) });
}
