import type { TensorInfo } from '@tensorflow/tfjs-core';
import { expressionOf } from '../fusion/evaluate.ts';
import type { Layout } from '../fusion/expression.ts';
import { operandOf, reductionOf, sumOperands } from '../fusion/fuse.ts';
import { resultOf } from '../result.ts';
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
    const view = (address: number): Float32Array => new Float32Array(memory.memory.buffer, address, channels);
    const [variances, scales] = [variance, scale].map(({ dataId }) => view(memory.address(dataId)).slice());
    const reciprocal = (channel: number): number => 1 / Math.sqrt((variances?.[channel] ?? 0) + varianceEpsilon);
    const factor = (channel: number): number => (scales?.[channel] ?? 1) * reciprocal(channel);
    const { sums, centredSums } = sumGradients(runtime, inputs, channels);
    const vector = (valueOf: (channel: number) => number): TensorInfo =>
      resultOf(runtime, [channels], 'float32', (address) =>
        view(address).forEach((_, channel, values) => (values[channel] = valueOf(channel))),
      );
    const sum = (channel: number): number => sums[channel] ?? 0;
    const centredSum = (channel: number): number => centredSums[channel] ?? 0;
    return [
      vector(factor),
      vector((channel) => -factor(channel) * sum(channel)),
      vector((channel) => -0.5 * factor(channel) * reciprocal(channel) * reciprocal(channel) * centredSum(channel)),
      vector((channel) => reciprocal(channel) * centredSum(channel)),
      vector(sum),
    ];
  },
};

/** Over all axes but the channels'. */
export const channelReduction = (shape: readonly number[]): Layout | undefined =>
  reductionOf(
    shape,
    shape.slice(1).map((_, axis) => axis),
  );

/** For each channel Σ dy and Σ dy (x - mean). */
function sumGradients(
  runtime: Runtime,
  { dy, x, mean }: Record<'dy' | 'x' | 'mean', TensorInfo>,
  channels: number,
): { readonly sums: Float32Array; readonly centredSums: Float32Array } {
  const { memory, scratch } = runtime;
  const { shape } = x;
  const reduction = channelReduction(shape);
  if (reduction === undefined) throw new TypeError(`${BATCH_NORM_GRAD}: not for this shape`);
  const { size } = reduction;
  const centred = expressionOf(runtime, 'subtract', size, [operandOf(runtime, x, shape), operandOf(runtime, mean, shape)]);
  const operands = [operandOf(runtime, dy, shape), { data: memory.unnamed(size, centred) }];
  const product = expressionOf(runtime, 'multiply', size, operands);
  const terms = [operandOf(runtime, dy, shape), { data: memory.unnamed(size, product) }];
  let results: Float32Array[] = [];
  try {
    scratch.with([channels * 4, channels * 4], (addresses) => {
      sumOperands(runtime, reduction, terms, addresses);
      results = addresses.map((address) => new Float32Array(memory.memory.buffer, address, channels).slice());
    });
  } finally {
    for (const { data } of terms) data.release();
  }
  const [sums = new Float32Array(), centredSums = new Float32Array()] = results;
  return { sums, centredSums };
}
