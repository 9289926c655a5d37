import { exp } from '@downhill/core/math';

const square = (value: number): number => value * value;

/** exp(-(x / σ)² / 2) at whole distances from the middle, brought to a sum of 1. */
export function gaussianKernel(length: number, sigma: number): readonly number[] {
  const half = (length - 1) / 2;
  const values = Array.from({ length }, (_, i) => exp(-square((i - half) / sigma) / 2));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
