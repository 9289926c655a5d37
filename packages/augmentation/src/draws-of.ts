import { randomStream, streamKey, type Draws, type RandomStream } from '@downhill/core';

/** The numbers of a stream from one on, one after the other. */
export function drawsFrom(numbers: RandomStream, first = 0): Draws {
  let next = first;
  return {
    uniform: (low, high) => low + (high - low) * numbers.uniformAt(next++),
    integer: (n) => numbers.integerBelow(next++, n),
    normal: () => numbers.normalAt(next++),
    bernoulli: (probability) => numbers.bernoulliAt(next++, probability),
  };
}

/** What decides the random numbers of an image. */
export interface DrawKey {
  readonly seed: number;
  readonly stream: string;
  readonly epoch: number;
  /** The sample's index in the data set. */
  readonly sample: number;
}

/** Numbers that one operation may draw for an image before it would draw those of the next: a displacement takes two a pixel. */
const NUMBERS_OF_AN_OPERATION = 2 ** 32;

/** The numbers of an image: of each operation, by its place in the pipeline, one after the other. */
export function drawsOf({ seed, stream, epoch, sample }: DrawKey): (place: number) => Draws {
  const numbers = randomStream(streamKey(seed, 'augmentation', stream, epoch, sample));
  return (place) => drawsFrom(numbers, place * NUMBERS_OF_AN_OPERATION);
}
