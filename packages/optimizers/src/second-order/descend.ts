import { backtracking } from './backtracking.ts';
import type { Curvature } from './curvature.ts';
import type { LineSearch } from './line-search.ts';
import { isFinitePoint, type Look, type Point } from './point.ts';
import { strongWolfe } from './strong-wolfe.ts';
import { dot, maxAbs, plus } from './vectors.ts';

export type LineSearchName = 'strongWolfe' | 'backtracking' | 'none';

const searches: Readonly<Record<Exclude<LineSearchName, 'none'>, LineSearch>> = { strongWolfe, backtracking };

export interface DescentOptions {
  readonly learningRate: number;
  readonly maxIterations: number;
  /** Looks at the loss, the first one with them. */
  readonly maxEvaluations: number;
  readonly toleranceGradient: number;
  readonly toleranceChange: number;
  readonly lineSearch: LineSearchName;
  /** Of the loss, relative to it. */
  readonly rounding: number;
}

/** Where a descent came to. */
export interface Descent {
  /** The last point that was looked at. */
  readonly seen: Point;
  /** Where it ends: there, or without a line search one step on. */
  readonly end: Float64Array;
}

/**
 * Iterations of a quasi-Newton method: a direction, a step along it, what the step tells of the curvature. When to stop is as in PyTorch's `LBFGS`.
 *
 * No step is taken that lowers nothing, and none into NaN or infinity: with nothing to forget the descent ends where it is, and otherwise it goes on
 * along the gradient.
 */
export function descend(look: Look, from: Point, curvature: Curvature, options: DescentOptions): Descent {
  const { learningRate, maxIterations, maxEvaluations, toleranceGradient, toleranceChange, lineSearch, rounding } = options;
  let here = from;
  let evaluations = 1;
  if (!(learningRate > 0) || maxAbs(here.gradient) <= toleranceGradient) return { seen: here, end: here.x };
  for (let iteration = 1; ; iteration++) {
    const direction = curvature.direction(here);
    const slope = dot(here.gradient, direction);
    const first = learningRate * curvature.firstStep(here);
    const last = iteration >= maxIterations;
    let next: Point | undefined;
    if (slope <= -toleranceChange) {
      if (lineSearch === 'none') {
        const x = plus(here.x, first, direction);
        if (last) return { seen: here, end: x };
        const point = look(x);
        evaluations += 1;
        if (isFinitePoint(point)) next = point;
      } else {
        const found = searches[lineSearch]({ look, from: here, direction, first, rounding, toleranceChange });
        evaluations += found.evaluations;
        next = found.point;
      }
    } else if (slope < 0) return { seen: here, end: here.x };
    if (next === undefined) {
      const hopeless = curvature.isFresh;
      curvature.forget();
      if (hopeless || last || evaluations >= maxEvaluations) return { seen: here, end: here.x };
      continue;
    }
    const before = here;
    here = next;
    const step = plus(here.x, -1, before.x);
    curvature.learn(step, plus(here.gradient, -1, before.gradient));
    if (
      last ||
      evaluations >= maxEvaluations ||
      maxAbs(here.gradient) <= toleranceGradient ||
      maxAbs(step) <= toleranceChange ||
      Math.abs(here.loss - before.loss) < toleranceChange
    )
      return { seen: here, end: here.x };
  }
}
