import { tensor, type Tensor } from '@tensorflow/tfjs-core';

/** A tensor as reference files of the general format have it, row-major; without a dtype it is of floats. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype?: 'uint8' | 'int32' | 'bool';
}

export const isTensorData = (value: unknown): value is TensorData =>
  typeof value === 'object' && value !== null && 'shape' in value && 'data' in value;

/** As a tensor of tfjs, which has no uint8: such numbers become int32. */
export const tensorOf = ({ shape, data, dtype }: TensorData): Tensor =>
  tensor([...data], [...shape], dtype === undefined ? 'float32' : dtype === 'bool' ? 'bool' : 'int32');
