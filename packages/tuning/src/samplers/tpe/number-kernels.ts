import { log } from '@downhill/core/math';
import { logDensity } from './normal.ts';
import type { Scale } from './scale.ts';
import { logMass, truncatedNormalQuantile } from './truncated-normal.ts';

/** Normal kernels on a scale, cut off at its ends: one an observation, in their order, and last the prior's. */
export interface NumberKernels {
  readonly kind: 'number';
  readonly scale: Scale;
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
}

/** How far outside the scale a position may be and still count as at its end, in lengths of the scale: rounding. */
const SLACK = 1e-12;

const isOn = ({ low, high }: Scale, x: number): boolean => {
  const slack = SLACK * (high - low);
  return x >= low - slack && x <= high + slack;
};

/** Adds the logarithm of each kernel at a value to `sums`. */
export type AddKernels<Value> = (value: Value, sums: Float64Array) => void;

/**
 * The logarithms of the kernels.
 *
 *     φ((x − μ) / σ) / (σ (Φ((high − μ) / σ) − Φ((low − μ) / σ)))
 *
 * Where there are steps, it is the chance of the value's part of the scale.
 *
 * @param sameHeight Whether the σ in front is left out, so that wide kernels are as high as narrow ones.
 */
export function addNumberKernels(kernels: NumberKernels, sameHeight: boolean): AddKernels<number> {
  const { scale, mus, sigmas } = kernels;
  const { low, high, partOf } = scale;
  const masses = mus.map((mu, i) => logMass((low - mu) / at(sigmas, i), (high - mu) / at(sigmas, i)));
  if (partOf !== undefined) return addParts(kernels, masses, partOf);
  const divisors = sameHeight ? masses : masses.map((mass, i) => mass + log(at(sigmas, i)));
  return (value, sums) => {
    const x = scale.positionOf(value);
    if (!isOn(scale, x)) sums.fill(-Infinity);
    else for (let i = 0; i < sums.length; i++) sums[i] = at(sums, i) + logDensity((x - at(mus, i)) / at(sigmas, i)) - at(divisors, i);
  };
}

/** Where there are steps, candidates often have the same value: its kernels are computed once. */
function addParts(
  { scale, mus, sigmas }: NumberKernels,
  masses: Float64Array,
  partOf: (position: number) => readonly [from: number, to: number],
): AddKernels<number> {
  const known = new Map<number, Float64Array>();
  const kernelsAt = (value: number): Float64Array => {
    const x = scale.positionOf(value);
    if (!isOn(scale, x)) return mus.map(() => -Infinity);
    const [from, to] = partOf(x);
    return mus.map((mu, i) => logMass((from - mu) / at(sigmas, i), (to - mu) / at(sigmas, i)) - at(masses, i));
  };
  return (value, sums) => {
    const found = known.get(value) ?? kernelsAt(value);
    known.set(value, found);
    for (let i = 0; i < sums.length; i++) sums[i] = at(sums, i) + at(found, i);
  };
}

/** A value from kernel `i`. @param q Evenly from [0, 1). */
export function numberFrom({ scale, mus, sigmas }: NumberKernels, i: number, q: number): number {
  const [mu, sigma] = [at(mus, i), at(sigmas, i)];
  return scale.valueAt(mu + sigma * truncatedNormalQuantile(q, (scale.low - mu) / sigma, (scale.high - mu) / sigma));
}

const at = (numbers: Float64Array, i: number): number => numbers[i] ?? Number.NaN;
