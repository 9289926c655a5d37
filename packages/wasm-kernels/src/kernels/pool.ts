import { AvgPool, MaxPool } from '@tensorflow/tfjs-core';
import { isWorthKeeping, poolKeeping } from '../fusion/kept-max-pool.ts';
import { GEOMETRY_BYTES, isWrongInTfjs, pair, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Pooling where ours is faster than tfjs's own, or that is wrong: see {@link isWrongInTfjs}. */
const pool = (kernelName: string, native: 'maxPool' | 'avgPool'): TrainingKernel<'x', PoolAttributes> => ({
  kernelName,
  takes: ({ inputs: { x }, attrs }) => x.dtype === 'float32' && (isFaster(x.shape) || isWrong(attrs)),
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

/** Channels enough for the native loops' vectors. */
const isFaster = ([, , , channels = 1]: readonly number[]): boolean => channels >= 8;

const isWrong = (attrs: PoolAttributes): boolean => attrs.pad !== 'same' && isWrongInTfjs(pair(attrs.filterSize), attrs);

export const maxPool: TrainingKernel<'x', PoolAttributes> = pool(MaxPool, 'maxPool');
export const avgPool: TrainingKernel<'x', PoolAttributes> = pool(AvgPool, 'avgPool');
