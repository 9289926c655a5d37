/** Multiplies each pixel by a matrix: `src/passes/colour.ts` in AssemblyScript, with its roundings (fractions only). */
import { blueOf, clamped, FOUR_PIXELS, greenOf, redOf, storePixels } from './pixels';

/**
 * @param data Pixels of three channels, changed in place.
 * @param matrix Three rows of four float32, the last of each is added.
 * @param room For four pixels.
 */
export function applyColour(data: usize, pixels: i32, matrix: usize, clamp: bool, room: usize): void {
  const whole = data + <usize>(pixels >> 2) * FOUR_PIXELS;
  for (; data < whole; data += FOUR_PIXELS) multiplyFour(data, matrix, clamp);
  const rest = <usize>(pixels & 3) * 12;
  if (rest == 0) return;
  memory.copy(room, data, rest);
  multiplyFour(room, matrix, clamp);
  memory.copy(data, room, rest);
}

function multiplyFour(at: usize, matrix: usize, clamp: bool): void {
  const v0 = v128.load(at);
  const v1 = v128.load(at, 16);
  const v2 = v128.load(at, 32);
  const red = redOf(v0, v1, v2);
  const green = greenOf(v0, v1, v2);
  const blue = blueOf(v0, v1, v2);
  let newRed = row(matrix, red, green, blue);
  let newGreen = row(matrix + 16, red, green, blue);
  let newBlue = row(matrix + 32, red, green, blue);
  if (clamp) {
    newRed = clamped(newRed);
    newGreen = clamped(newGreen);
    newBlue = clamped(newBlue);
  }
  storePixels(at, newRed, newGreen, newBlue);
}

// @ts-ignore: decorator
@inline
function row(matrix: usize, red: v128, green: v128, blue: v128): v128 {
  const withRed = f32x4.add(v128.load32_splat(matrix, 12), f32x4.mul(v128.load32_splat(matrix), red));
  const withGreen = f32x4.add(withRed, f32x4.mul(v128.load32_splat(matrix, 4), green));
  return f32x4.add(withGreen, f32x4.mul(v128.load32_splat(matrix, 8), blue));
}
