import { log } from '@downhill/core/math';
import { logDensity } from './normal.ts';
import type { Scale } from './scale.ts';
import { logMass, truncatedNormalQuantile } from './truncated-normal.ts';

/** Normal kernels on a scale, cut off at its ends: one an observation in their order, and the prior's. */
export interface NumberKernels {
  readonly kind: 'number';
  readonly scale: Scale;
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
}

/** A way to compute kernels' logarithmic densities: adds those of all kernels at a value to `sums`. */
export function addNumberDensities({ scale, mus, sigmas }: NumberKernels): (value: number, sums: Float64Array) => void {
  const { low, high, stretchOf } = scale;
  const masses = mus.map((mu, i) => logMass((low - mu) / at(sigmas, i), (high - mu) / at(sigmas, i)));
  const scales = masses.map((mass, i) => mass + log(at(sigmas, i)));
  return (value, sums) => {
    const x = scale.positionOf(value);
    if (!(x >= low && x <= high)) sums.fill(-Infinity);
    else if (stretchOf === undefined)
      for (let i = 0; i < sums.length; i++) sums[i] = at(sums, i) + logDensity((x - at(mus, i)) / at(sigmas, i)) - at(scales, i);
    else {
      const [from, to] = stretchOf(x);
      for (let i = 0; i < sums.length; i++) {
        const [mu, sigma] = [at(mus, i), at(sigmas, i)];
        sums[i] = at(sums, i) + logMass((from - mu) / sigma, (to - mu) / sigma) - at(masses, i);
      }
    }
  };
}

/** A value from kernel `i`. @param q Evenly from between 0 and 1. */
export function numberFrom({ scale, mus, sigmas }: NumberKernels, i: number, q: number): number {
  const [mu, sigma] = [at(mus, i), at(sigmas, i)];
  return scale.valueAt(mu + sigma * truncatedNormalQuantile(q, (scale.low - mu) / sigma, (scale.high - mu) / sigma));
}

const at = (numbers: Float64Array, i: number): number => numbers[i] ?? Number.NaN;
