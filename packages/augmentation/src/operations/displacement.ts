import type { Draws } from '@downhill/core';
import { blur } from '../passes/blur.ts';
import type { Image } from '../passes/image.ts';
import { gaussianKernel } from '../geometry/gaussian-kernel.ts';

/**
 * A smooth random displacement of each pixel, (x, y) in pixels: even over [-1, 1), smoothed by a Gaussian, times α / 2: what torchvision's
 * `ElasticTransform` draws (Simard et al. 2003, section 2).
 */
export function smoothDisplacement(
  draws: Draws,
  { height, width }: { readonly height: number; readonly width: number },
  { alpha, sigma }: { readonly alpha: number; readonly sigma: number },
): Float32Array {
  const data = Float32Array.from({ length: height * width * 2 }, () => draws.uniform(-1, 1));
  const noise: Image = { height, width, channels: 2, data };
  const kernel = (side: number): readonly number[] => gaussianKernel(Math.min(oddAbove(8 * sigma + 1), 2 * side - 1), sigma);
  const smooth = sigma > 0 ? blur(noise, kernel(width), kernel(height)) : noise;
  return smooth.data.map((value) => (value * alpha) / 2);
}

const oddAbove = (length: number): number => {
  const whole = Math.trunc(length);
  return whole % 2 === 0 ? whole + 1 : whole;
};
