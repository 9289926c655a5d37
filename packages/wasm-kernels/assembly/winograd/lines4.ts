/**
 * F(4, 3): four outputs of a filter of 3 taps from six inputs, by six products,
 *
 *     y = Aᵀ [(G w) ⊙ (Bᵀ x)]
 *
 * Products of polynomials by their values at 0, ±a, ±b and their leading coefficient (at infinity). With points close to 1 the powers,
 * and so the rounding errors, stay small: a = 3/4 and b = 3/2 give less than half the error of the usual 1 and 2, and all
 * coefficients of A and B are exact in float32.
 *
 * Each function transforms four channels at once and reads and writes vectors that are `fromStep` and `toStep` bytes apart.
 */

const a: f32 = 0.75;
const b: f32 = 1.5;
const a2: f32 = a * a;
const b2: f32 = b * b;
const a3: f32 = a * a2;
const b3: f32 = b * b2;

/** One over the product of a point's distances to the others. */
const n0: f32 = 1 / (a2 * b2);
const na: f32 = 1 / (2 * a2 * (a2 - b2));
const nb: f32 = 1 / (2 * b2 * (b2 - a2));

// @ts-ignore: decorator
@inline
function scale(factor: f32, vector: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), vector);
}

/**
 * Bᵀ x. A row holds the coefficients of the product of (t - q) over the other points q:
 *
 *     a²b²   0    -a²-b²   0      1   0
 *     0    ∓ab²    -b²    ±a      1   0
 *     0    ∓a²b    -a²    ±b      1   0
 *     0    a²b²     0    -a²-b²   0   1
 */
// @ts-ignore: decorator
@inline
export function inputLine4(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load((from += fromStep));
  const x2 = v128.load((from += fromStep));
  const x3 = v128.load((from += fromStep));
  const x4 = v128.load((from += fromStep));
  const x5 = v128.load((from += fromStep));
  const evenA = f32x4.sub(x4, scale(b2, x2));
  const oddA = f32x4.sub(x3, scale(b2, x1));
  const evenB = f32x4.sub(x4, scale(a2, x2));
  const oddB = scale(b, f32x4.sub(x3, scale(a2, x1)));
  v128.store(to, f32x4.sub(evenA, scale(a2, f32x4.sub(x2, scale(b2, x0)))));
  v128.store((to += toStep), f32x4.add(evenA, scale(a, oddA)));
  v128.store((to += toStep), f32x4.sub(evenA, scale(a, oddA)));
  v128.store((to += toStep), f32x4.add(evenB, oddB));
  v128.store((to += toStep), f32x4.sub(evenB, oddB));
  v128.store(to + toStep, f32x4.sub(f32x4.sub(x5, scale(b2, x3)), scale(a2, oddA)));
}

/** Aᵀ m: yᵢ = Σ over points p of pⁱ m, the last m added to the highest; and the bias, where there is one. */
// @ts-ignore: decorator
@inline
export function outputLine4(from: usize, fromStep: usize, to: usize, toStep: usize, biased: bool, bias: v128): void {
  const m0 = v128.load(from);
  const m1 = v128.load((from += fromStep));
  const m2 = v128.load((from += fromStep));
  const m3 = v128.load((from += fromStep));
  const m4 = v128.load((from += fromStep));
  const m5 = v128.load(from + fromStep);
  const evenA = f32x4.add(m1, m2);
  const oddA = f32x4.sub(m1, m2);
  const evenB = f32x4.add(m3, m4);
  const oddB = f32x4.sub(m3, m4);
  const y0 = f32x4.add(m0, f32x4.add(evenA, evenB));
  const y1 = f32x4.add(scale(a, oddA), scale(b, oddB));
  const y2 = f32x4.add(scale(a2, evenA), scale(b2, evenB));
  const y3 = f32x4.add(m5, f32x4.add(scale(a3, oddA), scale(b3, oddB)));
  v128.store(to, biased ? f32x4.add(y0, bias) : y0);
  v128.store((to += toStep), biased ? f32x4.add(y1, bias) : y1);
  v128.store((to += toStep), biased ? f32x4.add(y2, bias) : y2);
  v128.store(to + toStep, biased ? f32x4.add(y3, bias) : y3);
}

/** A y, the transpose of {@link outputLine4}. */
// @ts-ignore: decorator
@inline
export function gradientLine4(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const y0 = v128.load(from);
  const y1 = v128.load((from += fromStep));
  const y2 = v128.load((from += fromStep));
  const y3 = v128.load(from + fromStep);
  const evenA = f32x4.add(y0, scale(a2, y2));
  const oddA = f32x4.add(scale(a, y1), scale(a3, y3));
  const evenB = f32x4.add(y0, scale(b2, y2));
  const oddB = f32x4.add(scale(b, y1), scale(b3, y3));
  v128.store(to, y0);
  v128.store((to += toStep), f32x4.add(evenA, oddA));
  v128.store((to += toStep), f32x4.sub(evenA, oddA));
  v128.store((to += toStep), f32x4.add(evenB, oddB));
  v128.store((to += toStep), f32x4.sub(evenB, oddB));
  v128.store(to + toStep, y3);
}

/** G w: the values of w0 + w1 t + w2 t² at the points, each over its distances to the others, and w2. */
// @ts-ignore: decorator
@inline
export function filterLine4(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load((from += fromStep));
  const w2 = v128.load(from + fromStep);
  const evenA = scale(na, f32x4.add(w0, scale(a2, w2)));
  const oddA = scale(na * a, w1);
  const evenB = scale(nb, f32x4.add(w0, scale(b2, w2)));
  const oddB = scale(nb * b, w1);
  v128.store(to, scale(n0, w0));
  v128.store((to += toStep), f32x4.add(evenA, oddA));
  v128.store((to += toStep), f32x4.sub(evenA, oddA));
  v128.store((to += toStep), f32x4.add(evenB, oddB));
  v128.store((to += toStep), f32x4.sub(evenB, oddB));
  v128.store(to + toStep, w2);
}

/** Gᵀ u, the transpose of {@link filterLine4}. */
// @ts-ignore: decorator
@inline
export function filterGradientLine4(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const u0 = v128.load(from);
  const u1 = v128.load((from += fromStep));
  const u2 = v128.load((from += fromStep));
  const u3 = v128.load((from += fromStep));
  const u4 = v128.load((from += fromStep));
  const u5 = v128.load(from + fromStep);
  const evenA = scale(na, f32x4.add(u1, u2));
  const oddA = scale(na * a, f32x4.sub(u1, u2));
  const evenB = scale(nb, f32x4.add(u3, u4));
  const oddB = scale(nb * b, f32x4.sub(u3, u4));
  v128.store(to, f32x4.add(scale(n0, u0), f32x4.add(evenA, evenB)));
  v128.store((to += toStep), f32x4.add(oddA, oddB));
  v128.store(to + toStep, f32x4.add(u5, f32x4.add(scale(a2, evenA), scale(b2, evenB))));
}
