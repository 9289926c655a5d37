import { AvgPool, MaxPool, util, type backend_util } from '@tensorflow/tfjs-core';
import { isWorthKeeping, poolKeeping } from '../fusion/pool-keeping.ts';
import { GEOMETRY_BYTES, isWrongInTfjs, pair, poolGeometry, writeGeometry, type PoolAttributes } from '../geometry.ts';
import { resultOf } from '../result.ts';
import { identity } from './identity.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Pooling where ours is faster than tfjs's own, or that is wrong: see {@link isWrongInTfjs}. */
const pool = (kernelName: string, native: 'maxPool' | 'avgPool'): TrainingKernel<'x', PoolAttributes> => ({
  kernelName,
  takes: ({ inputs: { x }, attrs }) => x.dtype === 'float32' && (isFaster(x.shape) || isWrong(attrs)),
  run(runtime, { inputs: { x }, attrs }, settings) {
    const { memory, native: kernels, scratch } = runtime;
    const geometry = poolGeometry(x.shape, attrs);
    if (isIdentity(geometry)) return identity.run(runtime, { inputs: { x }, attrs: {} }, settings);
    return resultOf(runtime, geometry.outShape, 'float32', (address, y) => {
      if (native === 'maxPool' && isWorthKeeping(geometry)) {
        poolKeeping(runtime, geometry, x, y);
        return;
      }
      scratch.with([GEOMETRY_BYTES], ([at]) => {
        writeGeometry(memory, at, geometry);
        kernels[native](at, memory.address(x.dataId), address);
      });
    });
  },
});

/** Windows of one value, as many as there are values: tfjs's `cpu` does not ask where they lie (see `isWrongInTfjs`). */
const isIdentity = ({ filterHeight, filterWidth, inShape, outShape }: backend_util.Conv2DInfo): boolean =>
  filterHeight === 1 && filterWidth === 1 && util.arraysEqual(inShape, outShape);

/** Channels enough for the native loops' vectors. */
const isFaster = ([, , , channels = 1]: readonly number[]): boolean => channels >= 8;

const isWrong = (attrs: PoolAttributes): boolean => attrs.pad !== 'same' && isWrongInTfjs(pair(attrs.filterSize), attrs);

export const maxPool: TrainingKernel<'x', PoolAttributes> = pool(MaxPool, 'maxPool');
export const avgPool: TrainingKernel<'x', PoolAttributes> = pool(AvgPool, 'avgPool');
