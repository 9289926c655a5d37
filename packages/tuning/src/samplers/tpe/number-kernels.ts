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

/**
 * Adds the logarithms of all kernels at a value to `sums`.
 *
 *     mass     φ((x − μ) / σ) / (σ (Φ((high − μ) / σ) − Φ((low − μ) / σ)))
 *     height   the same without the σ in front: as high for a wide kernel as for a narrow one
 *     steps    the chance of the value's part of the scale, in both
 */
export type AddKernels<Value> = (value: Value, sums: Float64Array) => void;

export function addNumberKernels({ scale, mus, sigmas }: NumberKernels, by: 'mass' | 'height'): AddKernels<number> {
  const { low, high, partOf } = scale;
  const masses = mus.map((mu, i) => logMass((low - mu) / at(sigmas, i), (high - mu) / at(sigmas, i)));
  const divisors = by === 'height' ? masses : masses.map((mass, i) => mass + log(at(sigmas, i)));
  return (value, sums) => {
    const x = scale.positionOf(value);
    if (!(x >= low && x <= high)) sums.fill(-Infinity);
    else if (partOf === undefined)
      for (let i = 0; i < sums.length; i++) sums[i] = at(sums, i) + logDensity((x - at(mus, i)) / at(sigmas, i)) - at(divisors, i);
    else {
      const [from, to] = partOf(x);
      for (let i = 0; i < sums.length; i++) {
        const [mu, sigma] = [at(mus, i), at(sigmas, i)];
        sums[i] = at(sums, i) + logMass((from - mu) / sigma, (to - mu) / sigma) - at(masses, i);
      }
    }
  };
}

/** A value from kernel `i`. @param q Evenly from [0, 1). */
export function numberFrom({ scale, mus, sigmas }: NumberKernels, i: number, q: number): number {
  const [mu, sigma] = [at(mus, i), at(sigmas, i)];
  return scale.valueAt(mu + sigma * truncatedNormalQuantile(q, (scale.low - mu) / sigma, (scale.high - mu) / sigma));
}

const at = (numbers: Float64Array, i: number): number => numbers[i] ?? Number.NaN;
