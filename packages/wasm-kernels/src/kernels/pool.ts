import { AvgPool, MaxPool } from '@tensorflow/tfjs-core';
import { isWorthKeeping, poolKeeping } from '../fusion/kept-max-pool.ts';
import { GEOMETRY_BYTES, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Pooling: faster than tfjs's own, and right where that is not (see `isWrongInTfjs`, and NaN, after which it takes any value). */
const pool = (kernelName: string, native: 'maxPool' | 'avgPool'): TrainingKernel<'x', PoolAttributes> => ({
  kernelName,
  takes: ({ inputs: { x } }) => x.dtype === 'float32',
  run(runtime, { inputs: { x }, attrs }) {
    const { memory, native: kernels, scratch } = runtime;
    const geometry = poolGeometry(x.shape, attrs);
    const y = memory.uninitialized(geometry.outShape, 'float32');
    if (native === 'maxPool' && isWorthKeeping(geometry)) {
      poolKeeping(runtime, geometry, x, y);
      return y;
    }
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, geometry);
      kernels[native](at, memory.address(x.dataId), memory.address(y.dataId));
    });
    return y;
  },
});

export const maxPool: TrainingKernel<'x', PoolAttributes> = pool(MaxPool, 'maxPool');
export const avgPool: TrainingKernel<'x', PoolAttributes> = pool(AvgPool, 'avgPool');
