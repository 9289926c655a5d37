import type { Image, Range } from './image.ts';
import { levelOf, valueOf } from './levels.ts';

/** Each channel so that its levels are used evenly, by PIL's rule; fractions are taken as 256 levels. */
export function equalize(image: Image, range: Range): Image {
  const { data, channels } = image;
  for (let channel = 0; channel < channels; channel++) {
    const histogram = new Int32Array(256);
    for (let at = channel; at < data.length; at += channels) {
      const level = levelOf(data[at] ?? 0, range);
      histogram[level] = (histogram[level] ?? 0) + 1;
    }
    const levels = equalized(histogram);
    if (levels === undefined) continue;
    for (let at = channel; at < data.length; at += channels) data[at] = valueOf(levels[levelOf(data[at] ?? 0, range)] ?? 0, range);
  }
  return image;
}

/** What each level becomes; undefined where there are too few pixels to say. */
function equalized(histogram: Int32Array): Int32Array | undefined {
  const last = histogram.findLastIndex((count) => count > 0);
  const step = Math.floor(histogram.reduce((sum, count, level) => (level === last ? sum : sum + count), 0) / 255);
  if (step === 0) return undefined;
  let before = 0;
  return histogram.map((count) => {
    const level = Math.min(255, Math.floor((before + Math.floor(step / 2)) / step));
    before += count;
    return level;
  });
}
