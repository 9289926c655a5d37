/** Turns the colour circle: `src/passes/hue.ts` in AssemblyScript, with its roundings (fractions only). */
import { blueOf, clamped, FOUR_PIXELS, greenOf, redOf, storePixels } from './pixels';

/**
 * @param data Pixels of three channels, changed in place.
 * @param room For four pixels.
 */
export function turnHue(data: usize, pixels: i32, shift: f32, room: usize): void {
  const whole = data + <usize>(pixels >> 2) * FOUR_PIXELS;
  for (; data < whole; data += FOUR_PIXELS) turnFour(data, f32x4.splat(shift));
  const rest = <usize>(pixels & 3) * 12;
  if (rest == 0) return;
  memory.copy(room, data, rest);
  turnFour(room, f32x4.splat(shift));
  memory.copy(data, room, rest);
}

function turnFour(at: usize, shift: v128): void {
  const v0 = v128.load(at);
  const v1 = v128.load(at, 16);
  const v2 = v128.load(at, 32);
  const red = redOf(v0, v1, v2);
  const green = greenOf(v0, v1, v2);
  const blue = blueOf(v0, v1, v2);
  const one = f32x4.splat(1);
  const most = f32x4.max(red, f32x4.max(green, blue));
  const spread = f32x4.sub(most, f32x4.min(red, f32x4.min(green, blue)));
  const isGray = f32x4.eq(spread, f32x4.splat(0));
  const divisor = v128.bitselect(one, spread, isGray);
  const r = f32x4.div(f32x4.sub(most, red), divisor);
  const g = f32x4.div(f32x4.sub(most, green), divisor);
  const b = f32x4.div(f32x4.sub(most, blue), divisor);
  const fromGreen = f32x4.sub(f32x4.add(f32x4.splat(2), r), b);
  const fromBlue = f32x4.sub(f32x4.add(f32x4.splat(4), g), r);
  const orGreen = v128.bitselect(fromGreen, fromBlue, f32x4.eq(most, green));
  const sixths = v128.bitselect(f32x4.sub(b, g), orGreen, f32x4.eq(most, red));
  const hue = v128.andnot(fraction(f32x4.add(f32x4.div(sixths, f32x4.splat(6)), one)), isGray);
  const saturation = v128.andnot(f32x4.div(spread, v128.bitselect(one, most, isGray)), isGray);
  const six = f32x4.mul(fraction(f32x4.add(fraction(f32x4.add(hue, shift)), one)), f32x4.splat(6));
  const sector = f32x4.floor(six);
  const rest = f32x4.sub(six, sector);
  const low = f32x4.mul(most, f32x4.sub(one, saturation));
  const falling = f32x4.mul(most, f32x4.sub(one, f32x4.mul(saturation, rest)));
  const rising = f32x4.mul(most, f32x4.sub(one, f32x4.mul(saturation, f32x4.sub(one, rest))));
  const is1 = f32x4.eq(sector, one);
  const is2 = f32x4.eq(sector, f32x4.splat(2));
  const is3 = f32x4.eq(sector, f32x4.splat(3));
  const is4 = f32x4.eq(sector, f32x4.splat(4));
  const is5 = f32x4.eq(sector, f32x4.splat(5));
  const isBelow4 = v128.or(is2, is3);
  const newRed = v128.bitselect(low, v128.bitselect(falling, v128.bitselect(rising, most, is4), is1), isBelow4);
  const newGreen = v128.bitselect(most, v128.bitselect(falling, v128.bitselect(low, rising, v128.or(is4, is5)), is3), v128.or(is1, is2));
  const newBlue = v128.bitselect(most, v128.bitselect(rising, v128.bitselect(falling, low, is5), is2), v128.or(is3, is4));
  storePixels(at, clamped(newRed), clamped(newGreen), clamped(newBlue));
}

/** The remainder by 1, with the sign of the number. */
// @ts-ignore: decorator
@inline
function fraction(value: v128): v128 {
  return f32x4.sub(value, f32x4.trunc(value));
}
