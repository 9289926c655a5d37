import { util, type TensorInfo } from '@tensorflow/tfjs-core';

/** Whether a tensor's values lie in memory one after the other, all of the same size: those of strings do not. */
export const hasPlainValues = ({ dtype }: TensorInfo): boolean => dtype !== 'string' && dtype !== 'complex64';

/** Bytes of as many values as a shape has. */
export const bytesOf = ({ dtype }: TensorInfo, shape: readonly number[]): number =>
  util.sizeFromShape([...shape]) * util.bytesPerElement(dtype);
