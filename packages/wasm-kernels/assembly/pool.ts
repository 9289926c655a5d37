/** Max and average pooling: a window's result stays in registers while its values go by, sixteen channels at a time. */
import { endTap, firstTap, Geometry } from './geometry';

/** Y: the largest value of each window; -Infinity where it has none above that. */
export function maxPool(geometry: usize, x: usize, y: usize): void {
  poolWindows(changetype<Geometry>(geometry), x, y, true);
}

/** Y: the mean of each window's values, padding left out. */
export function avgPool(geometry: usize, x: usize, y: usize): void {
  poolWindows(changetype<Geometry>(geometry), x, y, false);
}

@inline
function poolWindows(g: Geometry, x: usize, y: usize, max: bool): void {
  const pixelBytes = g.inChannels << 2;
  const columnBytes = g.dilationWidth * pixelBytes;
  const rowBytes = g.dilationHeight * g.inWidth * pixelBytes;
  for (let b = 0; b < g.batch; b++) {
    for (let outRow = 0; outRow < g.outHeight; outRow++) {
      const top = outRow * g.strideHeight - g.padTop;
      const firstRow = firstTap(top, g.dilationHeight);
      const rows = endTap(top, g.dilationHeight, g.filterHeight, g.inHeight) - firstRow;
      const row = x + (b * g.inHeight + top + firstRow * g.dilationHeight) * g.inWidth * pixelBytes;
      for (let outColumn = 0; outColumn < g.outWidth; outColumn++) {
        const left = outColumn * g.strideWidth - g.padLeft;
        const firstColumn = firstTap(left, g.dilationWidth);
        const columns = endTap(left, g.dilationWidth, g.filterWidth, g.inWidth) - firstColumn;
        const from = row + (left + firstColumn * g.dilationWidth) * pixelBytes;
        if (max) maxOfWindow(from, rows, columns, rowBytes, columnBytes, y, g.inChannels);
        else meanOfWindow(from, rows, columns, rowBytes, columnBytes, y, g.inChannels);
        y += pixelBytes;
      }
    }
  }
}

function maxOfWindow(from: usize, rows: i32, columns: i32, rowBytes: i32, columnBytes: i32, to: usize, channels: i32): void {
  reduceWindow(from, rows, columns, rowBytes, columnBytes, to, channels, true);
}

function meanOfWindow(from: usize, rows: i32, columns: i32, rowBytes: i32, columnBytes: i32, to: usize, channels: i32): void {
  reduceWindow(from, rows, columns, rowBytes, columnBytes, to, channels, false);
}

/** Where the channels are no multiple of a turn's, the last turn overlaps with the one before: the same results once more. */
@inline
function reduceWindow(
  from: usize,
  rows: i32,
  columns: i32,
  rowBytes: i32,
  columnBytes: i32,
  to: usize,
  channels: i32,
  max: bool,
): void {
  const none: f32 = max ? -Infinity : 0;
  const count = <f32>(rows * columns);
  if (channels >= 16) {
    for (let c = 0; c < channels; c += 16) {
      const offset = min(c, channels - 16) << 2;
      let a = f32x4.splat(none);
      let b = a;
      let e = a;
      let d = a;
      let line = from + offset;
      for (let row = rows; row > 0; row--) {
        let at = line;
        for (let column = columns; column > 0; column--) {
          a = join(a, v128.load(at), max);
          b = join(b, v128.load(at, 16), max);
          e = join(e, v128.load(at, 32), max);
          d = join(d, v128.load(at, 48), max);
          at += columnBytes;
        }
        line += rowBytes;
      }
      const out = to + offset;
      v128.store(out, max ? a : f32x4.div(a, f32x4.splat(count)));
      v128.store(out, max ? b : f32x4.div(b, f32x4.splat(count)), 16);
      v128.store(out, max ? e : f32x4.div(e, f32x4.splat(count)), 32);
      v128.store(out, max ? d : f32x4.div(d, f32x4.splat(count)), 48);
    }
  } else if (channels >= 4) {
    for (let c = 0; c < channels; c += 4) {
      const offset = min(c, channels - 4) << 2;
      let a = f32x4.splat(none);
      let line = from + offset;
      for (let row = rows; row > 0; row--) {
        let at = line;
        for (let column = columns; column > 0; column--) {
          a = join(a, v128.load(at), max);
          at += columnBytes;
        }
        line += rowBytes;
      }
      v128.store(to + offset, max ? a : f32x4.div(a, f32x4.splat(count)));
    }
  } else {
    for (let c = 0; c < channels; c++) {
      let a = none;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const value = load<f32>(from + row * rowBytes + column * columnBytes + (c << 2));
          if (!max) a += value;
          else if (value > a) a = value;
        }
      }
      store<f32>(to + (c << 2), max ? a : a / count);
    }
  }
}

/** The larger of both, a NaN in `value` passed over; or their sum. */
@inline
function join(a: v128, value: v128, max: bool): v128 {
  return max ? f32x4.pmax(a, value) : f32x4.add(a, value);
}
