import { checkNumber, DownhillError, show } from '@downhill/core';

/** A range: a number for both ends, or the ends. */
export type Factor = number | readonly [lower: number, upper: number];

export type Pair = readonly [number, number];

/**
 * Both ends of a range, the lower first whatever their order.
 *
 * @throws DownhillError `invalid-argument` for no range, or one that leaves [min, max].
 */
export function rangeOf(source: string, name: string, factor: unknown, { min, max }: { readonly min: number; readonly max: number }): Pair {
  const [first, second] = endsOf(source, name, factor);
  checkNumber(source, typeof factor === 'number' ? { [name]: factor } : { [`${name}[0]`]: first, [`${name}[1]`]: second }, { min, max });
  if (typeof factor === 'number') return [-Math.abs(first), Math.abs(first)];
  return first <= second ? [first, second] : [second, first];
}

/** @throws DownhillError `invalid-argument` for what is neither a number nor two. */
export function endsOf(source: string, name: string, factor: unknown): Pair {
  if (typeof factor === 'number') return [factor, factor];
  if (Array.isArray(factor) && factor.length === 2) return factor as unknown as Pair;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be a number or [lower, upper], got ${show(factor)}`,
  });
}
