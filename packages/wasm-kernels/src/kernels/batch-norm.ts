import { FusedBatchNorm, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { canFuse, operandOf } from '../fusion/fuse.ts';
import { expressionOf } from '../fusion/evaluate.ts';
import type { Operand } from '../fusion/expression.ts';
import type { HeldData } from '../held-data.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes {
  readonly varianceEpsilon: number;
}

type Inputs = 'x' | 'mean' | 'variance' | 'offset' | 'scale';

/** Batch normalization, deferred: (x - mean) * (scale / sqrt(variance + epsilon)) + offset. */
export const batchNorm: TrainingKernel<Inputs, Attributes> = {
  kernelName: FusedBatchNorm,
  takes: ({ inputs: { x, ...statistics } }) =>
    canFuse(x.shape, [x]) && Object.values(statistics).every((each) => each === undefined || each === null || isChannelVector(each, x)),
  run(runtime, { inputs: { x, mean, variance, offset, scale }, attrs: { varianceEpsilon } }) {
    const { memory } = runtime;
    const { shape } = x;
    const size = util.sizeFromShape(shape);
    const channels = shape.at(-1) ?? 1;
    const factor = factorOf(runtime, variance, scale, varianceEpsilon);
    const over = (operation: 'subtract' | 'multiply' | 'add', a: Operand, b: Operand): Operand => ({
      data: memory.unnamed(size, expressionOf(runtime, operation, size, [a, b])),
    });
    const ofChannels = (data: HeldData): Operand => ({ data, repeated: { period: channels, groups: 1 } });
    const centred = over('subtract', operandOf(runtime, x, shape), operandOf(runtime, mean, shape));
    const scaled = over('multiply', centred, ofChannels(factor));
    const expression = (offset as TensorInfo | undefined | null)
      ? expressionOf(runtime, 'add', size, [scaled, operandOf(runtime, offset, shape)])
      : expressionOf(runtime, 'copy', size, [scaled]);
    return memory.deferred(shape, expression);
  },
};

/** Whether there is one number for each channel of x. */
const isChannelVector = ({ shape, dtype }: TensorInfo, x: TensorInfo): boolean =>
  dtype === 'float32' && util.sizeFromShape(shape) === x.shape.at(-1) && shape.at(-1) === x.shape.at(-1);

/** scale / sqrt(variance + epsilon), a number for each channel, in float64 until it is stored. */
function factorOf({ memory }: Runtime, variance: TensorInfo, scale: TensorInfo | undefined | null, epsilon: number): HeldData {
  const channels = util.sizeFromShape(variance.shape);
  const view = (address: number): Float32Array => new Float32Array(memory.memory.buffer, address, channels);
  const [varianceAt, scaleAt] = [memory.address(variance.dataId), scale ? memory.address(scale.dataId) : undefined];
  const data = memory.block(channels);
  const scales = scaleAt === undefined ? undefined : view(scaleAt);
  view(data.address()).set(view(varianceAt).map((value, channel) => (scales?.[channel] ?? 1) / Math.sqrt(value + epsilon)));
  return data;
}
