import { complete, streamKey, type Sampler } from '@downhill/core';
import type { ScrambleOptions } from './scramble-options.ts';
import { sequenceSampler } from './sequence-sampler.ts';
import { haltonSequence } from './sequences/halton-sequence.ts';

/**
 * The Halton sequence, scrambled: points that fill the space more evenly than random ones, however many there are. Any number of parameters,
 * but from about ten on `sobol` is the more even one.
 *
 * Halton 1960; the scrambling by permuted digits is that of Owen 2017 (arXiv:1706.02808), as in SciPy. Its parameters are those of the space, in
 * their order, so that a space with one more starts anew.
 *
 * @example
 * halton({ scramble: false }).config; // { scramble: false }
 *
 * @throws DownhillError `invalid-argument` where `scramble` is neither true nor false.
 */
export function halton(options: ScrambleOptions = {}): Sampler {
  const { scramble } = complete('halton', options, { scramble: true });
  return sequenceSampler('halton', { scramble }, (dimensions, seed) =>
    haltonSequence(dimensions, scramble ? streamKey(seed, 'halton') : undefined),
  );
}
