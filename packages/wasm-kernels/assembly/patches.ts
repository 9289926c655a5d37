/** Between images and patches: a patch holds the input values under one output pixel, tap by tap, zero where they are padding. */
import { endTap, firstTap, Geometry } from './geometry';
import { addFloats, copyFloats, fillFloats } from './vectors';

/** The patches of `pixels` output pixels from pixel `first` on, one a row: in the image itself, or gathered in `out`. */
export function patchesOf(g: Geometry, x: usize, first: i32, pixels: i32, out: usize): usize {
  if (g.isPointwise) return x + ((<usize>first * g.inChannels) << 2);
  gatherPatches(g, x, first, pixels, out);
  return out;
}

/** Gathers the patches of `pixels` output pixels from pixel `first` on ("im2col"), one a row. */
function gatherPatches(g: Geometry, x: usize, first: i32, pixels: i32, out: usize): void {
  const area = g.outHeight * g.outWidth;
  let image = first / area;
  let outRow = (first % area) / g.outWidth;
  let outColumn = first % g.outWidth;
  const patchBytes = <usize>g.patch << 2;
  for (let i = 0; i < pixels; i++) {
    gatherPatch(g, x, image, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, out);
    out += patchBytes;
    if (++outColumn < g.outWidth) continue;
    outColumn = 0;
    if (++outRow < g.outHeight) continue;
    outRow = 0;
    image++;
  }
}

function gatherPatch(g: Geometry, x: usize, image: i32, top: i32, left: i32, out: usize): void {
  const channels = g.inChannels;
  const taps = g.filterWidth;
  const start = firstTap(left, g.dilationWidth);
  const end = max(start, endTap(left, g.dilationWidth, taps, g.inWidth));
  const startFloats = min(start, taps) * channels;
  const endFloats = min(end, taps) * channels;
  const rowFloats = taps * channels;
  for (let tapRow = 0; tapRow < g.filterHeight; tapRow++) {
    const row = top + tapRow * g.dilationHeight;
    if (row < 0 || row >= g.inHeight || end == start) {
      fillFloats(out, 0, rowFloats);
    } else {
      const from = x + ((<usize>((image * g.inHeight + row) * g.inWidth + left + start * g.dilationWidth) * channels) << 2);
      if (startFloats > 0) fillFloats(out, 0, startFloats);
      gatherRow(g, from, out + (<usize>startFloats << 2), end - start);
      if (endFloats < rowFloats) fillFloats(out + (<usize>endFloats << 2), 0, rowFloats - endFloats);
    }
    out += <usize>rowFloats << 2;
  }
}

/** Copies the channels under `taps` neighbouring taps of one filter row. */
function gatherRow(g: Geometry, from: usize, out: usize, taps: i32): void {
  if (g.dilationWidth == 1) {
    copyFloats(from, out, taps * g.inChannels);
    return;
  }
  const bytes = <usize>g.inChannels << 2;
  for (let tap = 0; tap < taps; tap++) {
    copyFloats(from, out, g.inChannels);
    from += bytes * g.dilationWidth;
    out += bytes;
  }
}

/**
 * Adds gradients of patches to the image gradient `dx` ("col2im"). The rows of `patches` hold only the taps from `firstTapIndex`
 * to before `endTapIndex`, and of each tap `channels` channels from `firstChannel` on.
 */
export function scatterPatches(
  g: Geometry,
  patches: usize,
  first: i32,
  pixels: i32,
  firstTapIndex: i32,
  endTapIndex: i32,
  firstChannel: i32,
  channels: i32,
  dx: usize,
): void {
  const area = g.outHeight * g.outWidth;
  const bytes = <usize>channels << 2;
  for (let pixel = first; pixel < first + pixels; pixel++) {
    const image = pixel / area;
    const top = ((pixel % area) / g.outWidth) * g.strideHeight - g.padTop;
    const left = (pixel % g.outWidth) * g.strideWidth - g.padLeft;
    for (let tap = firstTapIndex; tap < endTapIndex; tap++) {
      const row = top + (tap / g.filterWidth) * g.dilationHeight;
      const column = left + (tap % g.filterWidth) * g.dilationWidth;
      if (row >= 0 && row < g.inHeight && column >= 0 && column < g.inWidth) {
        const at = <usize>((image * g.inHeight + row) * g.inWidth + column) * g.inChannels + firstChannel;
        addFloats(patches, dx + (at << 2), channels);
      }
      patches += bytes;
    }
  }
}
