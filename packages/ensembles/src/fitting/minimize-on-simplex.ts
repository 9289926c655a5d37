import { solveSymmetric } from './solve.ts';

/** A convex function's value and slopes at some shares. */
export interface Slopes {
  readonly value: number;
  readonly gradient: readonly number[];
}

/** A smooth convex function of shares. */
export interface Convex {
  at(shares: readonly number[]): Slopes;
  /** The second derivatives by the shares named in `free`, row by row. */
  curvature(shares: readonly number[], free: readonly number[]): readonly Float64Array[];
}

interface Place extends Slopes {
  readonly shares: readonly number[];
}

const LEAST_ROUNDS = 200;
const HALVINGS = 60;

/**
 * Where a smooth convex function of shares (each at least 0, of sum 1) is least.
 *
 * Newton steps on an active set, as Lawson & Hanson 1974, chapter 23, do for least squares: it begins with all of it on the one share that is
 * best alone. Among the shares that are not held at 0 a step solves `H d = ν 1 − g, Σ d = 0`; it is cut off where a share reaches 0, which is
 * held there from then on, and halved until the function falls. Where the slopes of the free shares agree to `tolerance`, or rounding leaves no
 * way down, the held share with the lowest slope is let go; where none has a lower slope than the free ones, this is the minimum.
 */
export function minimizeOnSimplex(convex: Convex, count: number, tolerance = 1e-10): readonly number[] {
  const place = (shares: readonly number[]): Place => ({ shares, ...convex.at(shares) });
  const alone = Array.from({ length: count }, (_, m) => place(Array.from({ length: count }, (_unused, j) => (j === m ? 1 : 0))));
  let here = alone.reduce((best, next) => (next.value < best.value ? next : best));
  let free = [here.shares.indexOf(1)];
  for (let round = 0; round < LEAST_ROUNDS + 20 * count; round++) {
    const level = here.shares.reduce((sum, share, j) => sum + share * (here.gradient[j] ?? 0), 0);
    const above = here.gradient.map((slope) => slope - level);
    const bound = tolerance * Math.max(1, Math.abs(level));
    const settled = free.every((j) => Math.abs(above[j] ?? 0) <= bound);
    const next = settled ? undefined : descend(here, free, above, newtonStep(above, convex.curvature(here.shares, free), free), place);
    if (next !== undefined) {
      here = next;
      free = free.filter((j) => (next.shares[j] ?? 0) > 0);
      continue;
    }
    const lowest = above.reduce((best, slope, j) => (slope < (above[best] ?? 0) ? j : best), 0);
    if ((above[lowest] ?? 0) >= -bound || free.includes(lowest)) break;
    free = [...free, lowest];
  }
  return here.shares;
}

/** As far along the step as the shares stay at least 0 and the function falls. */
function descend(
  here: Place,
  free: readonly number[],
  above: readonly number[],
  step: readonly number[],
  place: (shares: readonly number[]) => Place,
): Place | undefined {
  const slope = free.reduce((sum, j, i) => sum + (above[j] ?? 0) * (step[i] ?? 0), 0);
  const room = free.map((j, i) => ((step[i] ?? 0) < 0 ? (here.shares[j] ?? 0) / -(step[i] ?? 0) : Infinity));
  const wall = room.reduce((least, value) => Math.min(least, value), 1);
  if (!(slope < 0 && wall > 0)) return undefined;
  for (let halvings = 0; halvings < HALVINGS; halvings++) {
    const t = wall * 2 ** -halvings;
    const shares = [...here.shares];
    free.forEach((j, i) => (shares[j] = room[i] === t ? 0 : Math.max(0, (here.shares[j] ?? 0) + t * (step[i] ?? 0))));
    const next = place(shares);
    if (next.value <= here.value + 1e-4 * t * slope + 1e-15 * Math.abs(here.value)) return next;
  }
  return undefined;
}

/** The Newton step among the free shares, of sum 0. */
function newtonStep(above: readonly number[], curvature: readonly Float64Array[], free: readonly number[]): readonly number[] {
  const down = solveSymmetric(
    curvature,
    free.map((j) => -(above[j] ?? 0)),
  );
  const ones = solveSymmetric(
    curvature,
    free.map(() => 1),
  );
  const factor = down.reduce((a, b) => a + b, 0) / ones.reduce((a, b) => a + b, 0);
  return down.map((value, i) => value - factor * (ones[i] ?? 0));
}
