import { log } from '@downhill/core/math';
import { endOf, logs, type Run } from '../series.ts';
import { jitter, lastShare, maximum, mean, minimum, slope } from '../statistics.ts';

/** Where a run is going, and how steadily. */
export interface TrendFeatures {
  /** What the training loss falls by in an epoch of the last third, as a share of itself; negative where it rises. */
  readonly lateFall: number;
  /** Of what it lost since the first epoch, the share that it lost in the last third. */
  readonly lateShare: number;
  /** How much the loss jitters in the second half, as a share of itself. */
  readonly noise: number;
  /** The same in losses of guessing. */
  readonly noiseLevel: number;
  /** How much the validation loss jitters, as a share of itself. */
  readonly validationNoise: number | undefined;
  /** Of all pairs of epochs in the second half, the share whose later one has the lower loss: 1 for a steady fall, a half for none. */
  readonly fallingPairs: number;
  /** The largest rise from one epoch to the next, as a logarithm of the ratio. */
  readonly largestRise: number;
  /** How far the end is above the best epoch, as a logarithm of the ratio. */
  readonly aboveBest: number;
}

export function trendFeatures({ train, validation }: Run): TrendFeatures {
  const steps = train.slice(1).map((value, i) => log(value / (train[i] ?? value)));
  const twoThirds = train[Math.floor((2 * train.length) / 3)] ?? endOf(train);
  return {
    lateFall: -slope(logs(lastShare(train, 1 / 3, 4))),
    lateShare: (twoThirds - endOf(train)) / Math.max((train[0] ?? 0) - minimum(train), 1e-4),
    noise: jitter(logs(lastShare(train, 1 / 2, 5))),
    noiseLevel: jitter(lastShare(train, 1 / 2, 5)),
    validationNoise: validation === undefined ? undefined : jitter(logs(lastShare(validation, 1 / 2, 5))),
    fallingPairs: fallingPairs(lastShare(train, 1 / 2, 5)),
    largestRise: maximum([0, ...steps]),
    aboveBest: log(endOf(train) / minimum(train)),
  };
}

function fallingPairs(values: readonly number[]): number {
  const fell = values.flatMap((value, i) => values.slice(i + 1).map((later) => (later < value ? 1 : later === value ? 0.5 : 0)));
  return fell.length === 0 ? 0.5 : mean(fell);
}
