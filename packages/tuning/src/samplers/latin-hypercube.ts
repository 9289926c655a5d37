import { checkNumber, complete, streamKey, type Sampler } from '@downhill/core';
import { sequenceSampler } from './sequence-sampler.ts';
import { latinHypercubeSequence } from './sequences/latin-hypercube-sequence.ts';

/** Options of {@link latinHypercube}. */
export interface LatinHypercubeOptions {
  /** How many trials a block has: as many as are to be run. A whole number of at least 1. No default. */
  readonly trials: number;
}

/**
 * Latin hypercube: of `trials` trials every parameter is tried once in each of as many equal parts of its range, combined at random. After a
 * block another one begins.
 *
 * McKay, Beckman & Conover 1979, "A comparison of three methods for selecting values of input variables", Technometrics 21.
 *
 * @example
 * latinHypercube({ trials: 20 }).config; // { trials: 20 }
 *
 * @throws DownhillError `invalid-argument` where `trials` is no whole number of at least 1.
 */
export function latinHypercube(options: LatinHypercubeOptions): Sampler {
  const { trials } = complete('latinHypercube', options, { trials: undefined as unknown as number });
  checkNumber(
    'latinHypercube',
    { trials },
    { min: 1, max: 2 ** 32 - 1, integer: true },
    'Give the number of trials that the study will run.',
  );
  return sequenceSampler('latinHypercube', { trials }, (dimensions, seed) =>
    latinHypercubeSequence(dimensions, trials, streamKey(seed, 'latinHypercube')),
  );
}
