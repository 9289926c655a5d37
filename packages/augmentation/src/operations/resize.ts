import { augmentation, DownhillError, type Augmentation, type Effect } from '@downhill/core';
import { resized } from '../geometry/crop-geometry.ts';
import { sizeOf, type Size } from './size.ts';
import { checkOptions } from './check-options.ts';
import { resamplingOf, type ResamplingOptions } from './resampling.ts';

/** How a picture comes to another size. */
export interface ResizeSampling extends Pick<ResamplingOptions, 'interpolation'> {
  /** Whether each pixel of a smaller picture is a mean of those that it stands for, not a sample of them. @defaultValue true (Keras has false; torchvision and PIL true) */
  antialias?: boolean;
}

/** Options of {@link resize}. */
export interface ResizeOptions extends ResizeSampling {
  size: Size;
}

/**
 * Brings the image to a size: torchvision's `Resize` with both sides given.
 *
 * @example
 * const small = resize({ size: [16, 16] });
 * small.name; // 'resize'
 *
 * @throws DownhillError `invalid-argument` for a size that is none, or bicubic interpolation with antialiasing.
 */
export function resize(options: ResizeOptions): Augmentation<null> {
  checkOptions('resize', options, ['size', 'interpolation', 'antialias']);
  const size = sizeOf('resize', 'size', options.size);
  const show = resizing('resize', options);
  return augmentation<null>({ name: 'resize', config: { ...options }, draw: () => null, apply: (_, image) => [show(image, size)] });
}

/** The effect that brings a picture of one size to another. */
export function resizing(
  source: string,
  options: ResizeSampling,
): (from: { readonly height: number; readonly width: number }, to: { readonly height: number; readonly width: number }) => Effect {
  const { interpolation } = resamplingOf(source, options);
  const antialias = options.antialias ?? interpolation === 'bilinear';
  if (antialias && interpolation !== 'bilinear')
    throw new DownhillError({
      code: 'unsupported',
      source,
      problem: `\`antialias\` goes with the interpolation 'bilinear' only, got '${interpolation}'`,
      advice: 'Leave it out.',
    });
  return (from, { height, width }) =>
    antialias ? { kind: 'neighbourhood', name: 'antialiasedResize', height, width } : resized(from, { height, width }, interpolation);
}
