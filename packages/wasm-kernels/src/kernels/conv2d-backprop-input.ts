import { Conv2DBackpropInput, util } from '@tensorflow/tfjs-core';
import { tileSizeFor, type TileSize } from '../algorithm.ts';
import { GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime, tapsAtATime } from '../blocking.ts';
import { convolutionGeometry, GEOMETRY_BYTES, writeGeometry, type ConvolutionAttributes, type Geometry } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { gradientGeometry, tilesAtATime, winogradScratchBytes } from '../winograd.ts';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: readonly number[];
}

/**
 * The gradient of a two-dimensional convolution by its input, and `conv2dTranspose`. tfjs's own loops over single floats; it keeps
 * calls with channels first and those whose `dy` has not the shape of the convolution's output.
 */
export const conv2dBackpropInput: TrainingKernel<'dy' | 'filter', Attributes> = {
  kernelName: Conv2DBackpropInput,
  takes: ({ inputs: { dy, filter }, attrs }) =>
    attrs.dataFormat !== 'NCHW' &&
    util.arraysEqual(dy.shape, convolutionGeometry(Conv2DBackpropInput, attrs.inputShape, filter.shape, attrs).outShape),
  run(runtime, { inputs: { dy, filter }, attrs }, settings) {
    const { memory } = runtime;
    const geometry = convolutionGeometry(Conv2DBackpropInput, attrs.inputShape, filter.shape, attrs);
    const dx = memory.uninitialized(attrs.inputShape, 'float32');
    const at = { dy: memory.address(dy.dataId), filter: memory.address(filter.dataId), dx: memory.address(dx.dataId) };
    const turned = gradientGeometry(geometry);
    const size = tileSizeFor(turned, settings);
    if (size === undefined) spreadDirectly(runtime, geometry, at);
    else convolveByTiles(runtime, turned, size, at);
    return dx;
  },
};

/** Addresses. */
interface Operands {
  readonly dy: number;
  readonly filter: number;
  readonly dx: number;
}

function spreadDirectly({ memory, native, scratch }: Runtime, geometry: Geometry, { dy, filter, dx }: Operands): void {
  const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
  const { taps, channels } = tapsAtATime(filterHeight * filterWidth, inChannels, outChannels);
  const columns = taps * channels;
  const pixels = pixelsAtATime(columns);
  const sizes = [GEOMETRY_BYTES, pixels * columns * 4, packedBytes(outChannels, columns), GEMM_SCRATCH_BYTES] as const;
  scratch.with(sizes, ([at, patches, packed, rest]) => {
    writeGeometry(memory, at, geometry);
    native.conv2dBackpropInput(at, dy, filter, dx, taps, channels, pixels, patches, packed, rest);
  });
}

/** The same as a convolution of `dy` with the turned filter: of geometry `turned`. */
function convolveByTiles({ memory, native, scratch }: Runtime, turned: Geometry, size: TileSize, { dy, filter, dx }: Operands): void {
  const group = tilesAtATime(size, turned);
  const { inChannels: outChannels, outChannels: inChannels } = turned;
  const sizes = [GEOMETRY_BYTES, 9 * inChannels * outChannels * 4, winogradScratchBytes(size, group, turned)] as const;
  scratch.with(sizes, ([at, turnedFilter, rest]) => {
    writeGeometry(memory, at, turned);
    native.turnFilter(9, inChannels, outChannels, filter, turnedFilter);
    native.winogradConv2d(at, dy, turnedFilter, 0, dx, size, group, rest);
  });
}
