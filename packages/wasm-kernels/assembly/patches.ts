/** Between images and patches: a patch holds the input values under one output pixel, tap by tap, zero where they are padding. */
import { endTap, firstTap, Geometry } from './geometry';
import { copyRows } from './rows';
import { addFloats, copyFloats, fillFloats } from './vectors';

/** The patches of `pixels` output pixels from pixel `first` on, one a row: in the image itself, or gathered in `out`. */
export function patchesOf(g: Geometry, x: usize, first: i32, pixels: i32, out: usize): usize {
  if (g.isPointwise) return x + ((<usize>first * g.inChannels) << 2);
  gatherPatches(g, x, first, pixels, out);
  return out;
}

/** Gathers the patches of `pixels` output pixels from pixel `first` on ("im2col"), one a row. */
function gatherPatches(g: Geometry, x: usize, first: i32, pixels: i32, out: usize): void {
  const end = first + pixels;
  while (first < end) {
    const column = first % g.outWidth;
    const run = min(g.outWidth - column, end - first);
    const line = first / g.outWidth;
    gatherRun(g, x, line / g.outHeight, (line % g.outHeight) * g.strideHeight - g.padTop, column, run, out);
    out += (<usize>run * g.patch) << 2;
    first += run;
  }
}

/** Gathers the patches of `run` neighbours in a line of output pixels, whose first taps are in the input's line `top`. */
function gatherRun(g: Geometry, x: usize, image: i32, top: i32, column: i32, run: i32, out: usize): void {
  const floats = g.filterWidth * g.inChannels;
  const patchBytes = <usize>g.patch << 2;
  const start = insideFrom(g, column, run);
  const end = g.dilationWidth == 1 ? max(start, insideTo(g, column, run)) : start;
  for (let tapRow = 0; tapRow < g.filterHeight; tapRow++) {
    const row = top + tapRow * g.dilationHeight;
    if (row < 0 || row >= g.inHeight) {
      for (let i: usize = 0; i < <usize>run; i++) fillFloats(out + i * patchBytes, 0, floats);
    } else {
      const line = x + ((<usize>((image * g.inHeight + row) * g.inWidth) * g.inChannels) << 2);
      for (let i = 0; i < start; i++) gatherTaps(g, line, (column + i) * g.strideWidth - g.padLeft, out + <usize>i * patchBytes);
      const from = line + ((<usize>((column + start) * g.strideWidth - g.padLeft) * g.inChannels) << 2);
      copyRows(from, <usize>(g.strideWidth * g.inChannels) << 2, out + <usize>start * patchBytes, patchBytes, <usize>floats << 2, end - start);
      for (let i = end; i < run; i++) gatherTaps(g, line, (column + i) * g.strideWidth - g.padLeft, out + <usize>i * patchBytes);
    }
    out += <usize>floats << 2;
  }
}

/** The first of a run of output pixels from `column` on whose taps all lie right of the image's left edge. */
function insideFrom(g: Geometry, column: i32, run: i32): i32 {
  return min(run, max(0, (g.padLeft + g.strideWidth - 1) / g.strideWidth - column));
}

/** One past the last of them whose taps all lie left of the image's right edge. */
function insideTo(g: Geometry, column: i32, run: i32): i32 {
  const room = g.inWidth - g.filterWidth + g.padLeft;
  return room < 0 ? 0 : min(run, room / g.strideWidth + 1 - column);
}

/** Copies the channels under the taps of one filter row, of which the first lies at column `left`; zero where that is padding. */
function gatherTaps(g: Geometry, line: usize, left: i32, out: usize): void {
  const channels = g.inChannels;
  const taps = g.filterWidth;
  const start = min(taps, firstTap(left, g.dilationWidth));
  const end = max(start, endTap(left, g.dilationWidth, taps, g.inWidth));
  fillFloats(out, 0, start * channels);
  let from = line + (<usize>((left + start * g.dilationWidth) * channels) << 2);
  for (let tap = start; tap < end; tap++) {
    copyFloats(from, out + (<usize>(tap * channels) << 2), channels);
    from += <usize>(g.dilationWidth * channels) << 2;
  }
  fillFloats(out + (<usize>(end * channels) << 2), 0, (taps - end) * channels);
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
  const inOneRun = g.dilationWidth == 1 && channels == g.inChannels && endTapIndex - firstTapIndex == g.filterHeight * g.filterWidth;
  const patchBytes = <usize>((endTapIndex - firstTapIndex) * channels) << 2;
  for (let pixel = first; pixel < first + pixels; pixel++) {
    const image = dx + ((<usize>(pixel / area) * g.inHeight * g.inWidth * g.inChannels) << 2);
    const top = ((pixel % area) / g.outWidth) * g.strideHeight - g.padTop;
    const left = (pixel % g.outWidth) * g.strideWidth - g.padLeft;
    if (inOneRun) scatterRows(g, patches, top, left, image);
    else scatterTaps(g, patches, top, left, firstTapIndex, endTapIndex, firstChannel, channels, image);
    patches += patchBytes;
  }
}

/** Adds a whole patch: in a filter row, taps and their channels lie side by side in the image too. */
function scatterRows(g: Geometry, patch: usize, top: i32, left: i32, image: usize): void {
  const channels = g.inChannels;
  const start = min(g.filterWidth, max(0, -left));
  const floats = (min(g.filterWidth, g.inWidth - left) - start) * channels;
  const firstRow = firstTap(top, g.dilationHeight);
  const endRow = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  if (floats <= 0) return;
  const rowBytes = <usize>(g.filterWidth * channels) << 2;
  patch += (<usize>(start * channels) << 2) + <usize>firstRow * rowBytes;
  for (let tapRow = firstRow; tapRow < endRow; tapRow++) {
    const row = top + tapRow * g.dilationHeight;
    addFloats(patch, image + (<usize>((row * g.inWidth + left + start) * channels) << 2), floats);
    patch += rowBytes;
  }
}

/** Adds some taps of a patch, or some channels of each. */
function scatterTaps(
  g: Geometry,
  patch: usize,
  top: i32,
  left: i32,
  firstTapIndex: i32,
  endTapIndex: i32,
  firstChannel: i32,
  channels: i32,
  image: usize,
): void {
  for (let tap = firstTapIndex; tap < endTapIndex; tap++) {
    const row = top + (tap / g.filterWidth) * g.dilationHeight;
    const column = left + (tap % g.filterWidth) * g.dilationWidth;
    if (row >= 0 && row < g.inHeight && column >= 0 && column < g.inWidth) {
      const at = <usize>(row * g.inWidth + column) * g.inChannels + firstChannel;
      addFloats(patch, image + (at << 2), channels);
    }
    patch += <usize>channels << 2;
  }
}
