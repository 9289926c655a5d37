/** What the kernels of `assembly/winograd/` are called with. */
import type { TileSize } from './algorithm.ts';
import { GEMM_SCRATCH_BYTES } from './blocking.ts';
import type { Geometry } from './geometry.ts';

type Channels = Pick<Geometry, 'inChannels' | 'outChannels'>;

/** Bytes of transformed tiles, inputs and outputs: half a megabyte, which stays in the second-level cache. */
const GROUP_BYTES = 2 ** 19;

const LARGEST_GROUP = 64;

/** With many channels it is the filter that does not stay in the cache: it is read, and its gradient written, once a group. */
const SMALLEST_GROUP = 24;

/** Tiles that are worked on at a time: a multiple of 4. */
export function tilesAtATime(size: TileSize, { inChannels, outChannels }: Channels): number {
  const tileBytes = planes(size) * (vectors(inChannels) + panels(outChannels)) * 4;
  return Math.min(LARGEST_GROUP, Math.max(SMALLEST_GROUP, Math.floor(GROUP_BYTES / tileBytes / 4) * 4));
}

/** Scratch that `winogradConv2d` and `winogradBackpropFilter` take, as `assembly/winograd/workspace.ts` lays it out. */
export function winogradScratchBytes(size: TileSize, group: number, { inChannels, outChannels }: Channels): number {
  const [inputs, outputs] = [vectors(inChannels), panels(outChannels)];
  const ofPlane = planeBytes(inChannels * outputs) + planeBytes(group * inputs) + planeBytes(group * outputs);
  return 128 + GEMM_SCRATCH_BYTES + 36 * 16 + outputs * 4 + planes(size) * (Math.max(inputs, outputs) * 4 + ofPlane);
}

/** The convolution that a convolution's gradient by its input is: of the output's gradient, with the filter turned. */
export function gradientGeometry(g: Geometry): Geometry {
  return {
    ...g,
    inHeight: g.outHeight,
    inWidth: g.outWidth,
    inChannels: g.outChannels,
    outHeight: g.inHeight,
    outWidth: g.inWidth,
    outChannels: g.inChannels,
    padInfo: { top: g.filterHeight - 1 - g.padInfo.top, left: g.filterWidth - 1 - g.padInfo.left },
  };
}

const planes = (size: TileSize): number => (size + 2) ** 2;
const vectors = (channels: number): number => Math.ceil(channels / 4) * 4;
const panels = (channels: number): number => Math.ceil(channels / 8) * 8;

/** An odd number of cache lines. */
const planeBytes = (floats: number): number => (Math.ceil(floats / 16) | 1) * 64;
