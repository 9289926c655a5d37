/**
 * The sums of a row of 3 x 3 windows at a stride and dilation of 1 across: a walk along three rows of the image with the filter in
 * registers. Each column of three values is loaded once and given to the three windows that it lies in: the one that it completes
 * and the two whose sums go on in registers. At the image's ends the columns that are not there are left out.
 *
 * That makes the taps' order column by column. It is for windows whose three rows lie on the image, and for four channels or more; where
 * their number is no multiple of four, the last turn overlaps with the one before.
 */
import { WindowAxis } from './window-axis';

const FOUR: i32 = 4;
const TAPS: i32 = 3;

/** Windows of a walk: few enough that what it reads stays in the cache for the next channels. */
const WALK: i32 = 32;

export function isWalkable(rows: WindowAxis, columns: WindowAxis, channels: i32): bool {
  return rows.taps == TAPS && columns.taps == TAPS && columns.stride == 1 && columns.dilation == 1 && channels >= FOUR;
}

/** The first window that does not lie before the image altogether. */
export function startOfWalk(columns: WindowAxis): i32 {
  return min(columns.windows, max(0, 1 - TAPS - columns.corner));
}

/** Sums the windows of a row from `start` on. */
export function walkWindows(
  rows: WindowAxis,
  columns: WindowAxis,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
  start: i32,
): void {
  for (let window = start; window < columns.windows; window += WALK) {
    walk(rows, columns, channels, image, filter, to, window, min(columns.windows, window + WALK));
  }
}

function walk(
  rows: WindowAxis,
  columns: WindowAxis,
  channels: i32,
  image: usize,
  filter: usize,
  to: usize,
  start: i32,
  end: i32,
): void {
  const pixelBytes = columns.pixelBytes;
  const imageRowBytes = rows.dilationBytes;
  const tapBytes = columns.tapBytes;
  const sumBytes = columns.sumBytes;
  const first = max(0, columns.corner + start);
  const completing = columns.corner + start + TAPS - 1; // the column that completes the first window
  const last = min(columns.size, columns.corner + end + TAPS - 1);
  for (let c = 0; c < channels; c += FOUR) {
    const offset = min(c, channels - FOUR) << 2;
    const row0 = filter + offset;
    const row1 = row0 + rows.tapBytes;
    const row2 = row1 + rows.tapBytes;
    const w00 = v128.load(row0);
    const w01 = v128.load(row0 + tapBytes);
    const w02 = v128.load(row0 + 2 * tapBytes);
    const w10 = v128.load(row1);
    const w11 = v128.load(row1 + tapBytes);
    const w12 = v128.load(row1 + 2 * tapBytes);
    const w20 = v128.load(row2);
    const w21 = v128.load(row2 + tapBytes);
    const w22 = v128.load(row2 + 2 * tapBytes);
    let sum = f32x4.splat(0); // of the window that the next column completes
    let next = f32x4.splat(0); // of the one after it
    let x = image + first * pixelBytes + offset;
    let out = to + start * sumBytes + offset;
    let column = first;
    for (const stop = min(last, completing); column < stop; column++) {
      const x0 = v128.load(x);
      const x1 = v128.load(x + imageRowBytes);
      const x2 = v128.load(x + 2 * imageRowBytes);
      sum = f32x4.add(f32x4.add(f32x4.add(next, f32x4.mul(x0, w01)), f32x4.mul(x1, w11)), f32x4.mul(x2, w21));
      next = f32x4.add(f32x4.add(f32x4.mul(x0, w00), f32x4.mul(x1, w10)), f32x4.mul(x2, w20));
      x += pixelBytes;
    }
    for (; column < completing; column++) {
      sum = next;
      next = f32x4.splat(0);
    }
    for (; column < last; column++) {
      const x0 = v128.load(x);
      const x1 = v128.load(x + imageRowBytes);
      const x2 = v128.load(x + 2 * imageRowBytes);
      v128.store(out, f32x4.add(f32x4.add(f32x4.add(sum, f32x4.mul(x0, w02)), f32x4.mul(x1, w12)), f32x4.mul(x2, w22)));
      sum = f32x4.add(f32x4.add(f32x4.add(next, f32x4.mul(x0, w01)), f32x4.mul(x1, w11)), f32x4.mul(x2, w21));
      next = f32x4.add(f32x4.add(f32x4.mul(x0, w00), f32x4.mul(x1, w10)), f32x4.mul(x2, w20));
      x += pixelBytes;
      out += sumBytes;
    }
    for (const stop = to + end * sumBytes + offset; out != stop; out += sumBytes) {
      v128.store(out, sum);
      sum = next;
      next = f32x4.splat(0);
    }
  }
}
