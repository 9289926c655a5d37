import { checkNumber, DownhillError, show } from '@downhill/core';
import { checkFinite } from '../images.ts';
import type { Pixels } from './mixed-pixels.ts';
import type { LabelledImages, MixingOptions } from './mixing.ts';

/**
 * The values of the images, read once.
 *
 * @throws DownhillError `shape-mismatch`, `invalid-argument`, `non-finite`, `unsupported` for a batch that cannot be mixed.
 */
export function checkedPixels(source: string, batch: LabelledImages, { classes }: MixingOptions): Pixels {
  checkNames(source, batch);
  const { images, labels } = batch;
  const { shape, dtype } = images;
  const fail = (problem: string, advice?: string): never => {
    throw new DownhillError({ code: 'shape-mismatch', source, problem, ...(advice === undefined ? {} : { advice }) });
  };
  if (shape.length !== 4 || shape.includes(0) || (dtype !== 'float32' && dtype !== 'int32'))
    fail(`\`images\` must be [batch, height, width, channels] of float32 or int32, got ${show(shape)} of ${dtype}`);
  if (labels.shape[0] !== shape[0] || labels.rank > 2)
    fail(`\`labels\` must be [${shape[0]}] or [${shape[0]}, classes], one for each image, got ${show(labels.shape)}`);
  if (labels.rank === 2 && classes !== undefined && labels.shape[1] !== classes)
    fail(
      `\`labels\` must have a share for each of ${classes} classes, got ${show(labels.shape)}`,
      'Leave `classes` out, or give labels of shape [batch].',
    );
  const pixels: Pixels = images.dataSync<'float32' | 'int32'>();
  checkFinite('images', pixels, shape);
  if (labels.rank === 2) checkShares(source, labels.dataSync());
  else checkClasses(source, labels.dataSync(), classes);
  return pixels;
}

function checkNames(source: string, batch: Partial<LabelledImages>): void {
  const given = Object.keys(batch);
  const stray = given.filter((name) => name !== 'images' && name !== 'labels');
  if (batch.images === undefined || batch.labels === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `needs { images, labels }, got ${given.join(', ') || show(batch)}`,
      advice: 'Mixing changes labels too: hand both over.',
    });
  if (stray.length > 0)
    throw new DownhillError({
      code: 'unsupported',
      source,
      problem: `mixes images and labels of classes alone, got ${stray.join(', ')} too`,
      advice: 'Boxes, keypoints and masks have no mean of two images: leave mixing out where they are learned.',
    });
}

function checkClasses(source: string, labels: ArrayLike<number>, classes: number | undefined): void {
  if (classes === undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`classes\` must be given for labels of shape [${labels.length}]`,
      advice: 'Give the number of classes, or labels of shape [batch, classes].',
    });
  for (const [i, label] of Array.from(labels).entries())
    checkNumber(source, { [`labels[${i}]`]: label }, { min: 0, max: classes - 1, integer: true }, 'Classes count from 0.');
}

function checkShares(source: string, shares: ArrayLike<number>): void {
  const bad = Array.from(shares).find((share) => !(share >= 0 && Number.isFinite(share)));
  if (bad !== undefined) checkNumber(source, { 'a share in labels': bad }, { min: 0 }, 'Give probabilities, not logits.');
}
