import { checkNumber, subKey, type Key } from '@downhill/core';
import type { Sequence } from './sequence.ts';
import { directionNumbers, SOBOL_DIMENSIONS } from './direction-numbers.ts';
import { scrambled, type Scrambling } from './scrambled.ts';

const UNIT = 2 ** -32;

/**
 * The Sobol sequence, in the order of the Gray code: of 32 bits, so that it repeats itself after 2³² points.
 *
 *     u = 2⁻³² ⊕ₖ gₖ vₖ,   g = index ⊕ ⌊index / 2⌋
 *
 * Sobol 1967; Antonov & Saleev 1979 for the order; v from Joe & Kuo 2008. Point 0 is the origin.
 *
 * @param key Where given, the sequence is scrambled, see {@link scrambled}.
 * @example
 * sobolSequence(2)(1); // [0.5, 0.5]
 * sobolSequence(2)(2); // [0.75, 0.25]
 *
 * @throws DownhillError `invalid-argument` where there are more dimensions than direction numbers, or, from the sequence, where the index is no
 * whole number from 0 to 2³² − 1.
 */
export function sobolSequence(dimensions: number, key?: Key): Sequence {
  checkNumber(
    'sobol',
    { dimensions },
    { min: 0, max: SOBOL_DIMENSIONS, integer: true },
    'Every parameter that is searched is one. Fix some of them, or take halton() or latinHypercube({ trials }).',
  );
  const each = Array.from({ length: dimensions }, (_, d) => {
    const directions = directionNumbers(d);
    return key === undefined ? { directions, shift: 0 } : scrambled(directions, subKey(key, d));
  });
  return (index) => {
    if (index !== index >>> 0) checkNumber('sobolSequence', { index }, { min: 0, max: 2 ** 32 - 1, integer: true });
    return each.map((dimension) => pointOf(index, dimension));
  };
}

function pointOf(index: number, { directions, shift }: Scrambling): number {
  const gray = index ^ (index >>> 1);
  let bits = shift;
  for (let k = 0; gray >>> k > 0 && k < 32; k += 1) if ((gray >>> k) & 1) bits ^= directions[k] ?? 0;
  return (bits >>> 0) * UNIT;
}
