import { blend } from './blend.ts';
import { GRAY } from './gray.ts';
import type { Image, Range } from './image.ts';
import { roundingOf, truncated } from './levels.ts';

/** A blend with the mean of the image's gray, in place. */
export function stretchAroundMean(image: Image, factor: number, range: Range): Image {
  const { data, channels, height, width } = image;
  const weights = channels === 3 ? GRAY : [1];
  const rounded = roundingOf(range);
  const sums = [0, 0, 0, 0]; // four, as the kernel with vectors has them
  for (let pixel = 0; pixel < height * width; pixel++) {
    const gray = weights.reduce((total, weight, i) => rounded(total + rounded(rounded(weight) * (data[pixel * channels + i] ?? 0))), 0);
    sums[pixel % 4] = (sums[pixel % 4] ?? 0) + (range === 255 && channels === 3 ? truncated(gray) : gray);
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = sums;
  const mean = (first + third + (second + fourth)) / (height * width);
  return blend(image, () => mean, factor, range);
}

/** Each channel's blend with its own mean, in place. */
export function stretchChannels(image: Image, factor: number, range: Range): Image {
  const means = meansOf(image);
  return blend(image, (i) => means[i % image.channels] ?? 0, factor, range);
}

/** Each channel's mean. */
export function meansOf({ data, channels, height, width }: Image): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) sums[i % channels] = (sums[i % channels] ?? 0) + (data[i] ?? 0);
  return sums.map((sum) => sum / (height * width));
}
