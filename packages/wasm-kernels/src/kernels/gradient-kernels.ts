import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { fuse, operandOf, reductionOf, sumOperands } from '../fusion/fuse.ts';
import { Expression } from '../fusion/expression.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Names of the kernels that our gradients are made of and tfjs has not. */
export const WHERE_POSITIVE = 'DownhillWherePositive';
export const WHERE_BETWEEN = 'DownhillWhereBetween';
export const REPEAT = 'DownhillRepeat';
export const CENTRED_SUMS = 'DownhillCentredSums';

/** dy where y is above 0: the gradient of relu, from its result. */
const wherePositive: TrainingKernel<'dy' | 'y'> = {
  kernelName: WHERE_POSITIVE,
  run: (runtime, { inputs: { dy, y } }) => fuse(runtime, 'wherePositive', dy.shape, [dy, y]),
};

interface Between extends NamedAttrMap {
  readonly low: number;
  readonly high: number;
}

/** dy where x is between two bounds: the gradient of clipping. */
const whereBetween: TrainingKernel<'dy' | 'x', Between> = {
  kernelName: WHERE_BETWEEN,
  run: (runtime, { inputs: { dy, x }, attrs }) => fuse(runtime, 'whereBetween', dy.shape, [dy, x], attrs),
};

/** A tensor broadcast to a shape. */
const repeat: TrainingKernel<'x', { readonly shape: readonly number[] }> = {
  kernelName: REPEAT,
  run: (runtime, { inputs: { x }, attrs: { shape } }) => fuse(runtime, 'copy', shape, [x]),
};

/** For each channel Σ dy and Σ dy (x - mean), in one pass. */
const centredSums: TrainingKernel<'dy' | 'x' | 'mean'> = {
  kernelName: CENTRED_SUMS,
  run(runtime, { inputs: { dy, x, mean } }): TensorInfo[] {
    const { memory } = runtime;
    const { shape } = x;
    const channels = shape.at(-1) ?? 1;
    const reduction = reductionOf(shape, shape.slice(1).map((_, axis) => axis));
    if (reduction === undefined) throw new TypeError(`${CENTRED_SUMS}: not for this shape`);
    const { size } = reduction;
    const unnamed = (expression: Expression): { data: ReturnType<typeof memory.unnamed> } => ({ data: memory.unnamed(size, expression) });
    const gradient = operandOf(runtime, dy, shape);
    const centred = unnamed(new Expression(runtime, 'subtract', size, [operandOf(runtime, x, shape), operandOf(runtime, mean, shape)]));
    const product = unnamed(new Expression(runtime, 'multiply', size, [operandOf(runtime, dy, shape), centred]));
    const outs = [memory.uninitialized([channels], 'float32'), memory.uninitialized([channels], 'float32')];
    sumOperands(
      runtime,
      reduction,
      [gradient, product],
      outs.map(({ dataId }) => memory.address(dataId)),
    );
    gradient.data.release();
    product.data.release();
    return outs;
  },
};

export const gradientKernels: readonly TrainingKernel[] = [wherePositive, whereBetween, repeat, centredSums];
