import { checkNumber, complete, DownhillError, isAugmentation, show, type Augmentation } from '@downhill/core';
import type { Which } from './pipeline.ts';

/** @throws DownhillError `invalid-argument` for what is no list of operations. */
export function operationsOf(operations: unknown): readonly Augmentation[] {
  const list: readonly unknown[] = Array.isArray(operations) ? operations : [operations];
  const stray = list.findIndex((operation) => !isAugmentation(operation));
  if (Array.isArray(operations) && stray < 0) return list as readonly Augmentation[];
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'compose',
    problem: Array.isArray(operations)
      ? `\`operations[${stray}]\` must be an operation such as flip(), got ${show(list[stray])}`
      : `\`operations\` must be a list such as [flip()], got ${show(operations)}`,
    advice: 'mixup() and cutmix() mix labels too: apply them to the batch that a pipeline returns.',
  });
}

/** @throws DownhillError `invalid-argument`, `shape-mismatch` for epochs and samples that are none of a batch. */
export function checkedWhich(images: number, which: Which): { readonly epoch: number; readonly samples: ArrayLike<number> } {
  const { epoch, samples } = complete('compose', which, { epoch: 0, samples: Array.from({ length: images }, (_, i) => i) });
  checkNumber('compose', { epoch }, { min: 0, integer: true });
  checkCount('samples', samples.length, images);
  for (let i = 0; i < images; i++)
    if (!Number.isSafeInteger(samples[i])) checkNumber('compose', { [`samples[${i}]`]: samples[i] }, { integer: true });
  return { epoch, samples };
}

/** @throws DownhillError `shape-mismatch` */
export function checkCount(name: string, got: number, images: number): void {
  if (got === images) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'compose',
    problem: `there must be ${name} for each of ${images} images, got ${got}`,
  });
}
