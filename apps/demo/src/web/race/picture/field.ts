import type { NumberLoss } from '../../formula/number-loss.ts';
import type { Range } from '../surfaces.ts';

/** A loss on a grid of points, as heights from 0 (the lowest that is seen) to 1. Rows go from the bottom up. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
  /** The height of any loss, so that a way lies on the surface that is drawn. */
  heightOf(loss: number): number;
}

const KNEE = 0.02; // the share of points up to whose loss heights grow evenly; above, as a logarithm

/**
 * Looks at a loss on a grid. A loss of many sizes (Rosenbrock's goes from 0 to 2500) is drawn as
 *
 *     height = log(1 + (loss − lowest) / knee) / log(1 + (highest − lowest) / knee)
 *
 * Where the loss is not finite the grid has its highest value.
 */
export function fieldOf(loss: NumberLoss, range: Range, columns: number, rows: number): Field {
  const losses = Float64Array.from({ length: columns * rows }, (_, i) => {
    const x = range.left + ((range.right - range.left) * (i % columns)) / (columns - 1);
    const y = range.bottom + ((range.top - range.bottom) * Math.floor(i / columns)) / (rows - 1);
    return loss(x, y);
  });
  const sorted = losses.filter(Number.isFinite).sort();
  const lowest = sorted[0] ?? 0;
  const highest = sorted.at(-1) ?? 0;
  const knee = Math.max((sorted[Math.floor(sorted.length * KNEE)] ?? 0) - lowest, (highest - lowest) * 1e-4) || 1;
  const top = Math.log1p((highest - lowest) / knee) || 1;
  const heightOf = (value: number): number =>
    Number.isFinite(value) ? Math.min(1, Math.log1p(Math.max(0, value - lowest) / knee) / top) : 1;
  return { columns, rows, heights: losses.map(heightOf), heightOf };
}
