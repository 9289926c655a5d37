import type { ArrayData } from '@downhill/training';
import { invalid, readIdx } from './idx.ts';

/** The bytes of MNIST's four files, wherever they come from. */
export interface MnistFiles {
  readonly trainImages: Uint8Array;
  readonly trainLabels: Uint8Array;
  readonly testImages: Uint8Array;
  readonly testLabels: Uint8Array;
}

/** Pictures of digits, 28 x 28, with the digits as class numbers. */
export interface Mnist {
  readonly training: ArrayData;
  readonly test: ArrayData;
}

export const SIDE = 28;
export const CLASSES = 10;

/** @param limit How many of the training pictures are used, from the first on. @throws DownhillError `data-invalid` */
export function mnist(files: MnistFiles, limit: number): Mnist {
  return {
    training: digits('the training images', files.trainImages, 'the training labels', files.trainLabels, limit),
    test: digits('the test images', files.testImages, 'the test labels', files.testLabels, Infinity),
  };
}

function digits(imagesName: string, imageBytes: Uint8Array, labelsName: string, labelBytes: Uint8Array, limit: number): ArrayData {
  const images = readIdx(imagesName, imageBytes);
  const labels = readIdx(labelsName, labelBytes);
  const [count = 0, ...size] = images.shape;
  if (size.join() !== [SIDE, SIDE].join())
    throw invalid(imagesName, `it should hold pictures of ${SIDE} x ${SIDE}, not [${size.join(', ')}]`);
  if (labels.shape.join() !== String(count))
    throw invalid(labelsName, `it should hold one label per picture (${count}), not [${labels.shape.join(', ')}]`);
  const wrong = labels.values.find((label) => label >= CLASSES);
  if (wrong !== undefined) throw invalid(labelsName, `it holds the label ${wrong}`);
  const taken = Math.min(limit, count);
  return {
    xs: { values: images.values.subarray(0, taken * SIDE * SIDE), shape: [SIDE, SIDE, 1], scale: 1 / 255 },
    ys: { values: labels.values.subarray(0, taken), shape: [], dtype: 'int32' },
  };
}
