import { randomStream, streamKey } from '@downhill/core';

/** Independent standard normal numbers: a start with a share of every eigenvector. */
export function normalDirection(size: number, seed: number): Float64Array {
  const random = randomStream(streamKey(seed, 'curvature start'));
  return Float64Array.from({ length: size }, (_, i) => random.normalAt(i));
}

/** Independent signs, each as likely: the probe number `sample` of Hutchinson's estimate. */
export function signs(size: number, seed: number, sample: number): Float64Array {
  const random = randomStream(streamKey(seed, 'trace', sample));
  return Float64Array.from({ length: size }, (_, i) => (random.uint32At(i) < 2 ** 31 ? -1 : 1));
}
