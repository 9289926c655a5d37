/** A blend with the mean gray: `src/passes/contrast.ts` in AssemblyScript, with its roundings (fractions only). */
import { blueOf, clamped, FOUR_PIXELS, greenOf, redOf } from './pixels';

/**
 * @param data Pixels of three channels, changed in place.
 * @param room For four pixels.
 */
export function stretchAroundMean(data: usize, pixels: i32, factor: f64, room: usize): void {
  const whole = data + <usize>(pixels >> 2) * FOUR_PIXELS;
  const rest = <usize>(pixels & 3) * 12;
  let first = f64x2.splat(0);
  let second = f64x2.splat(0);
  for (let at = data; at < whole; at += FOUR_PIXELS) {
    const gray = grayOf(at);
    first = f64x2.add(first, f64x2.promote_low_f32x4(gray));
    second = f64x2.add(second, f64x2.promote_low_f32x4(v128.shuffle<f32>(gray, gray, 2, 3, 2, 3)));
  }
  if (rest > 0) {
    memory.fill(room, 0, FOUR_PIXELS);
    memory.copy(room, whole, rest);
    const gray = grayOf(room);
    first = f64x2.add(first, f64x2.promote_low_f32x4(gray));
    second = f64x2.add(second, f64x2.promote_low_f32x4(v128.shuffle<f32>(gray, gray, 2, 3, 2, 3)));
  }
  const sums = f64x2.add(first, second);
  const mean = (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)) / <f64>pixels;
  const share = f32x4.splat(<f32>factor);
  const other = f32x4.splat(<f32>((1 - factor) * mean));
  for (let at = data; at < whole; at += 16) v128.store(at, clamped(f32x4.add(f32x4.mul(share, v128.load(at)), other)));
  if (rest == 0) return;
  for (let i: usize = 0; i < FOUR_PIXELS; i += 16) v128.store(room + i, clamped(f32x4.add(f32x4.mul(share, v128.load(room + i)), other)));
  memory.copy(whole, room, rest);
}

function grayOf(at: usize): v128 {
  const v0 = v128.load(at);
  const v1 = v128.load(at, 16);
  const v2 = v128.load(at, 32);
  const red = f32x4.mul(f32x4.splat(0.2989), redOf(v0, v1, v2));
  const green = f32x4.mul(f32x4.splat(0.587), greenOf(v0, v1, v2));
  return f32x4.add(f32x4.add(red, green), f32x4.mul(f32x4.splat(0.114), blueOf(v0, v1, v2)));
}
