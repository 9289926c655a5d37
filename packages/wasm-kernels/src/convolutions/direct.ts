import { columnsAtATime, GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime, tapsAtATime } from '../blocking.ts';
import type { Convolution } from '../fusion/convolution.ts';
import { GEOMETRY_BYTES, patchSize, writeGeometry } from '../geometry.ts';

/** By products of matrices of patches. */
export const directConvolution: Convolution = {
  forward({ memory, native, scratch }, geometry, filter, bias, use) {
    const patch = patchSize(geometry);
    const pixels = pixelsAtATime(patch);
    const channels = Math.min(geometry.outChannels, columnsAtATime(patch));
    const sizes = [GEOMETRY_BYTES, pixels * patch * 4, packedBytes(patch, channels), GEMM_SCRATCH_BYTES] as const;
    scratch.with(sizes, ([at, patches, packed, rest]) => {
      use((x, y, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.conv2d(at, x, filter, bias, y, channels, pixels, patches, packed, rest);
      });
    });
  },
  inputGradient({ memory, native, scratch }, geometry, filter, use) {
    const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
    const { taps, channels } = tapsAtATime(filterHeight * filterWidth, inChannels, outChannels);
    const columns = taps * channels;
    const pixels = pixelsAtATime(columns);
    const sizes = [GEOMETRY_BYTES, pixels * columns * 4, packedBytes(outChannels, columns), GEMM_SCRATCH_BYTES] as const;
    scratch.with(sizes, ([at, patches, packed, rest]) => {
      use((dy, dx, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.conv2dBackpropInput(at, dy, filter, dx, taps, channels, pixels, patches, packed, rest);
      });
    });
  },
  filterGradient({ memory, native, scratch }, geometry, dw, use) {
    const patch = patchSize(geometry);
    const pixels = pixelsAtATime(patch);
    const sizes = [GEOMETRY_BYTES, pixels * patch * 4, packedBytes(pixels, geometry.outChannels), GEMM_SCRATCH_BYTES] as const;
    scratch.with(sizes, ([at, patches, packed, rest]) => {
      let add = 0;
      use((x, dy, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.conv2dBackpropFilter(at, x, dy, dw, add, pixels, patches, packed, rest);
        add = 1;
      });
    });
  },
};
