/** Max and average pooling and their gradients. Each input's gradient is summed over the output pixels in their order. */
import { endTap, firstTap, Geometry } from './geometry';
import { addFloats, addScaledFloats, fillFloats, maxFloats } from './vectors';

/** A value's place in its window; below any place: no value was larger than -Infinity. */
const NOWHERE: i32 = -1;

/** dX: each window's gradient goes to its first largest value; to none where all are NaN or -Infinity, as on tfjs's cpu. */
export function maxPoolGrad(geometry: usize, x: usize, dy: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dx, 0, g.inBytes);
  const outBytes = <usize>g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        maxWindow(g, b, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, x, dy, dx);
        dy += outBytes;
      }
    }
  }
}

function maxWindow(g: Geometry, b: i32, top: i32, left: i32, x: usize, dy: usize, dx: usize): void {
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
  for (let c = 0; c < vectors; c += 4) {
    const at = offset + (<usize>c << 2);
    maxOfVectors(x + at, v128.load(dy + (<usize>c << 2)), dx + at, rows, columns, rowBytes, columnBytes);
  }
  for (let c = vectors; c < g.inChannels; c++) {
    const at = offset + (<usize>c << 2);
    maxOfFloats(x + at, load<f32>(dy + (<usize>c << 2)), dx + at, rows, columns, rowBytes, columnBytes);
  }
}

function maxOfVectors(x: usize, dy: v128, dx: usize, rows: i32, columns: i32, rowBytes: usize, columnBytes: usize): void {
  let best = f32x4.splat(-Infinity);
  let place = i32x4.splat(NOWHERE);
  let index = 0;
  for (let row = 0; row < rows; row++) {
    let at = x + <usize>row * rowBytes;
    for (let column = 0; column < columns; column++) {
      const value = v128.load(at);
      const larger = f32x4.gt(value, best);
      best = v128.bitselect(value, best, larger);
      place = v128.bitselect(i32x4.splat(index), place, larger);
      index++;
      at += columnBytes;
    }
  }
  index = 0;
  for (let row = 0; row < rows; row++) {
    let at = dx + <usize>row * rowBytes;
    for (let column = 0; column < columns; column++) {
      v128.store(at, f32x4.add(v128.load(at), v128.and(dy, i32x4.eq(place, i32x4.splat(index)))));
      index++;
      at += columnBytes;
    }
  }
}

function maxOfFloats(x: usize, dy: f32, dx: usize, rows: i32, columns: i32, rowBytes: usize, columnBytes: usize): void {
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
      at += columnBytes;
    }
  }
  if (place == 0) return;
  const at = dx + (place - x);
  store<f32>(at, load<f32>(at) + dy);
}

/** dX: each window's gradient is shared by all its places, those in the padding included, as in tfjs. */
export function avgPoolGrad(geometry: usize, dy: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  memory.fill(dx, 0, g.inBytes);
  const outBytes = <usize>g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        addToWindow(g, b, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, dy, dx);
        dy += outBytes;
      }
    }
  }
}

function addToWindow(g: Geometry, b: i32, top: i32, left: i32, dy: usize, dx: usize): void {
  const share = <f32>1 / <f32>(g.filterHeight * g.filterWidth);
  const endRow = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  const startColumn = firstTap(left, g.dilationWidth);
  const endColumn = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
  for (let tapRow = firstTap(top, g.dilationHeight); tapRow < endRow; tapRow++) {
    const row = (b * g.inHeight + top + tapRow * g.dilationHeight) * g.inWidth;
    for (let tapColumn = startColumn; tapColumn < endColumn; tapColumn++) {
      const at = <usize>(row + left + tapColumn * g.dilationWidth) * g.inChannels;
      addScaledFloats(dy, share, dx + (at << 2), g.inChannels);
    }
  }
}

/** Y: the largest value of each window; -Infinity where it has none above that. */
export function maxPool(geometry: usize, x: usize, y: usize): void {
  poolWindows(changetype<Geometry>(geometry), x, y, true);
}

/** Y: the mean of each window's values, padding left out. */
export function avgPool(geometry: usize, x: usize, y: usize): void {
  poolWindows(changetype<Geometry>(geometry), x, y, false);
}

function poolWindows(g: Geometry, x: usize, y: usize, max: bool): void {
  const outBytes = <usize>g.inChannels << 2;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        poolWindow(g, b, outRow * g.strideHeight - g.padTop, outColumn * g.strideWidth - g.padLeft, x, y, max);
        y += outBytes;
      }
    }
  }
}

function poolWindow(g: Geometry, b: i32, top: i32, left: i32, x: usize, y: usize, max: bool): void {
  const startRow = firstTap(top, g.dilationHeight);
  const endRow = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight);
  const startColumn = firstTap(left, g.dilationWidth);
  const endColumn = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth);
  fillFloats(y, max ? -Infinity : 0, g.inChannels);
  for (let tapRow = startRow; tapRow < endRow; tapRow++) {
    const row = (b * g.inHeight + top + tapRow * g.dilationHeight) * g.inWidth;
    for (let tapColumn = startColumn; tapColumn < endColumn; tapColumn++) {
      const from = x + ((<usize>(row + left + tapColumn * g.dilationWidth) * g.inChannels) << 2);
      if (max) maxFloats(from, y, g.inChannels);
      else addFloats(from, y, g.inChannels);
    }
  }
  const values = <f32>((endRow - startRow) * (endColumn - startColumn));
  if (!max) for (let c = 0; c < g.inChannels; c++) store<f32>(y + (<usize>c << 2), load<f32>(y + (<usize>c << 2)) / values);
}
