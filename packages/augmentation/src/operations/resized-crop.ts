import { augmentation, checkNumber, type Augmentation, type Draws, type ImageSize } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import { cropped, type Box } from '../geometry/crop-geometry.ts';
import { intervalOf } from './interval.ts';
import { sizeOf, type Size } from './size.ts';
import { checkBox } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { middle } from './crop.ts';
import { resizing, type ResizeSampling } from './resize.ts';

/** Options of {@link resizedCrop}. */
export interface ResizedCropOptions extends ResizeSampling {
  /** Of the result. */
  size: Size;
  /** Of the box's share of the image's area. @defaultValue [0.08, 1] (torchvision) */
  scale?: readonly [low: number, high: number];
  /** Of the box's width over its height. @defaultValue [3/4, 4/3] (torchvision) */
  ratio?: readonly [low: number, high: number];
}

/** The box that is shown. */
export interface ResizedCropDraw extends Box {
  readonly [key: string]: number;
}

const ATTEMPTS = 10;

/**
 * Shows a box of random area and shape in a fixed size: torchvision's `RandomResizedCrop`, the crop of GoogLeNet (Szegedy et al. 2015,
 * arXiv:1409.4842, section 6).
 *
 * @example
 * const view = resizedCrop({ size: 224 });
 * view.name; // 'resizedCrop'
 *
 * @throws DownhillError `invalid-argument` for a size or range that is none.
 */
export function resizedCrop(options: ResizedCropOptions): Augmentation<ResizedCropDraw> {
  checkOptions('resizedCrop', options, ['size', 'scale', 'ratio', 'interpolation', 'antialias']);
  const { scale = [0.08, 1], ratio = [3 / 4, 4 / 3] } = options;
  const size = sizeOf('resizedCrop', 'size', options.size);
  const scales = intervalOf('resizedCrop', 'scale', scale, { above: 0 });
  const ratios = intervalOf('resizedCrop', 'ratio', ratio, { above: 0 });
  checkNumber('resizedCrop', { 'scale[0]': scales[0] }, { max: 1 });
  const show = resizing('resizedCrop', options);
  return augmentation<ResizedCropDraw>({
    name: 'resizedCrop',
    config: { ...options },
    check: (draw, image) => checkBox('resizedCrop', draw, image),
    draw: (draws, image) => ({ ...boxIn(image, draws, scales, ratios) }),
    apply: (box) => [cropped(box, { border: 'constant', fill: undefined }), show(box, size)],
  });
}

/** A box of a drawn area and shape; where none of ten fits, the largest in the middle whose shape is in the range. */
function boxIn({ height, width }: ImageSize, draws: Draws, scales: readonly [number, number], ratios: readonly [number, number]): Box {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const area = draws.uniform(...scales) * height * width;
    const shape = exp(draws.uniform(log(ratios[0]), log(ratios[1])));
    const [wide, high] = [Math.round(Math.sqrt(area * shape)), Math.round(Math.sqrt(area / shape))];
    if (wide >= 1 && high >= 1 && wide <= width && high <= height)
      return { top: draws.integer(height - high + 1), left: draws.integer(width - wide + 1), height: high, width: wide };
  }
  const shape = Math.min(ratios[1], Math.max(ratios[0], width / height));
  const [wide, high] = [Math.min(width, Math.round(height * shape)), Math.min(height, Math.round(width / shape))];
  return { top: middle(height - high), left: middle(width - wide), height: high, width: wide };
}
