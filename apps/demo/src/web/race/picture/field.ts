import type { NumberLoss } from '../../formula/number-loss.ts';
import type { Picture } from '../race-state.ts';
import type { Range } from '../surfaces.ts';

/** A loss on a grid of points, as heights from 0 (the lowest that is seen) to 1. Rows go from the bottom up. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
  /** The height of any loss, so that a way lies on the surface that is drawn. */
  heightOf(loss: number): number;
}

export interface Grid {
  readonly range: Range;
  readonly columns: number;
  readonly rows: number;
}

/** Looks at a loss on a grid, with heights for a picture. Where the loss is not finite the grid has its highest value. */
export function fieldOf(loss: NumberLoss, { range, columns, rows }: Grid, picture: Picture): Field {
  const losses = Float64Array.from({ length: columns * rows }, (_, i) => {
    const x = range.left + ((range.right - range.left) * (i % columns)) / (columns - 1);
    const y = range.bottom + ((range.top - range.bottom) * Math.floor(i / columns)) / (rows - 1);
    return loss(x, y);
  });
  const sorted = losses.filter(Number.isFinite).sort();
  const lowest = sorted[0] ?? 0;
  const span = (sorted.at(-1) ?? 0) - lowest || 1;
  const shareAt = (quantile: number): number => ((sorted[Math.floor(sorted.length * quantile)] ?? 0) - lowest) / span;
  const scale = picture === 'contour' ? logarithm(shareAt(LOW)) : power(shareAt(MIDDLE));
  const heightOf = (value: number): number => (Number.isFinite(value) ? scale(Math.min(1, Math.max(0, (value - lowest) / span))) : 1);
  return { columns, rows, heights: losses.map(heightOf), heightOf };
}

const LOW = 0.02;
const MIDDLE = 0.5;
const HEIGHT_OF_MIDDLE = 0.35;

/** For contours: even up to the lowest points, then a logarithm, so that lines follow a valley of any depth (Rosenbrock's is 1 to 2500). */
function logarithm(low: number): (share: number) => number {
  const knee = Math.max(low, 1e-4);
  const top = Math.log1p(1 / knee);
  return (share) => Math.log1p(share / knee) / top;
}

/** For the relief: a power that brings the median to one height, so that a bowl stays a bowl and a valley among cliffs can be seen. */
function power(middle: number): (share: number) => number {
  const exponent = Math.min(1, Math.max(0.2, Math.log(HEIGHT_OF_MIDDLE) / Math.log(Math.min(0.99, Math.max(1e-6, middle)))));
  return (share) => share ** exponent;
}
