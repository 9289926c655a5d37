import { exp, log } from '@downhill/core/math';
import { logGamma } from './log-gamma.ts';

const PRECISION = 1e-15;
const SMALLEST = 1e-300;
const MOST_TERMS = 10_000; // about √max(a, b) are enough

/**
 * The regularized incomplete beta function Iₓ(a, b), for x in [0, 1] and a, b > 0, to about 13 digits.
 *
 *     Iₓ(a, b) = xᵃ (1 − x)ᵇ / (a B(a, b)) · 1 / (1 + d₁ / (1 + d₂ / (1 + ...)))
 *     d₂ₘ₊₁ = −(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1)),   d₂ₘ = m (b − m) x / ((a + 2m − 1)(a + 2m))
 *
 * Abramowitz & Stegun 1964, equation 26.5.8, from the front by Lentz's method; where x is past the mean, 1 − I₁₋ₓ(b, a).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = exp(a * log(x) + b * log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  return front / continuedFraction(x, a, b);
}

/** 1 + d₁ / (1 + d₂ / (1 + ...)): Lentz 1976, with the guards of Thompson & Barnett 1986 against a zero in between. */
function continuedFraction(x: number, a: number, b: number): number {
  let [value, numerator, denominator] = [1, 1, 0];
  for (let term = 1; term < MOST_TERMS; term += 1) {
    const d = coefficient(term, x, a, b);
    denominator = 1 / guarded(1 + d * denominator);
    numerator = guarded(1 + d / numerator);
    value *= numerator * denominator;
    if (Math.abs(numerator * denominator - 1) < PRECISION) break;
  }
  return value;
}

function coefficient(term: number, x: number, a: number, b: number): number {
  const m = Math.floor(term / 2);
  if (term % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

const guarded = (value: number): number => (Math.abs(value) < SMALLEST ? SMALLEST : value);
