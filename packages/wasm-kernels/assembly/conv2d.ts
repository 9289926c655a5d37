/** A convolution: Y = X W + bias, where X holds the patches of all output pixels. */
import { gemm } from './gemm';
import { Geometry } from './geometry';
import { packColumns } from './packing';
import { patchesOf } from './patches';
import { copyFloats } from './vectors';

/**
 * Works on `channels` output channels at a time, so that the packed part of the filter stays in the cache, and within them on
 * `pixels` output pixels.
 *
 * @param bias Address of a float for each output channel, or 0.
 * @param patches Scratch of pixels * patch * 4 bytes.
 * @param packed Scratch of patch * ceil(channels / 8) * 32 bytes.
 * @param scratch What `gemm` takes.
 */
export function conv2d(
  geometry: usize,
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  channels: i32,
  pixels: i32,
  patches: usize,
  packed: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const patch = g.patch;
  const outBytes = <usize>g.outChannels << 2;
  const total = g.outPixels;
  for (let channel = 0; channel < g.outChannels; channel += channels) {
    const columns = min(channels, g.outChannels - channel);
    const offset = <usize>channel << 2;
    packColumns(patch, columns, w + offset, outBytes, 4, packed);
    for (let first = 0; first < total; first += pixels) {
      const count = min(pixels, total - first);
      const rows = patchesOf(g, x, first, count, patches);
      const to = y + <usize>first * outBytes + offset;
      if (bias != 0) for (let i = 0; i < count; i++) copyFloats(bias + offset, to + <usize>i * outBytes, columns);
      gemm(count, columns, patch, rows, <usize>patch << 2, 4, packed, to, outBytes, bias != 0, scratch);
    }
  }
}
