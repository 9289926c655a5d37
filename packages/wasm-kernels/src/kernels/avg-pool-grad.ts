import { AvgPoolGrad } from '@tensorflow/tfjs-core';
import { GEOMETRY_BYTES, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import { resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** The gradient of average pooling. As in tfjs, padding counts as part of a window. */
export const avgPoolGrad: TrainingKernel<'dy' | 'input', PoolAttributes> = {
  kernelName: AvgPoolGrad,
  takes: ({ inputs: { input } }) => input.dtype === 'float32',
  run(runtime, { inputs: { dy, input }, attrs }) {
    const { memory, native, scratch } = runtime;
    return resultOf(runtime, input.shape, 'float32', (dx) => {
      scratch.with([GEOMETRY_BYTES], ([at]) => {
        writeGeometry(memory, at, poolGeometry(input.shape, attrs));
        native.avgPoolGrad(at, memory.address(dy.dataId), dx);
      });
    });
  },
};
