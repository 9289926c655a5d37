import { cast, equal, expandDims, greaterEqual, less, logicalAnd, where, type Tensor } from '@tensorflow/tfjs-core';

/** 0 for each class number from 0 to classes − 1, NaN for any other number; with an axis of length 1 behind, for rows to add it to. */
export function nanUnlessClass(numbers: Tensor, classes: number): Tensor {
  const inRange = logicalAnd(greaterEqual(numbers, 0), less(numbers, classes));
  const isClass = logicalAnd(inRange, equal(numbers, cast(numbers, 'int32')));
  return expandDims(where(isClass, 0, Number.NaN), -1);
}
