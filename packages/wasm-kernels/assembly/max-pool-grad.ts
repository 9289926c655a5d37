/**
 * The gradient of max pooling. Windows without overlap write each pixel's gradient once; else each pixel's is summed over the
 * output pixels in their order.
 */
import { endTap, firstTap, Geometry } from './geometry';
import { clearUncovered, isTiling } from './pool-cover';

/** A value's place in its window; below any place: no value was larger than -Infinity. */
const NOWHERE: i32 = -1;

/** dX: each window's gradient goes to its first largest value; to none where all are NaN or -Infinity, as on tfjs's cpu. */
export function maxPoolGrad(geometry: usize, x: usize, dy: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  const tiling = isTiling(g);
  if (tiling) clearUncovered(g, dx);
  else memory.fill(dx, 0, g.inBytes);
  const outBytes = <usize>g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        maxWindow(g, tiling, b, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, x, dy, dx);
        dy += outBytes;
      }
    }
  }
}

function maxWindow(g: Geometry, tiling: bool, b: i32, top: i32, left: i32, x: usize, dy: usize, dx: usize): void {
  const startRow = firstTap(top, g.dilationHeight);
  const startColumn = firstTap(left, g.dilationWidth);
  const rows = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight) - startRow;
  const columns = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth) - startColumn;
  const columnBytes = (<usize>g.dilationWidth * g.inChannels) << 2;
  const rowBytes = (<usize>g.dilationHeight * g.inWidth * g.inChannels) << 2;
  const row = top + startRow * g.dilationHeight;
  const column = left + startColumn * g.dilationWidth;
  const offset = (<usize>((b * g.inHeight + row) * g.inWidth + column) * g.inChannels) << 2;
  const vectors = g.inChannels & ~3;
  if (tiling && rows == 2 && columns == 2) {
    writeTwoByTwo(x + offset, dy, dx + offset, rowBytes, columnBytes, vectors);
  } else {
    for (let c = 0; c < vectors; c += 4) {
      const at = offset + (<usize>c << 2);
      maxOfVectors(x + at, v128.load(dy + (<usize>c << 2)), dx + at, rows, columns, rowBytes, columnBytes, tiling);
    }
  }
  for (let c = vectors; c < g.inChannels; c++) {
    const at = offset + (<usize>c << 2);
    maxOfFloats(x + at, load<f32>(dy + (<usize>c << 2)), dx + at, rows, columns, rowBytes, columnBytes, tiling);
  }
}

/** A window of two rows and columns that overlaps with none. A value that is larger than those before it takes the gradient from them. */
function writeTwoByTwo(x: usize, dy: usize, dx: usize, rowBytes: usize, columnBytes: usize, channels: i32): void {
  for (const end = x + (<usize>channels << 2); x < end; x += 16) {
    const v0 = v128.load(x);
    const v1 = v128.load(x + columnBytes);
    const v2 = v128.load(x + rowBytes);
    const v3 = v128.load(x + rowBytes + columnBytes);
    const best0 = f32x4.pmax(f32x4.splat(-Infinity), v0);
    const best1 = f32x4.pmax(best0, v1);
    const best2 = f32x4.pmax(best1, v2);
    const larger0 = f32x4.gt(v0, f32x4.splat(-Infinity));
    const larger1 = f32x4.gt(v1, best0);
    const larger2 = f32x4.gt(v2, best1);
    const larger3 = f32x4.gt(v3, best2);
    const gradient = v128.load(dy);
    const before3 = v128.andnot(gradient, larger3);
    const before2 = v128.andnot(before3, larger2);
    const before1 = v128.andnot(before2, larger1);
    v128.store(dx, v128.and(before1, larger0));
    v128.store(dx + columnBytes, v128.and(before2, larger1));
    v128.store(dx + rowBytes, v128.and(before3, larger2));
    v128.store(dx + rowBytes + columnBytes, v128.and(gradient, larger3));
    dx += 16;
    dy += 16;
  }
}

function maxOfVectors(
  x: usize,
  dy: v128,
  dx: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  columnBytes: usize,
  tiling: bool,
): void {
  let best = f32x4.splat(-Infinity);
  let place = i32x4.splat(NOWHERE);
  let index = i32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let at = x + <usize>row * rowBytes;
    for (let column = 0; column < columns; column++) {
      const value = v128.load(at);
      const larger = f32x4.gt(value, best);
      best = f32x4.pmax(best, value);
      place = v128.bitselect(index, place, larger);
      index = i32x4.add(index, i32x4.splat(1));
      at += columnBytes;
    }
  }
  index = i32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let at = dx + <usize>row * rowBytes;
    for (let column = 0; column < columns; column++) {
      const gradient = v128.and(dy, i32x4.eq(place, index));
      v128.store(at, tiling ? gradient : f32x4.add(v128.load(at), gradient));
      index = i32x4.add(index, i32x4.splat(1));
      at += columnBytes;
    }
  }
}

function maxOfFloats(
  x: usize,
  dy: f32,
  dx: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  columnBytes: usize,
  tiling: bool,
): void {
  let best: f32 = -Infinity;
  let place: usize = 0;
  for (let row = 0; row < rows; row++) {
    let at = x + <usize>row * rowBytes;
    for (let column = 0; column < columns; column++) {
      const value = load<f32>(at);
      if (value > best) {
        best = value;
        place = at;
      }
      if (tiling) store<f32>(dx + (at - x), 0);
      at += columnBytes;
    }
  }
  if (place == 0) return;
  const at = dx + (place - x);
  store<f32>(at, load<f32>(at) + dy);
}
