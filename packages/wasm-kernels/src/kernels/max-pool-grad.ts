import { MaxPoolGrad } from '@tensorflow/tfjs-core';
import { keptOf } from '../fusion/kept-max-pool.ts';
import { MaxPoolGradient } from '../fusion/max-pool-gradient.ts';
import { GEOMETRY_BYTES, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import { resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** The gradient of max pooling. The gradient of a window goes to its first largest value, as in tfjs. */
export const maxPoolGrad: TrainingKernel<'dy' | 'input' | 'output', PoolAttributes> = {
  kernelName: MaxPoolGrad,
  takes: ({ inputs: { input } }) => input.dtype === 'float32',
  run(runtime, { inputs: { dy, input, output }, attrs }) {
    const { memory, native, scratch } = runtime;
    const kept = keptOf(memory.known(output.dataId));
    if (kept !== undefined && kept.input === memory.known(input.dataId)) {
      const gradient = new MaxPoolGradient(runtime, kept, { data: memory.hold(dy.dataId) });
      return memory.deferred(input.shape, gradient);
    }
    return resultOf(runtime, input.shape, 'float32', (dx) => {
      scratch.with([GEOMETRY_BYTES], ([at]) => {
        writeGeometry(memory, at, poolGeometry(input.shape, attrs));
        native.maxPoolGrad(at, memory.address(input.dataId), memory.address(dy.dataId), dx);
      });
    });
  },
};
