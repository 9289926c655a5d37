import { checkNumber, DownhillError, randomStream, streamKey, type Draws } from '@downhill/core';
import { drawsFrom } from '../draws-of.ts';
import type { LabelledImages } from './mixing.ts';

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
  const order = randomStream(streamKey(seed, source, 'order', step));
  return { draws: drawsFrom(randomStream(streamKey(seed, source, step))), permutation: [...order.permutation(images)] };
}

/** @throws DownhillError `shape-mismatch`, `invalid-argument` for a batch that cannot be mixed. */
export function checkBatch(source: string, batch: Partial<LabelledImages>): asserts batch is LabelledImages {
  const { images, labels } = batch;
  if (images === undefined || labels === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `needs images and labels, got ${Object.keys(batch).join(', ') || 'neither'}`,
      advice: 'Mixing changes labels too: hand both over.',
    });
  if (images.rank !== 4 || labels.shape[0] !== images.shape[0])
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `images must be [batch, height, width, channels] with a label each, got [${images.shape}] and [${labels.shape}]`,
    });
}
