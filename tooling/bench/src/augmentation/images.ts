import { tensor1d, tensor4d, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { noise } from '../noise.ts';
import { SETTINGS, type AugmentationCase } from './cases.ts';

/** Fractions. */
export function batchOf({ shape }: AugmentationCase): Tensor4D {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor4d(
    noise(size, 1).map((value) => (value + 1) / 2),
    [...shape],
  );
}

export const labelsOf = ({ shape: [count] }: Tensor4D): Tensor1D =>
  tensor1d(
    Array.from({ length: count }, (_, i) => i % SETTINGS.classes),
    'int32',
  );
