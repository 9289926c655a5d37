import { Mean, Sum, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { noteMean, sumsToZero } from '../fusion/centred.ts';
import type { Layout, Operand } from '../fusion/expression.ts';
import { MaxPoolGradient } from '../fusion/max-pool-gradient.ts';
import { outputValues } from '../geometry.ts';
import { reductionOf, sumOperands } from '../fusion/fuse.ts';
import { holding, resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** Sums over neighbouring axes; tfjs's own move the axes to the end first. What is summed need not be there yet. */
const reduce = (kernelName: string, divisorOf: (reduction: Layout) => number): TrainingKernel<'x', Attributes> => ({
  kernelName,
  takes: ({ inputs: { x }, attrs }) => x.dtype === 'float32' && reductionOf(x.shape, axesOf(x, attrs)) !== undefined,
  run(runtime, { inputs: { x }, attrs }) {
    const axes = axesOf(x, attrs);
    const reduction = reductionOf(x.shape, axes);
    if (reduction === undefined) throw new TypeError(`${kernelName}: not for this kernel`);
    return resultOf(runtime, reducedShape(x.shape, axes, attrs.keepDims), 'float32', (address, out) => {
      holding(runtime, [x, out], ([data, result]) => {
        if (sumsToZero({ data }, reduction)) {
          new Float32Array(runtime.memory.memory.buffer, address, util.sizeFromShape(out.shape)).fill(0);
        } else {
          const [operand, over] = summand({ data }, reduction);
          sumOperands(runtime, over, [operand], [address], divisorOf(reduction));
        }
        if (kernelName === Mean) noteMean(result, data, reduction);
      });
    });
  },
});

export const sum: TrainingKernel<'x', Attributes> = reduce(Sum, () => 1);
export const mean: TrainingKernel<'x', Attributes> = reduce(Mean, ({ size, groups, period }) => size / (groups * period));

/** What to sum, and how: a gradient of max pooling sums to the same before it is spread over the windows. */
function summand(operand: Operand, reduction: Layout): readonly [Operand, Layout] {
  const { computation } = operand.data;
  if (!(computation instanceof MaxPoolGradient) || !computation.pool.isComplete || reduction.groups > 1) return [operand, reduction];
  const { geometry } = computation.pool;
  if (reduction.period !== geometry.inChannels) return [operand, reduction];
  return [computation.gradient, { ...reduction, size: geometry.batchSize * outputValues(geometry) }];
}

const axesOf = ({ shape }: TensorInfo, { axis }: Attributes): readonly number[] => util.parseAxisParam(axis, shape);

const reducedShape = (shape: readonly number[], axes: readonly number[], keepDims: boolean): readonly number[] =>
  shape.flatMap((length, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [length]));
