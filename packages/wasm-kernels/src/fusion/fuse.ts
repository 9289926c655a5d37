import { broadcast_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Runtime } from '../runtime.ts';
import { evaluateSums, expressionOf } from './evaluate.ts';
import { agree, LONGEST_PERIOD, type Bounds, type Layout, type Operand, type Operation, type Repetition } from './expression.ts';

/** Smaller tensors are left to tfjs: deferring costs more than it saves. */
const FEWEST_VALUES = 4096;

/** A vector shorter than this that changes from group to group is not worth a block. */
const SHORTEST_GROUP = 256;

/** Whether an operation over these tensors, broadcast, is worth deferring and can be. */
export function canFuse(shape: readonly number[], inputs: readonly TensorInfo[]): boolean {
  const size = util.sizeFromShape([...shape]);
  if (size < FEWEST_VALUES) return false;
  return inputs.every(({ dtype, shape: own }) => {
    if (dtype !== 'float32') return false;
    const repeated = repetition(own, shape);
    if (repeated === undefined) return false;
    return repeated === 'none' || (repeated.period <= LONGEST_PERIOD && size / repeated.groups >= SHORTEST_GROUP);
  });
}

/** The shape of two tensors broadcast; `undefined` if they do not fit. */
export function broadcastShape(a: TensorInfo, b: TensorInfo): readonly number[] | undefined {
  try {
    return broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  } catch {
    return undefined; // tfjs's own kernel says so
  }
}

/** A tensor that is an operation over others, worked out when somebody looks at it. */
export function fuse(
  runtime: Runtime,
  operation: Operation,
  shape: readonly number[],
  inputs: readonly TensorInfo[],
  bounds?: Bounds,
): TensorInfo {
  const size = util.sizeFromShape([...shape]);
  const operands = inputs.map((input) => operandOf(runtime, input, shape));
  return runtime.memory.deferred(shape, expressionOf(runtime, operation, size, operands, bounds));
}

/** A tensor as an operand of an expression of `shape`; its data is held. */
export function operandOf({ memory }: Runtime, { dataId, shape: own }: TensorInfo, shape: readonly number[]): Operand {
  const data = memory.hold(dataId);
  const repeated = repetition(own, shape);
  return repeated === undefined || repeated === 'none' ? { data } : { data, repeated };
}

/** How a tensor is repeated when it is broadcast to `shape`: 'none' where it is not; `undefined` where it is no plain repetition. */
function repetition(own: readonly number[], shape: readonly number[]): Repetition | 'none' | undefined {
  const padded = [...Array.from({ length: shape.length - own.length }, () => 1), ...own];
  const isRepeated = (axis: number): boolean => padded[axis] === 1 && shape[axis] !== 1;
  const axes = shape.map((_, axis) => axis).filter(isRepeated);
  const [first] = axes;
  const last = axes.at(-1);
  if (first === undefined || last === undefined) return 'none';
  const between = padded.slice(first, last + 1);
  if (between.some((length) => length !== 1)) return undefined;
  return { groups: util.sizeFromShape(padded.slice(0, first)), period: util.sizeFromShape(padded.slice(last + 1)) };
}

/** The reduction of a shape over neighbouring axes, as the layout of its sums; `undefined` where it is better left to tfjs. */
export function reductionOf(shape: readonly number[], axes: readonly number[]): Layout | undefined {
  const size = util.sizeFromShape([...shape]);
  const sorted = axes.toSorted((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || size < FEWEST_VALUES) return undefined;
  if (last - first >= sorted.length) return undefined;
  const groups = util.sizeFromShape(shape.slice(0, first));
  const period = util.sizeFromShape(shape.slice(last + 1));
  return period <= LONGEST_PERIOD && size / groups >= SHORTEST_GROUP ? { size, groups, period } : undefined;
}

/** Sums each operand over a reduction, all in one pass over what they are made of. The operands stay held. */
export function sumOperands(
  runtime: Runtime,
  reduction: Layout,
  operands: readonly Operand[],
  addresses: readonly number[],
  divisor = 1,
): void {
  const layout = agree(reduction, operands);
  if (layout === undefined) for (const { data } of operands) data.address();
  evaluateSums(
    runtime,
    layout ?? reduction,
    operands.map((sum, index) => ({ sum, over: reduction, divisor, address: addresses[index] ?? 0 })),
  );
}
