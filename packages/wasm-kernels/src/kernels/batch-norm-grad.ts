import type { TensorInfo } from '@tensorflow/tfjs-core';
import { expressionOf } from '../fusion/evaluate.ts';
import type { Layout } from '../fusion/expression.ts';
import { operandOf, reductionOf, sumOperands } from '../fusion/fuse.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

export const BATCH_NORM_GRAD = 'DownhillBatchNormGrad';

type Inputs = 'dy' | 'x' | 'mean' | 'variance' | 'scale';

/**
 * What the gradient of batch normalization needs of whole images: for each channel, with r = 1 / sqrt(variance + ε), scale · r,
 * by which dy becomes dx, and the gradients by mean, variance, scale and offset. All are made of Σ dy and Σ dy (x - mean), which
 * take one pass.
 */
export const batchNormGrad: TrainingKernel<Inputs, { readonly varianceEpsilon: number }> = {
  kernelName: BATCH_NORM_GRAD,
  run(runtime, { inputs, attrs: { varianceEpsilon } }) {
    const { memory } = runtime;
    const { x, variance, scale } = inputs;
    const channels = x.shape.at(-1) ?? 1;
    const outs = Array.from({ length: 5 }, () => memory.uninitialized([channels], 'float32'));
    const at = outs.map(({ dataId }) => memory.address(dataId));
    sumGradients(runtime, inputs, [at[4] ?? 0, at[3] ?? 0]);
    const view = (address: number): Float32Array => new Float32Array(memory.memory.buffer, address, channels);
    const [varianceAt, scaleAt] = [memory.address(variance.dataId), memory.address(scale.dataId)];
    const [variances, scales] = [view(varianceAt), view(scaleAt)];
    const [factors, dMean, dVariance, dScale, dOffset] = at.map(view) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const [channel, sum] of dOffset.entries()) {
      const reciprocal = 1 / Math.sqrt((variances[channel] ?? 0) + varianceEpsilon);
      const factor = (scales[channel] ?? 1) * reciprocal;
      const centredSum = dScale[channel] ?? 0;
      factors[channel] = factor;
      dMean[channel] = -factor * sum;
      dVariance[channel] = -0.5 * factor * reciprocal * reciprocal * centredSum;
      dScale[channel] = reciprocal * centredSum;
    }
    return outs;
  },
};

/** Over all axes but the channels'. */
export const channelReduction = (shape: readonly number[]): Layout | undefined =>
  reductionOf(
    shape,
    shape.slice(1).map((_, axis) => axis),
  );

/** For each channel Σ dy and Σ dy (x - mean). */
function sumGradients(runtime: Runtime, { dy, x, mean }: Record<'dy' | 'x' | 'mean', TensorInfo>, addresses: readonly number[]): void {
  const { memory } = runtime;
  const { shape } = x;
  const reduction = channelReduction(shape);
  if (reduction === undefined) throw new TypeError(`${BATCH_NORM_GRAD}: not for this shape`);
  const { size } = reduction;
  const centred = expressionOf(runtime, 'subtract', size, [operandOf(runtime, x, shape), operandOf(runtime, mean, shape)]);
  const operands = [operandOf(runtime, dy, shape), { data: memory.unnamed(size, centred) }];
  const product = expressionOf(runtime, 'multiply', size, operands);
  const sums = [operandOf(runtime, dy, shape), { data: memory.unnamed(size, product) }];
  sumOperands(runtime, reduction, sums, addresses);
  for (const { data } of sums) data.release();
}
