/**
 * Float32 arithmetic on numbers or on the nodes of a graph: what is written over it is computed by `random.ts` and traced by
 * `lower.ts`, operation for operation. N, I, B: its numbers, 32-bit integers and booleans.
 */
export interface Arithmetic<N, I, B> {
  readonly add: (a: N | number, b: N | number) => N;
  readonly sub: (a: N | number, b: N | number) => N;
  readonly mul: (a: N | number, b: N | number) => N;
  readonly div: (a: N | number, b: N | number) => N;
  readonly sqrt: (a: N) => N;
  readonly select: (condition: B, whenTrue: N, whenFalse: N) => N;
  readonly integerAdd: (a: I, b: number) => I;
  readonly integerXor: (a: I, b: I) => I;
  readonly integerAnd: (a: I, b: number) => I;
  readonly integerLess: (a: I, b: number) => B;
  readonly shiftLeft: (a: I, count: number) => I;
  readonly shiftRight: (a: I, count: number) => I;
  readonly toNumber: (a: I) => N;
  readonly bitsOf: (a: N) => I;
  readonly fromBits: (a: I) => N;
}

/** The sign bit. */
export const SIGN = 0x80000000;
/** 2⁻²⁴: what a random word's upper 24 bits are multiplied by. */
export const UNIT = 5.9604644775390625e-8;
/** 2⁻¹⁶: what sixteen random bits are multiplied by. */
export const UNIT_16 = 1.52587890625e-5;

/** x = m · 2^(exponent − 127) with √½ ≤ m < √2, for positive, normal x. */
export function mantissa<N, I, B>(on: Arithmetic<N, I, B>, x: N): { readonly m: N; readonly exponent: N } {
  const shifted = on.integerAdd(on.bitsOf(x), 0x004afb0d); // carries into the exponent where the fraction is that of √2 or more
  return {
    m: on.fromBits(on.integerAdd(on.integerAnd(shifted, 0x007fffff), 0x3f3504f3)),
    exponent: on.toNumber(on.shiftRight(shifted, 23)),
  };
}

/**
 * ln(m · 2ᵏ) for √½ ≤ m < √2.
 *
 * f = m − 1, s = f / (2 + f): ln m = f − ½ f² + s (½ f² + R(s²)), with the minimax polynomial R of FreeBSD's `logf`.
 */
export function logOf<N, I, B>({ add, sub, mul, div }: Arithmetic<N, I, B>, m: N, k: N): N {
  const f = sub(m, 1);
  const s = div(f, add(f, 2));
  const z = mul(s, s);
  const r = mul(z, add(mul(z, add(mul(z, add(mul(z, 0.24279079), 0.28498787)), 0.40000972)), 0.66666663));
  const half = mul(mul(f, 0.5), f);
  const low = sub(add(mul(s, add(half, r)), mul(k, 9.0580006e-6)), half);
  return add(add(low, f), mul(k, 0.69313812));
}

/** sin(x + low) for |x| ≤ π/4 and a much smaller `low`. The minimax polynomial of Moshier's Cephes. */
export function sineOf<N, I, B>({ add, mul }: Arithmetic<N, I, B>, x: N, low?: N): N {
  const z = mul(x, x);
  const cubic = mul(mul(z, x), add(mul(z, add(mul(z, -1.9515296e-4), 8.3321609e-3)), -0.16666655));
  return add(x, low === undefined ? cubic : add(cubic, low));
}

/** cos(x + low) for |x| ≤ π/4 and a much smaller `low`. The minimax polynomial of Moshier's Cephes. */
export function cosineOf<N, I, B>({ add, sub, mul }: Arithmetic<N, I, B>, x: N, low?: N): N {
  const z = mul(x, x);
  const half = mul(z, 0.5);
  const quartic = mul(mul(z, z), add(mul(z, add(mul(z, 2.4433157e-5), -1.3887316e-3)), 4.1666646e-2));
  const w = sub(1, half);
  return add(w, add(sub(sub(1, w), half), low === undefined ? quartic : sub(quartic, mul(x, low))));
}

/**
 * A normal number from two random words: Box & Muller 1958,
 *
 *     z = √(−2 ln u₁) cos(2π u₂),  u₁ = (⌊w₀ / 2⁸⌋ + 1) 2⁻²⁴ in (0, 1],  u₂ = ⌊w₁ / 2⁸⌋ 2⁻²⁴ in [0, 1)
 *
 * The quadrant of 2π u₂ and the angle within it are taken from the word's bits, exactly. |z| < 5.77.
 */
export function boxMuller<N, I, B>(on: Arithmetic<N, I, B>, w0: I, w1: I): N {
  const u1 = on.mul(on.toNumber(on.integerAdd(on.shiftRight(w0, 8), 1)), UNIT);
  const { m, exponent } = mantissa(on, u1);
  const radius = on.sqrt(on.mul(logOf(on, m, on.sub(exponent, 127)), -2));
  // The two upper bits of `turned` count quarters of a turn, to the nearest; the others, as a signed number, are the rest.
  const turned = on.integerAdd(w1, 0x20000000);
  const angle = on.mul(on.toNumber(on.shiftLeft(on.integerAnd(w1, 0x3fffff00), 2)), 3.6572952e-10);
  const even = on.integerLess(on.integerAnd(turned, 0x40000000), 1);
  const size = on.mul(radius, on.select(even, cosineOf(on, angle), sineOf(on, angle)));
  const sign = on.shiftLeft(on.shiftRight(on.integerAdd(turned, 0x40000000), 31), 31);
  return on.fromBits(on.integerXor(on.bitsOf(size), sign));
}
