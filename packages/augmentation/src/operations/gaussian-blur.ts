import { augmentation, DownhillError, show, type Augmentation } from '@downhill/core';
import { gaussianKernel } from '../geometry/gaussian-kernel.ts';
import { intervalOf } from './interval.ts';
import { sizeOf, type Size } from './size.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link gaussianBlur}. */
export interface GaussianBlurOptions {
  /** Pixels that are averaged, odd: [height, width] or one number for both. */
  kernelSize: Size;
  /** The standard deviation in pixels is drawn from [low, high]. @defaultValue [0.1, 2] (torchvision) */
  sigma?: readonly [low: number, high: number];
}

/** The standard deviations along x and y, in pixels. */
export interface GaussianBlurDraw {
  readonly sigmaX: number;
  readonly sigmaY: number;
  readonly [key: string]: number;
}

/**
 * Blurs by a Gaussian, mirrored beyond the border: torchvision's `GaussianBlur`.
 *
 * @example
 * const soft = gaussianBlur({ kernelSize: 5 });
 * soft.name; // 'gaussianBlur'
 *
 * @throws DownhillError `invalid-argument` for an even size, or a sigma that is not above 0; when it is applied, for a kernel more than
 * twice as large as the image.
 */
export function gaussianBlur(options: GaussianBlurOptions): Augmentation<GaussianBlurDraw> {
  checkOptions('gaussianBlur', options, ['kernelSize', 'sigma']);
  const size = sizeOf('gaussianBlur', 'kernelSize', options.kernelSize);
  if (size.height % 2 === 0 || size.width % 2 === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'gaussianBlur',
      problem: `\`kernelSize\` must be odd, got ${show(options.kernelSize)}`,
      advice: 'One pixel is in the middle.',
    });
  const sigmas = intervalOf('gaussianBlur', 'sigma', options.sigma ?? [0.1, 2], { above: 0 });
  return augmentation<GaussianBlurDraw>({
    name: 'gaussianBlur',
    config: { ...options },
    check: (draw) => checkDraw('gaussianBlur', draw, { sigmaX: { above: 0 }, sigmaY: { above: 0 } }),
    draw(draws) {
      const sigma = draws.uniform(...sigmas);
      return { sigmaX: sigma, sigmaY: sigma };
    },
    apply({ sigmaX, sigmaY }, { height, width }) {
      if (size.height > 2 * height - 1 || size.width > 2 * width - 1)
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'gaussianBlur',
          problem: `a kernel of ${size.height} x ${size.width} reaches more than once around an image of ${height} x ${width}`,
        });
      return [
        { kind: 'neighbourhood', name: 'blur', kernelX: gaussianKernel(size.width, sigmaX), kernelY: gaussianKernel(size.height, sigmaY) },
      ];
    },
  });
}
