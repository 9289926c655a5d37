import { checkNumber, DownhillError, randomStream, show, streamKey, type Draws } from '@downhill/core';
import { drawsFrom } from '../draws-of.ts';

/** Which batch is mixed: its numbers depend on this alone. */
export interface WhichBatch {
  /** A safe integer. @defaultValue 0 */
  readonly seed?: number;
  /** Batches mixed before this one. @defaultValue 0 */
  readonly step?: number;
}

/** The random numbers of a batch, and an order of its images. */
export function batchDraws(
  source: string,
  { seed = 0, step = 0 }: WhichBatch,
  images: number,
): { readonly draws: Draws; readonly permutation: readonly number[] } {
  checkNumber(source, { seed, step }, { integer: true });
  checkNumber(source, { images }, { min: 1, integer: true });
  const order = randomStream(streamKey(seed, source, 'order', step));
  return { draws: drawsFrom(randomStream(streamKey(seed, source, step))), permutation: [...order.permutation(images)] };
}

/** @throws DownhillError `invalid-argument` for a share outside [0, 1], or partners that are not images of the batch. */
export function checkMixDraw(
  source: string,
  { lambda, permutation }: { readonly lambda: number; readonly permutation: readonly number[] },
  images: number,
): void {
  checkNumber(source, { 'draw.lambda': lambda }, { min: 0, max: 1 });
  const isPartner = (partner: unknown): boolean => Number.isInteger(partner) && Number(partner) >= 0 && Number(partner) < images;
  if (Array.isArray(permutation) && permutation.length === images && permutation.every(isPartner)) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`draw.permutation\` must name a partner from 0 to ${images - 1} for each of ${images} images, got ${show(permutation)}`,
  });
}
