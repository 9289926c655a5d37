import { endOf, type Run } from '../series.ts';
import { minimum } from '../statistics.ts';

/** How far a run came. */
export interface LevelFeatures {
  /** The training loss at the end, in losses of guessing. */
  readonly endLevel: number;
  /** The share of all that it fell by which it had fallen in the middle of the run. */
  readonly fallenByHalf: number;
  /** The share of training answers that are right at the end, beyond guessing. */
  readonly trainAccuracy: number | undefined;
}

export function levelFeatures({ initial, train, trainAccuracy }: Run): LevelFeatures {
  const start = initial ?? train[0] ?? 1;
  const middle = train[Math.floor(train.length / 2)] ?? start;
  return {
    endLevel: endOf(train),
    fallenByHalf: Math.max(0, Math.min(1, (start - middle) / Math.max(start - minimum(train), 1e-6))),
    trainAccuracy: trainAccuracy === undefined ? undefined : endOf(trainAccuracy),
  };
}
