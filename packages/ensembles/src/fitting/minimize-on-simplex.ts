import { solveSymmetric } from './solve.ts';

/** A convex function's value, gradient and Hessian at a point. */
export interface Curved {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly Float64Array[];
}

const ITERATIONS = 500;

/**
 * Where a smooth convex function of shares (each at least 0, of sum 1) is least.
 *
 * Newton steps on an active set (Nocedal & Wright 2006, sections 16.5 and 18.1): among the shares that are not held at 0 the step
 * solves `H d = ν 1 − g, Σ d = 0`; it is cut off where a share reaches 0, which is held there, and halved until the function falls.
 * Where the slopes of the free shares agree to `tolerance`, the held share with the lowest slope is let go; where none has a lower
 * slope than the free ones, this is the minimum.
 */
export function minimizeOnSimplex(objective: (shares: readonly number[]) => Curved, count: number, tolerance = 1e-10): readonly number[] {
  let shares: readonly number[] = Array.from({ length: count }, () => 1 / count);
  let free = shares.map((_, i) => i);
  let here = objective(shares);
  for (let i = 0; i < ITERATIONS; i++) {
    const slopes = here.gradient;
    const level = shares.reduce((sum, share, j) => sum + share * (slopes[j] ?? 0), 0);
    const bound = tolerance * Math.max(1, Math.abs(level));
    const at = (j: number): number => (slopes[j] ?? 0) - level;
    if (free.every((j) => Math.abs(at(j)) <= bound)) {
      const lowest = shares.reduce((best, _, j) => (at(j) < at(best) ? j : best), 0);
      if (at(lowest) >= -bound) break;
      free = [...free, lowest];
    }
    const moved = descend(objective, shares, here, free);
    if (moved === undefined) break;
    ({ shares, here, free } = moved);
  }
  return shares;
}

interface Moved {
  readonly shares: readonly number[];
  readonly here: Curved;
  readonly free: number[];
}

function descend(
  objective: (shares: readonly number[]) => Curved,
  shares: readonly number[],
  here: Curved,
  free: readonly number[],
): Moved | undefined {
  const step = newtonStep(here, free);
  const slope = free.reduce((sum, j, i) => sum + (here.gradient[j] ?? 0) * (step[i] ?? 0), 0);
  const room = free.map((j, i) => ((step[i] ?? 0) < 0 ? (shares[j] ?? 0) / -(step[i] ?? 0) : Infinity));
  const wall = room.reduce((least, value) => Math.min(least, value), Infinity);
  for (let t = Math.min(1, wall), i = 0; i < 50 && slope < 0; i++, t /= 2) {
    const hit = free.filter((_, k) => i === 0 && room[k] === t);
    const next = [...shares];
    free.forEach((j, k) => (next[j] = hit.includes(j) ? 0 : (shares[j] ?? 0) + t * (step[k] ?? 0)));
    const there = objective(next);
    if (t > 0 && there.value > here.value + 1e-4 * t * slope + 1e-15 * Math.abs(here.value)) continue;
    return { shares: next, here: there, free: free.filter((j) => !hit.includes(j)) };
  }
  return undefined;
}

/** The Newton step among the free shares, of sum 0. */
function newtonStep({ gradient, hessian }: Curved, free: readonly number[]): readonly number[] {
  const matrix = free.map((i) => Float64Array.from(free, (j) => hessian[i]?.[j] ?? 0));
  const down = solveSymmetric(
    matrix,
    free.map((j) => -(gradient[j] ?? 0)),
  );
  const ones = solveSymmetric(
    matrix,
    free.map(() => 1),
  );
  const factor = down.reduce((a, b) => a + b, 0) / ones.reduce((a, b) => a + b, 0);
  return down.map((value, i) => value - factor * (ones[i] ?? 0));
}
