/** The gradient of a convolution by its input: patches of the gradient are dY Wᵀ, and are added up where they overlap. */
import { gemm } from './gemm';
import { Geometry } from './geometry';
import { packColumns } from './packing';
import { scatterPatches } from './patches';

/**
 * Works on `taps` filter taps and `channels` input channels at a time, so that the packed part of the filter stays in the
 * cache, and within them on `pixels` output pixels.
 *
 * @param patches Scratch of pixels * taps * channels * 4 bytes.
 * @param packed Scratch of outChannels * ceil(taps * channels / 8) * 32 bytes.
 * @param scratch What `gemm` takes.
 */
export function conv2dBackpropInput(
  geometry: usize,
  dy: usize,
  w: usize,
  dx: usize,
  taps: i32,
  channels: i32,
  pixels: i32,
  patches: usize,
  packed: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry);
  const allTaps = g.filterHeight * g.filterWidth;
  if (!g.isPointwise) memory.fill(dx, 0, g.inBytes);
  for (let tap = 0; tap < allTaps; tap += taps) {
    const endTap = min(allTaps, tap + taps);
    for (let channel = 0; channel < g.inChannels; channel += channels) {
      const count = min(channels, g.inChannels - channel);
      packFilter(g, w, tap, endTap, channel, count, packed);
      spread(g, dy, dx, tap, endTap, channel, count, pixels, patches, packed, scratch);
    }
  }
}

/** Packs the transposed filter: one row an output channel, one column a tap and input channel. */
function packFilter(g: Geometry, w: usize, tap: i32, endTap: i32, channel: i32, channels: i32, packed: usize): void {
  const columnBytes = <usize>g.outChannels << 2;
  const from = w + <usize>(tap * g.inChannels + channel) * columnBytes; // several taps come with all their channels: one run of columns
  packColumns(g.outChannels, (endTap - tap) * channels, from, 4, columnBytes, packed);
}

function spread(
  g: Geometry,
  dy: usize,
  dx: usize,
  tap: i32,
  endTap: i32,
  channel: i32,
  channels: i32,
  pixels: i32,
  patches: usize,
  packed: usize,
  scratch: usize,
): void {
  const total = g.outPixels;
  const columns = (endTap - tap) * channels;
  const outBytes = <usize>g.outChannels << 2;
  if (g.isPointwise) {
    gemm(total, columns, g.outChannels, dy, outBytes, 4, packed, dx + (<usize>channel << 2), <usize>g.inChannels << 2, false, scratch);
    return;
  }
  for (let first = 0; first < total; first += pixels) {
    const count = min(pixels, total - first);
    gemm(count, columns, g.outChannels, dy + <usize>first * outBytes, outBytes, 4, packed, patches, <usize>columns << 2, false, scratch);
    scatterPatches(g, patches, first, count, tap, endTap, channel, channels, dx);
  }
}
