import { Add, ClipByValue, Multiply, Neg, RealDiv, Relu, Relu6, Square, Sub } from '@tensorflow/tfjs-core';
import type { Operation } from '../fusion/expression.ts';
import { broadcastShape, canFuse, fuse } from '../fusion/fuse.ts';
import type { TrainingKernel } from '../training-kernel.ts';

/** Operations on large tensors, deferred: several in a row are worked out together when somebody looks at the last. */
const binary = (kernelName: string, operation: Operation): TrainingKernel<'a' | 'b'> => ({
  kernelName,
  takes({ inputs: { a, b } }) {
    const shape = broadcastShape(a, b);
    return shape !== undefined && canFuse(shape, [a, b]);
  },
  run: (runtime, { inputs: { a, b } }) => fuse(runtime, operation, broadcastShape(a, b) ?? a.shape, [a, b]),
});

const unary = (kernelName: string, operation: Operation): TrainingKernel<'x'> => ({
  kernelName,
  takes: ({ inputs: { x } }) => canFuse(x.shape, [x]),
  run: (runtime, { inputs: { x } }) => fuse(runtime, operation, x.shape, operation === 'multiply' ? [x, x] : [x]),
});

const clipByValue: TrainingKernel<'x', { readonly clipValueMin: number; readonly clipValueMax: number }> = {
  kernelName: ClipByValue,
  takes: ({ inputs: { x } }) => canFuse(x.shape, [x]),
  run: (runtime, { inputs: { x }, attrs: { clipValueMin: low, clipValueMax: high } }) => fuse(runtime, 'clip', x.shape, [x], { low, high }),
};

const relu6: TrainingKernel<'x'> = {
  kernelName: Relu6,
  takes: ({ inputs: { x } }) => canFuse(x.shape, [x]),
  run: (runtime, { inputs: { x } }) => fuse(runtime, 'clip', x.shape, [x], { low: 0, high: 6 }),
};

export const elementwise: readonly TrainingKernel[] = [
  binary(Add, 'add'),
  binary(Sub, 'subtract'),
  binary(Multiply, 'multiply'),
  binary(RealDiv, 'divide'),
  unary(Neg, 'negate'),
  unary(Relu, 'relu'),
  unary(Square, 'multiply'),
  relu6,
  clipByValue,
];
