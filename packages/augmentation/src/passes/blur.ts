import { emptyImage, type Image } from './image.ts';

/** The image convolved with one kernel along its rows and one along its columns, both of odd length; beyond the border it is mirrored. */
export function blur(image: Image, kernelX: readonly number[], kernelY: readonly number[]): Image {
  return along(along(image, kernelX, 'width'), kernelY, 'height');
}

function along(image: Image, kernel: readonly number[], axis: 'height' | 'width'): Image {
  const { height, width, channels, data } = image;
  const result = emptyImage(height, width, channels);
  const length = image[axis];
  const step = axis === 'width' ? channels : width * channels;
  const half = (kernel.length - 1) / 2;
  const mirrored = (at: number): number => (at < 0 ? -at : at >= length ? 2 * length - 2 - at : at);
  for (let i = 0; i < data.length; i++) {
    const place = Math.floor(i / step) % length;
    let sum = 0;
    for (const [tap, weight] of kernel.entries()) sum += weight * (data[i + (mirrored(place + tap - half) - place) * step] ?? 0);
    result.data[i] = sum;
  }
  return result;
}
