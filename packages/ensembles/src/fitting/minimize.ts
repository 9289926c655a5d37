/** A function's value and gradient at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

type Objective = (point: Float64Array) => Evaluation;

interface Point extends Evaluation {
  readonly at: Float64Array;
}

const MEMORY = 20;
const ITERATIONS = 5000;
/** A descent by less than the rounding of the value counts as one: near the minimum the slope decides alone. */
const ROUNDING = 1e-15;

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const plus = (a: Float64Array, factor: number, b: Float64Array): Float64Array => a.map((value, i) => value + factor * (b[i] ?? 0));
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * Where a smooth function is least, by L-BFGS: Liu & Nocedal 1989, in the two-loop form of Nocedal & Wright 2006, algorithms 7.4 and 7.5.
 * Ends where no part of the gradient is larger than `tolerance`, or where rounding leaves no way down.
 */
export function minimize(objective: Objective, start: Float64Array, tolerance = 1e-10): Float64Array {
  let here: Point = { at: start, ...objective(start) };
  const past: { readonly s: Float64Array; readonly y: Float64Array }[] = [];
  for (let i = 0; i < ITERATIONS && largest(here.gradient) > tolerance; i++) {
    const direction = descent(here.gradient, past);
    const next = lineSearch(objective, here, direction, past.length === 0 ? Math.min(1, 1 / largest(here.gradient)) : 1);
    if (next === undefined) break;
    const [s, y] = [plus(next.at, -1, here.at), plus(next.gradient, -1, here.gradient)];
    if (dot(s, y) > 0) past.push({ s, y });
    if (past.length > MEMORY) past.shift();
    here = next;
  }
  return here.at;
}

/** −H g, with the inverse Hessian H that the last steps tell of. */
function descent(gradient: Float64Array, past: readonly { readonly s: Float64Array; readonly y: Float64Array }[]): Float64Array {
  let q: Float64Array = gradient.map((value) => -value);
  const used = past.toReversed().map(({ s, y }) => {
    const alpha = dot(s, q) / dot(s, y);
    q = plus(q, -alpha, y);
    return { s, y, alpha };
  });
  const [last] = used;
  if (last !== undefined) q = q.map((value) => (value * dot(last.s, last.y)) / dot(last.y, last.y));
  for (const { s, y, alpha } of used.toReversed()) q = plus(q, alpha - dot(y, q) / dot(s, y), s);
  return q;
}

/** A step that meets the weak Wolfe conditions, by doubling and halving: Lewis & Overton 2013, algorithm 2.6. */
function lineSearch(objective: Objective, from: Point, direction: Float64Array, first: number): Point | undefined {
  const slope = dot(from.gradient, direction);
  let [low, high, step] = [0, Infinity, first];
  for (let i = 0; i < 60 && slope < 0; i++) {
    const at = plus(from.at, step, direction);
    const next = { at, ...objective(at) };
    if (!(next.value <= from.value + 1e-4 * step * slope + ROUNDING * Math.abs(from.value))) high = step;
    else if (dot(next.gradient, direction) < 0.9 * slope) low = step;
    else return next;
    step = high === Infinity ? 2 * step : (low + high) / 2;
  }
  return undefined;
}
