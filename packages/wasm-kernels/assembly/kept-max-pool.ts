/**
 * Max pooling over windows of two rows and columns side by side that keeps the place of each largest value, a byte from 0 to 3, for the
 * gradient; at least sixteen channels.
 */
import { Geometry } from './geometry';
import { clearUncovered } from './pool-cover';

/** Channels at a time; where they are no multiple, the last ones overlap with those before: the same results once more. */
const CHANNELS: i32 = 16;

/** Y: the largest value of each window; and its place, -1 where none is above -Infinity. Returns whether every window has a place. */
export function maxPoolKeeping(geometry: usize, x: usize, y: usize, places: usize): bool {
  const g = changetype<Geometry>(geometry);
  const channels = g.inChannels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = g.inWidth * pixelBytes;
  let all = i8x16.splat(0);
  for (let b = 0; b < g.batch; b++) {
    for (let row = 0; row < g.outHeight; row++) {
      let from = x + (<usize>b * g.inHeight + row * 2) * rowBytes;
      for (let column = 0; column < g.outWidth; column++) {
        for (let c = 0; c < channels; c += CHANNELS) {
          const channel = <usize>min(c, channels - CHANNELS);
          all = v128.or(all, poolWindow(from + (channel << 2), from + rowBytes + (channel << 2), pixelBytes, y + (channel << 2), places + channel));
        }
        from += pixelBytes * 2;
        y += pixelBytes;
        places += channels;
      }
    }
  }
  return i8x16.bitmask(all) == 0;
}

// @ts-ignore: decorator
@inline
function poolWindow(upper: usize, lower: usize, next: usize, y: usize, places: usize): v128 {
  const place0 = poolVector(upper, lower, next, y);
  const place1 = poolVector(upper + 16, lower + 16, next, y + 16);
  const place2 = poolVector(upper + 32, lower + 32, next, y + 32);
  const place3 = poolVector(upper + 48, lower + 48, next, y + 48);
  const place = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(place0, place1), i16x8.narrow_i32x4_s(place2, place3));
  v128.store(places, place);
  return place;
}

/** A value takes the place from those before it where it is larger; a NaN never is. */
// @ts-ignore: decorator
@inline
function poolVector(upper: usize, lower: usize, next: usize, y: usize): v128 {
  const v0 = v128.load(upper);
  const v1 = v128.load(upper + next);
  const v2 = v128.load(lower);
  const v3 = v128.load(lower + next);
  let best = f32x4.splat(-Infinity);
  let place = i32x4.sub(i32x4.splat(-1), f32x4.gt(v0, best)); // a mask is -1 where it is true
  best = f32x4.pmax(best, v0);
  place = v128.bitselect(i32x4.splat(1), place, f32x4.gt(v1, best));
  best = f32x4.pmax(best, v1);
  place = v128.bitselect(i32x4.splat(2), place, f32x4.gt(v2, best));
  best = f32x4.pmax(best, v2);
  place = v128.bitselect(i32x4.splat(3), place, f32x4.gt(v3, best));
  v128.store(y, f32x4.pmax(best, v3));
  return place;
}

/** dX: each window's gradient at its place, zero elsewhere. */
export function spreadToPlaces(geometry: usize, places: usize, dy: usize, dx: usize): void {
  const g = changetype<Geometry>(geometry);
  const channels = g.inChannels;
  const pixelBytes = <usize>channels << 2;
  const rowBytes = g.inWidth * pixelBytes;
  clearUncovered(g, dx);
  for (let b = 0; b < g.batch; b++) {
    for (let row = 0; row < g.outHeight; row++) {
      let to = dx + (<usize>b * g.inHeight + row * 2) * rowBytes;
      for (let column = 0; column < g.outWidth; column++) {
        for (let c = 0; c < channels; c += CHANNELS) {
          const channel = <usize>min(c, channels - CHANNELS);
          spreadWindow(places + channel, dy + (channel << 2), to + (channel << 2), to + rowBytes + (channel << 2), pixelBytes);
        }
        to += pixelBytes * 2;
        dy += pixelBytes;
        places += channels;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function spreadWindow(places: usize, dy: usize, upper: usize, lower: usize, next: usize): void {
  const bytes = v128.load(places);
  const low = i16x8.extend_low_i8x16_s(bytes);
  const high = i16x8.extend_high_i8x16_s(bytes);
  spreadVector(i32x4.extend_low_i16x8_s(low), v128.load(dy), upper, lower, next);
  spreadVector(i32x4.extend_high_i16x8_s(low), v128.load(dy, 16), upper + 16, lower + 16, next);
  spreadVector(i32x4.extend_low_i16x8_s(high), v128.load(dy, 32), upper + 32, lower + 32, next);
  spreadVector(i32x4.extend_high_i16x8_s(high), v128.load(dy, 48), upper + 48, lower + 48, next);
}

// @ts-ignore: decorator
@inline
function spreadVector(place: v128, dy: v128, upper: usize, lower: usize, next: usize): void {
  v128.store(upper, v128.and(dy, i32x4.eq(place, i32x4.splat(0))));
  v128.store(upper + next, v128.and(dy, i32x4.eq(place, i32x4.splat(1))));
  v128.store(lower, v128.and(dy, i32x4.eq(place, i32x4.splat(2))));
  v128.store(lower + next, v128.and(dy, i32x4.eq(place, i32x4.splat(3))));
}
