import { blend } from './blend.ts';
import { GRAY } from './gray.ts';
import type { Image, Range } from './image.ts';
import { truncated } from './levels.ts';

/** A blend with the mean of the image's gray, in place. */
export function stretchAroundMean(image: Image, factor: number, range: Range): Image {
  const { data, channels, height, width } = image;
  const weights = channels === 3 ? GRAY : [1];
  let sum = 0;
  for (let at = 0; at < data.length; at += channels) {
    const gray = weights.reduce((total, weight, channel) => total + weight * (data[at + channel] ?? 0), 0);
    sum += range === 255 && channels === 3 ? truncated(gray) : gray;
  }
  const mean = sum / (height * width);
  return blend(image, () => mean, factor, range);
}
