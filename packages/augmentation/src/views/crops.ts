import { augmentation, DownhillError, type Augmentation } from '@downhill/core';
import { cropped } from '../geometry/crop-geometry.ts';
import { middle } from '../operations/crop.ts';
import { flip } from '../operations/flip.ts';
import { sizeOf, type Size } from '../operations/size.ts';

/** A way of looking at an image: operations without chance, one after the other. */
export type View = readonly Augmentation[];

const PLACES = ['top left', 'top right', 'bottom left', 'bottom right', 'centre'] as const;

/**
 * The four corners and the middle of an image, in torchvision's order (`five_crop`).
 *
 * @example
 * const views = fiveCrop(24);
 * views.length; // 5
 *
 * @throws DownhillError `invalid-argument` for a size that is none; when a view is taken, for one that is larger than the image.
 */
export const fiveCrop = (size: Size): readonly View[] => PLACES.map((place) => [cornerCrop(size, place)]);

/** Options of {@link tenCrop}. */
export interface TenCropOptions {
  /** How the image is turned over for the other five. @defaultValue 'horizontal' (Krizhevsky et al. 2012) */
  direction?: 'horizontal' | 'vertical';
}

/**
 * The corners and the middle of an image and of its mirror image (Krizhevsky et al. 2012, section 4.1; torchvision's `ten_crop`).
 *
 * @example
 * const views = tenCrop(24);
 * views.length; // 10
 *
 * @throws DownhillError as {@link fiveCrop}.
 */
export function tenCrop(size: Size, { direction = 'horizontal' }: TenCropOptions = {}): readonly View[] {
  const views = fiveCrop(size);
  const mirror = flip({ direction, probability: 1 });
  return [...views, ...views.map((view) => [mirror, ...view])];
}

function cornerCrop(size: Size, place: (typeof PLACES)[number]): Augmentation {
  const box = sizeOf('fiveCrop', 'size', size);
  return augmentation<null>({
    name: 'fiveCrop',
    config: [size],
    draw: () => null,
    apply(_, { height, width }) {
      const [down, right] = [height - box.height, width - box.width];
      if (down < 0 || right < 0)
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'fiveCrop',
          problem: `a crop of ${box.height} x ${box.width} is larger than the image, ${height} x ${width}`,
          advice: 'Resize the image first: [resizeShorter({ side }), ...view], as multiScale() does.',
        });
      const isCentre = place === 'centre';
      const top = isCentre ? middle(down) : place.startsWith('bottom') ? down : 0;
      const left = isCentre ? middle(right) : place.endsWith('right') ? right : 0;
      return [cropped({ top, left, ...box }, { border: 'constant', fill: undefined })];
    },
  });
}
