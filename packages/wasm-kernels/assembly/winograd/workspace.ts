/** What a Winograd kernel works with, at the start of its scratch, and behind it the memory for transformed filters and tiles. */
import { GEMM_SCRATCH_BYTES } from '../gemm';
import { Geometry } from '../geometry';

@unmanaged
export class Workspace {
  /** Side of an output tile, 4 or 2, and of an input tile, two more. */
  size: i32;
  side: i32;
  /** Values of a transformed tile: `side` squared. */
  planes: i32;
  /** Tiles across an image, and in the whole batch. */
  high: i32;
  wide: i32;
  total: i32;
  /** Tiles that are worked on at a time: a multiple of 4. */
  group: i32;
  /** Channels in whole vectors of 4, and in whole panels of 8. */
  inputs: i32;
  outputs: i32;
  /** The first plane of the filter, of the input tiles and of the output tiles, and the bytes from plane to plane. */
  u: usize;
  uPlane: usize;
  v: usize;
  vPlane: usize;
  m: usize;
  mPlane: usize;
  /** A tile with all its channels. */
  tile: usize;
  /** The bias, in whole panels. */
  bias: usize;
  /** Four channels of a tile between the two halves of a transform. */
  rest: usize;
  /** Scratch of the matrix product. */
  gemm: usize;
}

/** Room for a {@link Workspace}. */
const OWN_BYTES: usize = 128;
const REST_BYTES: usize = 36 * 16;

/** Lays out a workspace in `scratch`, which has `winogradScratchBytes` of `src/winograd.ts`. */
export function layOut(g: Geometry, size: i32, group: i32, scratch: usize): Workspace {
  const space = changetype<Workspace>(scratch);
  const side = size + 2;
  const planes = side * side;
  space.size = size;
  space.side = side;
  space.planes = planes;
  space.high = (g.outHeight + size - 1) / size;
  space.wide = (g.outWidth + size - 1) / size;
  space.total = g.batch * space.high * space.wide;
  space.group = group;
  space.inputs = (g.inChannels + 3) & ~3;
  space.outputs = (g.outChannels + 7) & ~7;
  space.uPlane = planeBytes(g.inChannels * space.outputs);
  space.vPlane = planeBytes(group * space.inputs);
  space.mPlane = planeBytes(group * space.outputs);
  space.gemm = scratch + OWN_BYTES;
  space.rest = space.gemm + GEMM_SCRATCH_BYTES;
  space.bias = space.rest + REST_BYTES;
  space.tile = space.bias + (<usize>space.outputs << 2);
  space.u = space.tile + (<usize>(planes * max(space.inputs, space.outputs)) << 2);
  space.v = space.u + planes * space.uPlane;
  space.m = space.v + planes * space.vPlane;
  return space;
}

/** Bytes from plane to plane: an odd number of cache lines, or the planes would share a few sets of the cache. */
function planeBytes(floats: i32): usize {
  return <usize>(((floats + 15) >> 4) | 1) << 6;
}
