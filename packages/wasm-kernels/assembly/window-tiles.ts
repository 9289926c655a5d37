/**
 * The innermost sums over windows, in registers. V8 loads all values of a loop's body before it multiplies the first, so the
 * accumulators, the values and one product of a body must fit in 15 registers.
 *
 * Where the channels are no multiple of a turn's, the last turn overlaps with the one before: the same sums once more.
 */
import { WindowAxis } from './window-axis';

const FOUR: i32 = 4;
const EIGHT: i32 = 8;

/** Sums three windows side by side whose columns lie on the image, of eight channels or more. */
export function sumThreeWindows(
  rows: WindowAxis,
  columns: WindowAxis,
  tapRows: i32,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
): void {
  const strideBytes = columns.strideBytes;
  const dilationBytes = columns.dilationBytes;
  const tapBytes = columns.tapBytes;
  const sumBytes = columns.sumBytes;
  for (let c = 0; c < channels; c += EIGHT) {
    const offset = min(c, channels - EIGHT) << 2;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let imageRow = image + offset;
    let filterRow = filter + offset;
    for (let row = tapRows; row > 0; row--) {
      let x = imageRow;
      let tap = filterRow;
      for (let column = columns.taps; column > 0; column--) {
        const w0 = v128.load(tap);
        const w1 = v128.load(tap, 16);
        const next = x + strideBytes;
        const last = next + strideBytes;
        a0 = f32x4.add(a0, f32x4.mul(v128.load(x), w0));
        a1 = f32x4.add(a1, f32x4.mul(v128.load(x, 16), w1));
        b0 = f32x4.add(b0, f32x4.mul(v128.load(next), w0));
        b1 = f32x4.add(b1, f32x4.mul(v128.load(next, 16), w1));
        c0 = f32x4.add(c0, f32x4.mul(v128.load(last), w0));
        c1 = f32x4.add(c1, f32x4.mul(v128.load(last, 16), w1));
        x += dilationBytes;
        tap += tapBytes;
      }
      imageRow += rows.dilationBytes;
      filterRow += rows.tapBytes;
    }
    let sum = to + offset;
    v128.store(sum, a0);
    v128.store(sum, a1, 16);
    sum += sumBytes;
    v128.store(sum, b0);
    v128.store(sum, b1, 16);
    sum += sumBytes;
    v128.store(sum, c0);
    v128.store(sum, c1, 16);
  }
}

/** Sums one window of any number of channels, of whose taps `tapRows` times `tapColumns` lie on the image. */
export function sumWindow(
  rows: WindowAxis,
  columns: WindowAxis,
  tapRows: i32,
  tapColumns: i32,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
): void {
  if (channels < FOUR) {
    sumChannels(rows, columns, tapRows, tapColumns, channels, image, filter, to);
    return;
  }
  for (let c = 0; c < channels; c += FOUR) {
    const offset = min(c, channels - FOUR) << 2;
    let sum = f32x4.splat(0);
    let imageRow = image + offset;
    let filterRow = filter + offset;
    for (let row = tapRows; row > 0; row--) {
      let x = imageRow;
      let tap = filterRow;
      for (let column = tapColumns; column > 0; column--) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(tap)));
        x += columns.dilationBytes;
        tap += columns.tapBytes;
      }
      imageRow += rows.dilationBytes;
      filterRow += rows.tapBytes;
    }
    v128.store(to + offset, sum);
  }
}

function sumChannels(
  rows: WindowAxis,
  columns: WindowAxis,
  tapRows: i32,
  tapColumns: i32,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
): void {
  for (let c = 0; c < channels; c++) {
    let sum: f32 = 0;
    let imageRow = image + (c << 2);
    let filterRow = filter + (c << 2);
    for (let row = tapRows; row > 0; row--) {
      let x = imageRow;
      let tap = filterRow;
      for (let column = tapColumns; column > 0; column--) {
        sum += load<f32>(x) * load<f32>(tap);
        x += columns.dilationBytes;
        tap += columns.tapBytes;
      }
      imageRow += rows.dilationBytes;
      filterRow += rows.tapBytes;
    }
    store<f32>(to + (c << 2), sum);
  }
}
