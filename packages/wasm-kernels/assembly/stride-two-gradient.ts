/**
 * The gradient by the input of a depthwise convolution of 3 x 3 taps at a stride of 2: a row of the input at a time, in a walk along
 * the one or two rows of dY that saw it, with their taps in registers. With `even` = 2 n - pad,
 *
 *     dX[even] = dY[n] W[0] + dY[n - 1] W[2]    dX[even + 1] = dY[n] W[1]
 *
 * so each gradient is loaded once for its three pixels, and what it gives to the third waits in a register. It is for four channels or
 * more; where their number is no multiple of four, the last turn overlaps with the one before.
 */
import { Geometry } from './geometry';

const FOUR: i32 = 4;
const STRIDE: i32 = 2;
const TAPS: i32 = 3;

export function isStrideTwo(g: Geometry): bool {
  const taps = g.filterHeight == TAPS && g.filterWidth == TAPS;
  const strides = g.strideHeight == STRIDE && g.strideWidth == STRIDE;
  return taps && strides && g.dilationHeight == 1 && g.dilationWidth == 1 && g.inChannels >= FOUR;
}

/** dX of one image. */
export function spreadImage(g: Geometry, dy: usize, w: usize, dx: usize): void {
  const pixelBytes = g.inChannels << 2;
  const outRowBytes = g.outWidth * pixelBytes;
  const tapRowBytes = TAPS * pixelBytes;
  for (let row = 0; row < g.inHeight; row++) {
    const outRow = (row + g.padTop) >> 1;
    const from = dy + outRow * outRowBytes;
    if (((row + g.padTop) & 1) == 1) {
      if (outRow < g.outHeight) spreadRow(g, from, w + tapRowBytes, dx);
      else clearRow(g, dx);
    } else {
      const first = outRow < g.outHeight;
      const last = outRow > 0 && outRow <= g.outHeight;
      if (first && last) spreadRows(g, from, w, dx);
      else if (first) spreadRow(g, from, w, dx);
      else if (last) spreadRow(g, from - outRowBytes, w + 2 * tapRowBytes, dx);
      else clearRow(g, dx);
    }
    dx += g.inWidth * pixelBytes;
  }
}

function clearRow(g: Geometry, dx: usize): void {
  memory.fill(dx, 0, (g.inWidth * g.inChannels) << 2);
}

/** What one row of dY gives, through the row of taps at `w`. */
function spreadRow(g: Geometry, dy: usize, w: usize, dx: usize): void {
  spread(g, dy, w, dx, false);
}

/** What a row of dY gives through the first row of taps, and the row before it through the last. */
function spreadRows(g: Geometry, dy: usize, w: usize, dx: usize): void {
  spread(g, dy, w, dx, true);
}

@inline
function spread(g: Geometry, dy: usize, w: usize, dx: usize, two: bool): void {
  const pixelBytes = g.inChannels << 2;
  const rowBytes = g.outWidth * pixelBytes;
  for (let c = 0; c < g.inChannels; c += FOUR) {
    const offset = min(c, g.inChannels - FOUR) << 2;
    const first = w + offset;
    const last = two ? first + 2 * TAPS * pixelBytes : first;
    const u0 = v128.load(first);
    const u1 = v128.load(first + pixelBytes);
    const u2 = v128.load(first + 2 * pixelBytes);
    const v0 = v128.load(last);
    const v1 = v128.load(last + pixelBytes);
    const v2 = v128.load(last + 2 * pixelBytes);
    let carry = f32x4.splat(0);
    let pixel = -g.padLeft;
    let from = dy + offset;
    let to = dx + pixel * pixelBytes + offset;
    const end = from + rowBytes;
    for (; pixel < 0 && from < end; pixel += STRIDE) {
      if (pixel == -1) v128.store(to + pixelBytes, give(from, rowBytes, u1, v1, two));
      carry = give(from, rowBytes, u2, v2, two);
      from += pixelBytes;
      to += STRIDE * pixelBytes;
    }
    for (; pixel < g.inWidth - 1 && from < end; pixel += STRIDE) {
      const g0 = v128.load(from);
      const g1 = two ? v128.load(from - rowBytes) : g0;
      v128.store(to, f32x4.add(carry, two ? f32x4.add(f32x4.mul(g0, u0), f32x4.mul(g1, v0)) : f32x4.mul(g0, u0)));
      v128.store(to + pixelBytes, two ? f32x4.add(f32x4.mul(g0, u1), f32x4.mul(g1, v1)) : f32x4.mul(g0, u1));
      carry = two ? f32x4.add(f32x4.mul(g0, u2), f32x4.mul(g1, v2)) : f32x4.mul(g0, u2);
      from += pixelBytes;
      to += STRIDE * pixelBytes;
    }
    if (pixel == g.inWidth - 1 && from < end) carry = f32x4.add(carry, give(from, rowBytes, u0, v0, two));
    for (; pixel < g.inWidth; pixel++) {
      if (pixel >= 0) v128.store(to, carry);
      carry = f32x4.splat(0);
      to += pixelBytes;
    }
  }
}

/** One tap of each row times the gradients at `from` and in the row before. */
@inline
function give(from: usize, rowBytes: i32, u: v128, v: v128, two: bool): v128 {
  const product = f32x4.mul(v128.load(from), u);
  return two ? f32x4.add(product, f32x4.mul(v128.load(from - rowBytes), v)) : product;
}
