/**
 * F(2, 3): two outputs of a filter of 3 taps from four inputs, by four products, with the points 0, ±1 and infinity.
 * See `lines4.ts`; G and its transpose carry the halves.
 */

// @ts-ignore: decorator
@inline
function half(vector: v128): v128 {
  return f32x4.mul(f32x4.splat(0.5), vector);
}

/** Bᵀ x. */
// @ts-ignore: decorator
@inline
export function inputLine2(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load((from += fromStep));
  const x2 = v128.load((from += fromStep));
  const x3 = v128.load(from + fromStep);
  v128.store(to, f32x4.sub(x0, x2));
  v128.store((to += toStep), f32x4.add(x2, x1));
  v128.store((to += toStep), f32x4.sub(x2, x1));
  v128.store(to + toStep, f32x4.sub(x3, x1));
}

/** Aᵀ m; and the bias, where there is one. */
// @ts-ignore: decorator
@inline
export function outputLine2(from: usize, fromStep: usize, to: usize, toStep: usize, biased: bool, bias: v128): void {
  const m0 = v128.load(from);
  const m1 = v128.load((from += fromStep));
  const m2 = v128.load((from += fromStep));
  const m3 = v128.load(from + fromStep);
  const y0 = f32x4.add(m0, f32x4.add(m1, m2));
  const y1 = f32x4.add(m3, f32x4.sub(m1, m2));
  v128.store(to, biased ? f32x4.add(y0, bias) : y0);
  v128.store(to + toStep, biased ? f32x4.add(y1, bias) : y1);
}

/** A y, the transpose of {@link outputLine2}. */
// @ts-ignore: decorator
@inline
export function gradientLine2(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + fromStep);
  v128.store(to, y0);
  v128.store((to += toStep), f32x4.add(y0, y1));
  v128.store((to += toStep), f32x4.sub(y0, y1));
  v128.store(to + toStep, y1);
}

/** G w. */
// @ts-ignore: decorator
@inline
export function filterLine2(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load((from += fromStep));
  const w2 = v128.load(from + fromStep);
  const even = f32x4.add(w0, w2);
  v128.store(to, w0);
  v128.store((to += toStep), half(f32x4.add(even, w1)));
  v128.store((to += toStep), half(f32x4.sub(even, w1)));
  v128.store(to + toStep, w2);
}

/** Gᵀ u, the transpose of {@link filterLine2}. */
// @ts-ignore: decorator
@inline
export function filterGradientLine2(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const u0 = v128.load(from);
  const u1 = v128.load((from += fromStep));
  const u2 = v128.load((from += fromStep));
  const u3 = v128.load(from + fromStep);
  const even = half(f32x4.add(u1, u2));
  v128.store(to, f32x4.add(u0, even));
  v128.store((to += toStep), half(f32x4.sub(u1, u2)));
  v128.store(to + toStep, f32x4.add(u3, even));
}
