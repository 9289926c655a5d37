import { randomStream, streamKey, type Draws } from '@downhill/core';

/** What decides the random numbers of one operation on one image. */
export interface DrawKey {
  readonly seed: number;
  readonly stream: string;
  readonly epoch: number;
  /** The sample's index in the data set. */
  readonly sample: number;
  /** The operation's place in the pipeline. */
  readonly place: number;
}

/** The numbers under a key, one after the other. */
export function drawsOf({ seed, stream, epoch, sample, place }: DrawKey): Draws {
  const numbers = randomStream(streamKey(seed, 'augmentation', stream, epoch, sample, place));
  let next = 0;
  return {
    uniform: (low, high) => low + (high - low) * numbers.uniformAt(next++),
    integer: (n) => numbers.integerBelow(next++, n),
    normal: () => numbers.normalAt(next++),
    bernoulli: (probability) => numbers.bernoulliAt(next++, probability),
  };
}
