import { ClipByValue, engine, Relu, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { WHERE_BETWEEN, WHERE_POSITIVE } from '../kernels/gradient-kernels.ts';
import type { TrainingGradient } from './training-gradient.ts';

const runs = (dy: Tensor, [saved]: readonly Tensor[]): boolean => dy.dtype === 'float32' && saved?.dtype === 'float32';

const run = (kernelName: string, inputs: Record<string, Tensor>, attributes: NamedAttrMap = {}): Tensor =>
  engine().runKernel(kernelName, inputs, attributes);

/** Of a relu, from its result, which the next layer keeps anyway. */
export const reluGradient: TrainingGradient = {
  kernelName: Relu,
  save: { inputsToSave: [], outputsToSave: [true] },
  takes: runs,
  gradient: (dy, [y]) => ({ x: () => run(WHERE_POSITIVE, { dy, y: y ?? dy }) }),
};

/** Of clipping: it passes where the input is between the bounds, these included. */
export const clipGradient: TrainingGradient = {
  kernelName: ClipByValue,
  takes: runs,
  gradient: (dy, [x], { clipValueMin: low, clipValueMax: high }) => ({
    x: () => run(WHERE_BETWEEN, { dy, x: x ?? dy }, { low: low as number, high: high as number }),
  }),
};
