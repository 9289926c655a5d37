import { register, type Augmentation, type Factory, type ImageSize } from '@downhill/core';
import { beforeAll, describe, test } from 'vitest';
import { augmentationChecks } from './augmentation-checks.ts';
import type { Compose } from './image-checks.ts';

/** Options of {@link testAugmentation}. */
export interface TestAugmentationOptions {
  /** The factories that the operation's JSON names, as `register` takes them. */
  factories: Readonly<Record<string, Factory>>;
  /** The size of the images that it is tried on. @defaultValue `{ height: 24, width: 20, channels: 3 }` */
  image?: ImageSize;
  /** `compose` of `@downhill/augmentation`, which runs the operation on images. @defaultValue its effects are looked at, no images */
  compose?: Compose;
}

/**
 * Tests of the augmentation contract, for vitest: draws of plain JSON from the given numbers alone, effects of the draw alone that can be
 * applied, points that go where the pixels go, damaged draws refused, serializable, and readable errors for bad numbers. With `compose` also on
 * images: the range of values, the same pixels whatever the batch, nothing changed in place, no leaks, keypoints, boxes and masks that follow a
 * dot.
 *
 * What an operation does not do it declares itself: `channels`, `leavesRange`.
 *
 * @param name The factory's name, under which the operation saves itself.
 * @param make Makes the operation anew at each call.
 *
 * @example
 * testAugmentation('flip', () => flip({ direction: 'vertical' }), { factories: { flip }, compose });
 */
export function testAugmentation(
  name: string,
  make: () => Augmentation,
  { factories, image = { height: 24, width: 20, channels: 3 }, compose }: TestAugmentationOptions,
): void {
  describe(`the augmentation contract: ${name}`, () => {
    beforeAll(() => register(factories));
    for (const [title, check] of Object.entries(augmentationChecks(name, make, image))) test(title, check);
  });
  if (compose === undefined) return;
  describe(`the augmentation contract: ${name} on images`, async () => {
    // Loaded here, so that tests of other plugins need no tfjs.
    await import('@tensorflow/tfjs-backend-cpu');
    const { imageChecks } = await import('./image-checks.ts');
    for (const [title, check] of Object.entries(imageChecks(make, compose, image))) test(title, check);
  });
}
