import { backend_util, Concat, Pack, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { resultOf } from '../result.ts';
import type { Runtime } from '../runtime.ts';
import type { KernelCall, TrainingKernel } from '../training-kernel.ts';
import { bytesOf, hasPlainValues } from '../values.ts';

interface Attributes {
  readonly axis: number;
}

/** tfjs's own copies row by row in JavaScript. */
export const concat: TrainingKernel<string, Attributes> = {
  kernelName: Concat,
  takes: isOurs,
  run(runtime, { inputs, attrs }) {
    const parts = Object.values(inputs);
    const shapes = parts.map(({ shape }) => shape);
    const [axis = 0] = util.parseAxisParam(attrs.axis, shapes[0] ?? []);
    backend_util.assertParamsConsistent(shapes, axis);
    return join(runtime, parts, axis, backend_util.computeOutShape(shapes, axis));
  },
};

/** `tf.stack`. */
export const pack: TrainingKernel<string, Attributes> = {
  kernelName: Pack,
  takes: isOurs,
  run(runtime, { inputs, attrs: { axis } }) {
    const parts = Object.values(inputs);
    const shape = parts[0]?.shape ?? [];
    for (const part of parts) util.assertShapesMatch(shape, part.shape, 'All tensors passed to stack must have matching shapes');
    return join(runtime, parts, axis, shape.toSpliced(axis, 0, parts.length));
  },
};

function isOurs({ inputs }: KernelCall): boolean {
  const [first, ...others] = Object.values(inputs);
  return first !== undefined && hasPlainValues(first) && others.every(({ dtype }) => dtype === first.dtype);
}

/** Side by side are, for each place before `axis`, all values of the first part, then of the next. */
function join(runtime: Runtime, parts: readonly TensorInfo[], axis: number, shape: readonly number[]): TensorInfo {
  const rows = util.sizeFromShape(shape.slice(0, axis));
  const runs = parts.map((part) => ({ from: runtime.memory.address(part.dataId), bytes: bytesOf(part, part.shape.slice(axis)) }));
  const rowBytes = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  return resultOf(runtime, shape, parts[0]?.dtype ?? 'float32', (address) => {
    let to = address;
    for (const { from, bytes } of runs) {
      runtime.native.copyRows(from, bytes, to, rowBytes, bytes, rows);
      to += bytes;
    }
  });
}
