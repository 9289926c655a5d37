import { Cast, Identity } from '@tensorflow/tfjs-core';
import type { TrainingKernel } from '../training-kernel.ts';
import { hasPlainValues } from '../values.ts';

/** A copy that shares its data with the original, as on tfjs's other backends; tfjs 4.22 copies the values on wasm, many times a step. */
export const identity: TrainingKernel<'x'> = {
  kernelName: Identity,
  takes: ({ inputs: { x } }) => hasPlainValues(x),
  run({ backend }, { inputs: { x } }) {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
};

/** A cast to the dtype that a tensor has: no copy either. */
export const cast: TrainingKernel<'x', { readonly dtype: string }> = {
  kernelName: Cast,
  takes: ({ inputs: { x }, attrs: { dtype } }) => x.dtype === dtype && hasPlainValues(x),
  run: identity.run,
};
