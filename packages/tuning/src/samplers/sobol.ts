import { complete, streamKey, type Sampler } from '@downhill/core';
import type { ScrambleOptions } from './scramble-options.ts';
import { sequenceSampler } from './sequence-sampler.ts';
import { sobolSequence } from './sequences/sobol-sequence.ts';

/**
 * The Sobol sequence, scrambled: points that fill the space more evenly than random ones, best where the number of trials is a power of two. Up
 * to 128 parameters that are searched.
 *
 * Sobol 1967, with the direction numbers of Joe & Kuo 2008; scrambled by Matoušek 1998's linear matrices and a digital shift, as in SciPy.
 *
 * @example
 * sobol().config; // { scramble: true }
 *
 * @throws DownhillError `invalid-argument` where `scramble` is neither true nor false; when it samples, where the space has too many parameters.
 */
export function sobol(options: ScrambleOptions = {}): Sampler {
  const { scramble } = complete('sobol', options, { scramble: true });
  return sequenceSampler('sobol', { scramble }, (dimensions, seed) =>
    sobolSequence(dimensions, scramble ? streamKey(seed, 'sobol') : undefined),
  );
}
