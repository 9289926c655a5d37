import { Conv2DBackpropFilter } from '@tensorflow/tfjs-core';
import { tileSizeFor, type TileSize } from '../algorithm.ts';
import { GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime } from '../blocking.ts';
import { convolutionGeometry, GEOMETRY_BYTES, patchSize, writeGeometry, type ConvolutionAttributes, type Geometry } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { tilesAtATime, winogradScratchBytes } from '../winograd.ts';

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: readonly number[];
}

/** The gradient of a two-dimensional convolution by its filter; tfjs has none on wasm. */
export const conv2dBackpropFilter: TrainingKernel<'x' | 'dy', Attributes> = {
  kernelName: Conv2DBackpropFilter,
  run(runtime, { inputs: { x, dy }, attrs }, settings) {
    const { memory } = runtime;
    const geometry = convolutionGeometry(Conv2DBackpropFilter, x.shape, attrs.filterShape, attrs);
    const dw = memory.uninitialized(attrs.filterShape, 'float32');
    const at = { x: memory.address(x.dataId), dy: memory.address(dy.dataId), dw: memory.address(dw.dataId) };
    const size = tileSizeFor(geometry, settings);
    if (size === undefined) sumDirectly(runtime, geometry, at);
    else sumByTiles(runtime, geometry, size, at);
    return dw;
  },
};

/** Addresses. */
interface Operands {
  readonly x: number;
  readonly dy: number;
  readonly dw: number;
}

function sumDirectly({ memory, native, scratch }: Runtime, geometry: Geometry, { x, dy, dw }: Operands): void {
  const patch = patchSize(geometry);
  const pixels = pixelsAtATime(patch);
  const sizes = [GEOMETRY_BYTES, pixels * patch * 4, packedBytes(pixels, geometry.outChannels), GEMM_SCRATCH_BYTES] as const;
  scratch.with(sizes, ([at, patches, packed, rest]) => {
    writeGeometry(memory, at, geometry);
    native.conv2dBackpropFilter(at, x, dy, dw, pixels, patches, packed, rest);
  });
}

function sumByTiles({ memory, native, scratch }: Runtime, geometry: Geometry, size: TileSize, { x, dy, dw }: Operands): void {
  const group = tilesAtATime(size, geometry);
  scratch.with([GEOMETRY_BYTES, winogradScratchBytes(size, group, geometry)], ([at, rest]) => {
    writeGeometry(memory, at, geometry);
    native.winogradBackpropFilter(at, x, dy, dw, size, group, rest);
  });
}
