import { logGammaFrom, type Draws } from '@downhill/core';
import { exp } from '@downhill/core/math';

/** Shares that add up to 1, of the symmetric Dirichlet distribution. */
export function dirichletFrom(draws: Draws, alpha: number, count: number): readonly number[] {
  const logs = Array.from({ length: count }, () => logGammaFrom(draws, alpha));
  const most = Math.max(...logs);
  const values = logs.map((value) => exp(value - most));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
