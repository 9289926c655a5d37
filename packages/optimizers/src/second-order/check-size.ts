import { DownhillError } from '@downhill/core';
import type { Stretch } from './landscape.ts';

/**
 * The number of weights.
 *
 * @throws DownhillError `unsupported` where there are more than a matrix of them is made for.
 */
export function checkSize(source: string, stretches: readonly Stretch[], most: number): number {
  const size = stretches.at(-1)?.to ?? 0;
  if (size <= most) return size;
  throw new DownhillError({
    code: 'unsupported',
    source,
    problem: `it keeps a matrix of all pairs of weights and takes at most ${most} of them, got ${size}`,
    advice: 'Take lbfgs(), or confine it with masked() to a part of them.',
  });
}
