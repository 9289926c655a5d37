import { augmentation, checkNumber, complete, type Augmentation } from '@downhill/core';

/** Options of {@link myAugmentation}; say whose defaults these are. */
export interface MyAugmentationOptions {
  /** How far values move up or down, as a share of the largest value, in [0, 1]. @defaultValue 0.2 */
  most?: number;
}

/**
 * Moves all values of an image by one random number. Write here what is drawn, and what a draw does.
 *
 *     b ~ U[−most, most)        y = clamp(x + b, 0, 1)
 *
 * Cite its source. Masks, boxes and keypoints stay where they are: no pixel moves.
 *
 * @example
 * const change = myAugmentation({ most: 0.1 });
 * change.name; // 'myAugmentation'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function myAugmentation(options: MyAugmentationOptions = {}): Augmentation<number> {
  const config = complete('myAugmentation', options, { most: 0.2 });
  const { most } = config;
  checkNumber('myAugmentation', { most }, { min: 0, max: 1 });
  return augmentation<number>({
    name: 'myAugmentation',
    config,
    draw: (draws) => draws.uniform(-most, most),
    apply: (b, { channels }) => [{ kind: 'colour', matrix: movedBy(b, channels), clamp: true }],
    check: (draw) => checkNumber('myAugmentation', { draw }, { min: -most, max: most }),
  });
}

/** The identity, with `b` added to each channel. */
const movedBy = (b: number, channels: number): readonly number[] =>
  Array.from({ length: channels }, (_, row) =>
    Array.from({ length: channels + 1 }, (_, k) => (k === channels ? b : k === row ? 1 : 0)),
  ).flat();
