import { log } from '@downhill/core/math';
import type { Run } from '../series.ts';
import { maximum, median, minimum } from '../statistics.ts';

/** How a run begins. */
export interface StartFeatures {
  /** The loss before the first step, in losses of guessing. */
  readonly startLevel: number | undefined;
  /** How far that is from guessing, as a share of it: next to nothing where all outputs are equal. */
  readonly startOffChance: number | undefined;
  /** The mean loss of the first epoch, in losses of guessing. */
  readonly firstLevel: number | undefined;
  /** What the first epoch took off the loss, as a logarithm of the ratio; negative where the loss rose. */
  readonly firstFall: number | undefined;
  /** The share of the run that passes before the loss is 3 % down. */
  readonly flatShare: number;
  /** Largest less least loss between the second epoch and the first third of the run, as a share of the first epochs' loss. */
  readonly earlySpread: number | undefined;
  /** The largest fall from one epoch to the next, as a logarithm of the ratio. */
  readonly largestFall: number;
  /** The share of epochs whose accuracy is exactly that of the epoch before: all examples get one answer. */
  readonly stuckShare: number | undefined;
}

export function startFeatures({ initial, train, trainAccuracy, unitIs, validationAccuracy }: Run): StartFeatures {
  const known = initial === undefined || unitIs !== 'chance' ? undefined : initial;
  const first = train[0] ?? 1;
  const beginning = median(train.slice(0, 3));
  const base = Math.min(beginning, unitIs === 'chance' ? Math.min(1, initial ?? first) : (initial ?? first));
  const fallen = train.findIndex((value) => value < 0.97 * base);
  const early = train.slice(1, Math.max(4, Math.ceil(train.length / 3)));
  return {
    startLevel: known,
    startOffChance: known === undefined ? undefined : Math.abs(known - 1),
    firstLevel: unitIs === 'chance' ? first : undefined,
    firstFall: initial === undefined ? undefined : log(initial / first),
    flatShare: (fallen === -1 ? train.length : fallen) / train.length,
    earlySpread: early.length < 2 ? undefined : (maximum(early) - minimum(early)) / beginning,
    largestFall: maximum([0, ...train.slice(1).map((value, i) => log((train[i] ?? value) / value))]),
    stuckShare: stuck(validationAccuracy ?? trainAccuracy),
  };
}

function stuck(accuracy: readonly number[] | undefined): number | undefined {
  if (accuracy === undefined || accuracy.length < 2) return undefined;
  return accuracy.slice(1).filter((value, i) => value === accuracy[i]).length / (accuracy.length - 1);
}
