import type { TileSize } from '../algorithm.ts';
import type { Convolution } from '../fusion/convolution.ts';
import { GEOMETRY_BYTES, writeGeometry, type Geometry } from '../geometry.ts';
import type { Runtime } from '../runtime.ts';
import { gradientGeometry, tilesAtATime, winogradScratchBytes } from '../winograd.ts';

/** By Winograd's transforms, with output tiles of a size. */
export const tiledConvolution = (size: TileSize): Pick<Convolution, 'forward' | 'filterGradient'> => ({
  forward: (runtime, geometry, filter, bias, use) => convolveTiles(runtime, size, geometry, filter, bias, use),
  filterGradient({ memory, native, scratch }, geometry, dw, use) {
    const group = tilesAtATime(size, geometry);
    scratch.with([GEOMETRY_BYTES, winogradScratchBytes(size, group, geometry)], ([at, rest]) => {
      let add = 0;
      use((x, dy, images) => {
        writeGeometry(memory, at, { ...geometry, batchSize: images });
        native.winogradBackpropFilter(at, x, dy, add, size, group, rest);
        add = 1;
      });
      native.finishWinogradFilter(at, dw, size, group, rest);
    });
  },
});

/** The gradient by the input as a convolution of dy with the turned filter. */
export const tiledInputGradient =
  (size: TileSize): Convolution['inputGradient'] =>
  (runtime, geometry, filter, use) => {
    const { inChannels, outChannels } = geometry;
    runtime.scratch.with([9 * inChannels * outChannels * 4], ([turned]) => {
      runtime.native.turnFilter(9, inChannels, outChannels, filter, turned);
      convolveTiles(runtime, size, gradientGeometry(geometry), turned, 0, use);
    });
  };

function convolveTiles(
  { memory, native, scratch }: Runtime,
  size: TileSize,
  geometry: Geometry,
  filter: number,
  bias: number,
  use: Parameters<Convolution['inputGradient']>[3],
): void {
  const group = tilesAtATime(size, geometry);
  scratch.with([GEOMETRY_BYTES, winogradScratchBytes(size, group, geometry)], ([at, rest]) => {
    let untransformed = filter;
    use((from, to, images) => {
      writeGeometry(memory, at, { ...geometry, batchSize: images });
      native.winogradConv2d(at, from, untransformed, bias, to, size, group, rest);
      untransformed = 0;
    });
  });
}
