/**
 * The gradient of a depthwise convolution by its filter: dW[tap, c] = Σ over output pixels of X[input pixel, c] dY[output pixel, c].
 *
 * A row of output pixels is summed in registers, from zero, for three taps side by side, which share dY; its sum is then added to
 * dW. The rows are taken in their order.
 */
import { endTap, firstTap, Geometry } from './geometry';
import { multiplyAddFloats } from './vectors';

/** Adds the gradient to `dw`, which starts at zero. */
export function sumFilterGradient(g: Geometry, x: usize, dy: usize, dw: usize): void {
  const pixelBytes = g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      const top = outRow * g.strideHeight - g.padTop;
      const end = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
      for (let tapRow = firstTap(top, g.dilationHeight); tapRow < end; tapRow++) {
        const row = (b * g.inHeight + top + tapRow * g.dilationHeight) * g.inWidth;
        addRow(g, x + row * pixelBytes, dy, dw + tapRow * g.filterWidth * pixelBytes);
      }
      dy += g.outWidth * pixelBytes;
    }
  }
}

/** Adds to a row of taps what a row of the input and one of the output contribute. */
function addRow(g: Geometry, x: usize, dy: usize, dw: usize): void {
  const pixelBytes = g.inChannels << 2;
  let tap = 0;
  for (; tap <= g.filterWidth - 3; tap += 3) {
    const start = startColumn(g, tap);
    const end = endColumn(g, tap + 2);
    if (start < end) {
      addThreeTaps(g, x, dy, dw, tap, start, end);
      for (let i = tap; i < tap + 3; i++) {
        addPixels(g, x, dy, dw, i, startColumn(g, i), start);
        addPixels(g, x, dy, dw, i, end, endColumn(g, i));
      }
    } else {
      for (let i = tap; i < tap + 3; i++) addPixels(g, x, dy, dw, i, startColumn(g, i), endColumn(g, i));
    }
  }
  for (; tap < g.filterWidth; tap++) {
    const start = startColumn(g, tap);
    const pixels = endColumn(g, tap) - start;
    const from = x + (start * g.strideWidth + tap * g.dilationWidth - g.padLeft) * pixelBytes;
    addTap(from, g.strideWidth * pixelBytes, dy + start * pixelBytes, dw + tap * pixelBytes, pixels, 0, g.inChannels);
  }
}

/** The first output column under which a tap lies on the image, and one past the last. */
function startColumn(g: Geometry, tap: i32): i32 {
  return firstTap(tap * g.dilationWidth - g.padLeft, g.strideWidth);
}
function endColumn(g: Geometry, tap: i32): i32 {
  return endTap(tap * g.dilationWidth - g.padLeft, g.strideWidth, g.outWidth, g.inWidth);
}

/** Adds to one tap the products of a few output columns. */
function addPixels(g: Geometry, x: usize, dy: usize, dw: usize, tap: i32, start: i32, end: i32): void {
  const pixelBytes = g.inChannels << 2;
  for (let column = start; column < end; column++) {
    const at = x + (column * g.strideWidth + tap * g.dilationWidth - g.padLeft) * pixelBytes;
    multiplyAddFloats(at, dy + column * pixelBytes, dw + tap * pixelBytes, g.inChannels);
  }
}

/** Adds to three taps the sums of output columns that have all of them on the image. As in `window-tiles.ts`, 15 registers. */
function addThreeTaps(g: Geometry, x: usize, dy: usize, dw: usize, tap: i32, start: i32, end: i32): void {
  const pixelBytes = g.inChannels << 2;
  const strideBytes = g.strideWidth * pixelBytes;
  const dilationBytes = g.dilationWidth * pixelBytes;
  const eights = g.inChannels & ~7;
  x += (start * g.strideWidth + tap * g.dilationWidth - g.padLeft) * pixelBytes;
  dy += start * pixelBytes;
  dw += tap * pixelBytes;
  const pixels = end - start;
  for (let c = 0; c < eights; c += 8) {
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let from = x + (c << 2);
    let gradient = dy + (c << 2);
    for (let pixel = pixels; pixel > 0; pixel--) {
      const g0 = v128.load(gradient);
      const g1 = v128.load(gradient, 16);
      const next = from + dilationBytes;
      const last = next + dilationBytes;
      a0 = f32x4.add(a0, f32x4.mul(v128.load(from), g0));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(from, 16), g1));
      b0 = f32x4.add(b0, f32x4.mul(v128.load(next), g0));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(next, 16), g1));
      c0 = f32x4.add(c0, f32x4.mul(v128.load(last), g0));
      c1 = f32x4.add(c1, f32x4.mul(v128.load(last, 16), g1));
      from += strideBytes;
      gradient += pixelBytes;
    }
    let to = dw + (c << 2);
    addTwo(to, a0, a1);
    to += pixelBytes;
    addTwo(to, b0, b1);
    to += pixelBytes;
    addTwo(to, c0, c1);
  }
  if (eights == g.inChannels) return;
  for (let i = 0; i < 3; i++) addTap(x + i * dilationBytes, strideBytes, dy, dw + i * pixelBytes, pixels, eights, g.inChannels);
}

@inline
function addTwo(to: usize, a: v128, b: v128): void {
  v128.store(to, f32x4.add(v128.load(to), a));
  v128.store(to, f32x4.add(v128.load(to, 16), b), 16);
}

/** Adds to one tap, from channel `start` on, the sum of some output pixels. */
function addTap(x: usize, strideBytes: i32, dy: usize, dw: usize, pixels: i32, start: i32, channels: i32): void {
  const pixelBytes = channels << 2;
  let c = start;
  for (; c <= channels - 16; c += 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let from = x + (c << 2);
    let gradient = dy + (c << 2);
    for (let pixel = pixels; pixel > 0; pixel--) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(from), v128.load(gradient)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(from, 16), v128.load(gradient, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(from, 32), v128.load(gradient, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(from, 48), v128.load(gradient, 48)));
      from += strideBytes;
      gradient += pixelBytes;
    }
    const to = dw + (c << 2);
    addTwo(to, s0, s1);
    addTwo(to + 32, s2, s3);
  }
  for (; c <= channels - 4; c += 4) {
    let sum = f32x4.splat(0);
    let from = x + (c << 2);
    let gradient = dy + (c << 2);
    for (let pixel = pixels; pixel > 0; pixel--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load(gradient)));
      from += strideBytes;
      gradient += pixelBytes;
    }
    const to = dw + (c << 2);
    v128.store(to, f32x4.add(v128.load(to), sum));
  }
  for (; c < channels; c++) {
    let sum: f32 = 0;
    let from = x + (c << 2);
    let gradient = dy + (c << 2);
    for (let pixel = pixels; pixel > 0; pixel--) {
      sum += load<f32>(from) * load<f32>(gradient);
      from += strideBytes;
      gradient += pixelBytes;
    }
    const to = dw + (c << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
}
