import { emptyImage, type Image } from './image.ts';

/** Pixels of the image along one axis that make one of the result, and their weights. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Each pixel of the result is a mean under a triangle that is as wide as the pixels that it stands for, as in PIL. */
export function antialiasedResize(image: Image, { height, width }: { readonly height: number; readonly width: number }): Image {
  return resizeAxis(resizeAxis(image, width, 'width'), height, 'height');
}

function tapsOf(index: number, from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const centre = (index + 0.5) * scale;
  const first = Math.max(0, Math.trunc(centre - reach + 0.5));
  const end = Math.min(from, Math.trunc(centre + reach + 0.5));
  const raw = Array.from({ length: end - first }, (_, i) => Math.max(0, 1 - Math.abs((first + i + 0.5 - centre) / reach)));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return { first, weights: raw.map((weight) => weight / sum) };
}

function resizeAxis(image: Image, length: number, axis: 'height' | 'width'): Image {
  const from = image[axis];
  const size = { height: image.height, width: image.width, [axis]: length };
  const result = emptyImage(size.height, size.width, image.channels);
  const inner = axis === 'width' ? image.channels : image.width * image.channels;
  for (let place = 0; place < length; place++) {
    const { first, weights } = tapsOf(place, from, length);
    for (let outer = 0; outer < result.data.length / (length * inner); outer++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (const [tap, weight] of weights.entries()) sum += weight * (image.data[(outer * from + first + tap) * inner + i] ?? 0);
        result.data[(outer * length + place) * inner + i] = sum;
      }
    }
  }
  return result;
}
