import { MaxPoolGrad } from '@tensorflow/tfjs-core';
import { GEOMETRY_BYTES, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** The gradient of max pooling. The gradient of a window goes to its first largest value, as in tfjs. */
export const maxPoolGrad: TrainingKernel<'dy' | 'input', PoolAttributes> = {
  kernelName: MaxPoolGrad,
  takes: ({ inputs: { input } }) => input.dtype === 'float32',
  run({ memory, native, scratch }, { inputs: { dy, input }, attrs }) {
    const geometry = poolGeometry(input.shape, attrs);
    const dx = memory.uninitialized(input.shape, 'float32');
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, geometry);
      native.maxPoolGrad(at, memory.address(input.dataId), memory.address(dy.dataId), memory.address(dx.dataId));
    });
    return dx;
  },
};
