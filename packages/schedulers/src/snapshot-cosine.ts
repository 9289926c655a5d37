import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { cos } from '@downhill/core/math';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** The cycles of a run. */
export interface Cycles {
  /** Optimizer steps of the whole run: whole, at least 1 (T of the paper). */
  steps: number;
  /** How many cycles they are shared among: whole, at least 1, at most `steps` (M). */
  cycles: number;
}

/** Options of {@link snapshotCosine}. */
export interface SnapshotCosineOptions extends Cycles {
  /** The rate at which each cycle begins (α₀). */
  from: number;
}

/**
 * The rate of a snapshot ensemble: half a cosine from `from` to nearly 0, again and again, a snapshot at the end of each.
 *
 *     η(t) = from / 2 · (cos(π · (t mod n) / n) + 1)        n = ⌈steps / cycles⌉
 *
 * Huang et al. 2017, equation 2 (arXiv:1704.00109), whose t counts from 1. Steps are optimizer steps, counted from 0; where n · cycles is more than
 * `steps`, the last cycle is cut short; after `steps` the cycles go on.
 *
 * @example
 * const rate = snapshotCosine({ from: 0.2, steps: 30, cycles: 3 });
 * rate.at(5);  // 0.1
 * rate.at(10); // 0.2
 *
 * @throws DownhillError `invalid-argument` when `steps` or `cycles` is not a whole number of at least 1, there are more cycles than steps, or `from` is not finite.
 */
export function snapshotCosine(options: SnapshotCosineOptions): Schedule {
  const { from, steps, cycles } = complete('snapshotCosine', options, { from: REQUIRED, steps: REQUIRED, cycles: REQUIRED });
  checkNumber('snapshotCosine', { from });
  const length = cycleLength('snapshotCosine', { steps, cycles });
  return schedule({
    name: 'snapshotCosine',
    config: { from, steps, cycles },
    at: (t) => from * 0.5 * (cos((Math.PI * (t % length)) / length) + 1),
  });
}

/**
 * After how many steps each cycle of {@link snapshotCosine} is at its end: where the snapshots are taken.
 *
 * @example
 * const ends = cycleEnds({ steps: 30, cycles: 3 });
 * ends.length; // 3
 * ends[0];     // 10
 *
 * @throws DownhillError `invalid-argument` as {@link snapshotCosine} does.
 */
export function cycleEnds({ steps, cycles }: Cycles): readonly number[] {
  const length = cycleLength('cycleEnds', { steps, cycles });
  return Array.from({ length: Math.ceil(steps / length) }, (_, i) => Math.min((i + 1) * length, steps));
}

function cycleLength(source: string, { steps, cycles }: Cycles): number {
  checkLength(source, { steps });
  checkNumber(source, { cycles }, { min: 1, max: steps, integer: true });
  return Math.ceil(steps / cycles);
}
