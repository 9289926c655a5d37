import { AvgPoolGrad } from '@tensorflow/tfjs-core';
import { GEOMETRY_BYTES, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** The gradient of average pooling. As in tfjs, padding counts as part of a window. */
export const avgPoolGrad: TrainingKernel<'dy' | 'input', PoolAttributes> = {
  kernelName: AvgPoolGrad,
  takes: ({ inputs: { input } }) => input.dtype === 'float32',
  run({ memory, native, scratch }, { inputs: { dy, input }, attrs }) {
    const geometry = poolGeometry(input.shape, attrs);
    const dx = memory.uninitialized(input.shape, 'float32');
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, geometry);
      native.avgPoolGrad(at, memory.address(dy.dataId), memory.address(dx.dataId));
    });
    return dx;
  },
};
