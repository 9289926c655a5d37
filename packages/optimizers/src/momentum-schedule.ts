import { exp, integerPower, log } from '@downhill/core/math';

export const MOMENTUM_SCHEDULES = ['paper', 'constant', 'pytorch1'] as const;

/** The momentum of {@link scaleByNadam} over time. */
export type MomentumSchedule = (typeof MOMENTUM_SCHEDULES)[number];

/** What moment and gradient are multiplied by at step t. */
export interface MomentumShares {
  readonly ofMoment: number;
  readonly ofGradient: number;
}

export function momentumShares(schedule: MomentumSchedule, beta1: number, decay: number, t: number): MomentumShares {
  if (schedule === 'constant') {
    const correction = 1 / (1 - integerPower(beta1, t));
    return { ofMoment: beta1 * correction, ofGradient: (1 - beta1) * correction };
  }
  const [now, next] = [momentumAt(beta1, decay, t), momentumAt(beta1, decay, t + 1)];
  const product = momentumProduct(beta1, decay, t);
  const nextProduct = product * next * (schedule === 'pytorch1' ? now : 1);
  return { ofMoment: next / (1 - nextProduct), ofGradient: (1 - now) / (1 - product) };
}

const base = (decay: number): number => exp(decay * log(0.96));

/** μᵢ = β₁ (1 − ½ xⁱ), x = 0.96^ψ, at step i from 1. */
const momentumAt = (beta1: number, decay: number, i: number): number => beta1 * (1 - 0.5 * integerPower(base(decay), i));

/** y + y² + ... + yᵗ by doubling, which loses nothing where y is 1 or near. */
function geometricSum(y: number, t: number): number {
  if (t === 0) return 0;
  const half = Math.floor(t / 2);
  const power = integerPower(y, half);
  const sum = geometricSum(y, half) * (1 + power);
  return t % 2 === 0 ? sum : sum + power * power * y;
}

/**
 * μ₁ ⋯ μₜ without going through all steps: a function of the step alone, as the bias corrections are.
 *
 *     ln Π (1 − ½ xⁱ) = −Σₖ ½ᵏ / k · Σᵢ x^(k i)
 *
 * 54 terms of the series are as much as float64 can hold.
 */
function momentumProduct(beta1: number, decay: number, t: number): number {
  const x = base(decay);
  let logarithm = 0;
  for (let k = 54; k >= 1; k--) logarithm -= (integerPower(0.5, k) / k) * geometricSum(integerPower(x, k), t);
  return integerPower(beta1, t) * exp(logarithm);
}
