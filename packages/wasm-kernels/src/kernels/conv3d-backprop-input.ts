import { backend_util, Conv3DBackpropInputV2 } from '@tensorflow/tfjs-core';
import { resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes {
  readonly strides: [number, number, number] | number;
  readonly pad: 'same' | 'valid';
  readonly inputShape: [number, number, number, number, number];
}

type Shape5 = [number, number, number, number, number];

/** The gradient of a three-dimensional convolution by its input: a plain loop, since tfjs's own on wasm is wrong. */
export const conv3dBackpropInput: TrainingKernel<'dy' | 'filter', Attributes> = {
  kernelName: Conv3DBackpropInputV2,
  run(runtime, { inputs: { dy, filter }, attrs: { strides, pad, inputShape } }) {
    const { memory } = runtime;
    const geometry = backend_util.computeConv3DInfo(inputShape, filter.shape as Shape5, strides, 1, pad);
    const view = (address: number, size: number): Float32Array => new Float32Array(memory.memory.buffer, address, size);
    const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
    return resultOf(runtime, inputShape, 'float32', (dx) => {
      const sums = new Float64Array(size(inputShape));
      const [dyAt, filterAt] = [memory.address(dy.dataId), memory.address(filter.dataId)];
      addGradients(geometry, view(dyAt, size(dy.shape)), view(filterAt, size(filter.shape)), sums);
      view(dx, sums.length).set(sums);
    });
  },
};

/** dX[input voxel, i] = Σ over output voxels and o of dY[output voxel, o] W[tap, i, o]. */
function addGradients(g: backend_util.Conv3DInfo, dy: Float32Array, w: Float32Array, dx: Float64Array): void {
  for (const { from, to, tap } of touches(g)) {
    for (let i = 0; i < g.inChannels; i++) {
      const filter = (tap * g.inChannels + i) * g.outChannels;
      let sum = 0;
      for (let o = 0; o < g.outChannels; o++) sum += (dy[from * g.outChannels + o] ?? 0) * (w[filter + o] ?? 0);
      dx[to * g.inChannels + i] = (dx[to * g.inChannels + i] ?? 0) + sum;
    }
  }
}

/** Each output voxel with each of its taps inside the input. */
function* touches(g: backend_util.Conv3DInfo): Generator<{ from: number; to: number; tap: number }> {
  const outVoxels = g.outDepth * g.outHeight * g.outWidth;
  const taps = g.filterDepth * g.filterHeight * g.filterWidth;
  for (let from = 0; from < g.batchSize * outVoxels; from++) {
    const [outDepth, outRow, outColumn] = place(from % outVoxels, g.outHeight, g.outWidth);
    for (let tap = 0; tap < taps; tap++) {
      const [tapDepth, tapRow, tapColumn] = place(tap, g.filterHeight, g.filterWidth);
      const depth = outDepth * g.strideDepth - g.padInfo.front + tapDepth;
      const row = outRow * g.strideHeight - g.padInfo.top + tapRow;
      const column = outColumn * g.strideWidth - g.padInfo.left + tapColumn;
      if (depth < 0 || depth >= g.inDepth || row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
      const image = Math.floor(from / outVoxels);
      yield { from, to: ((image * g.inDepth + depth) * g.inHeight + row) * g.inWidth + column, tap };
    }
  }
}

const place = (index: number, height: number, width: number): [number, number, number] => [
  Math.floor(index / (height * width)),
  Math.floor(index / width) % height,
  index % width,
];
