/** Four pixels of three channels as three vectors in memory, and as vectors of red, green and blue. */

// @ts-ignore: decorator
@inline
export function redOf(v0: v128, v1: v128, v2: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(v0, v1, 0, 3, 6, 0), v2, 0, 1, 2, 5);
}

// @ts-ignore: decorator
@inline
export function greenOf(v0: v128, v1: v128, v2: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(v0, v1, 1, 4, 7, 0), v2, 0, 1, 2, 6);
}

// @ts-ignore: decorator
@inline
export function blueOf(v0: v128, v1: v128, v2: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(v0, v1, 2, 5, 0, 0), v2, 0, 1, 4, 7);
}

// @ts-ignore: decorator
@inline
export function storePixels(at: usize, red: v128, green: v128, blue: v128): void {
  v128.store(at, v128.shuffle<f32>(v128.shuffle<f32>(red, green, 0, 4, 1, 0), blue, 0, 1, 4, 2));
  v128.store(at, v128.shuffle<f32>(v128.shuffle<f32>(green, blue, 1, 5, 2, 0), red, 0, 1, 6, 2), 16);
  v128.store(at, v128.shuffle<f32>(v128.shuffle<f32>(blue, red, 2, 7, 3, 0), green, 0, 1, 7, 2), 32);
}

// @ts-ignore: decorator
@inline
export function clamped(value: v128): v128 {
  return f32x4.min(f32x4.splat(1), f32x4.max(f32x4.splat(0), value));
}

/** Bytes of four pixels. */
export const FOUR_PIXELS: usize = 48;
